import type { Located } from './discover.ts'
import type { Modbus } from './modbus.ts'
import type { Model } from './models/layout.ts'
import { inverters, type InverterModel } from './models/legacy.ts'
import { type View, viewOf } from './view.ts'

/** The registers of a device's models as they were read at one time, by the ids of the models. */
export type Registers = ReadonlyMap<number, Readonly<{ address: number; words: readonly number[] }>>

/** Reads those of the models that the device has. */
export async function readRegisters(
  { read }: Pick<Modbus, 'read'>,
  models: readonly Located[],
  ids: readonly number[],
): Promise<Registers> {
  const found = new Map<number, Readonly<{ address: number; words: readonly number[] }>>()
  for (const { id, address, length } of models) {
    // a device may have a model more than once: the first is the whole, the others are its parts
    if (ids.includes(id) && !found.has(id)) found.set(id, { address, words: await read(address, length + 2) })
  }
  return found
}

export function view<Name extends string>(registers: Registers, model: Model<Name>): View<Name> | undefined {
  const block = registers.get(model.id)
  return block && viewOf(model, block.words, block.address)
}

/** The measurements of the legacy models, for as many phases as there are. */
export function inverterView(registers: Registers): View<keyof InverterModel['points']> | undefined {
  const model = inverters.find(({ id }) => registers.has(id))
  return model && view(registers, model)
}
