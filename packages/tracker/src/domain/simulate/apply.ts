import type { Action } from '../round.ts'
import { run } from './weather.ts'
import type { SimConsumer, SimGenerator, SimStorage } from './world.ts'

type Units = Readonly<{
  generators: ReadonlyMap<string, SimGenerator>
  storages: ReadonlyMap<string, SimStorage>
  consumers: ReadonlyMap<string, SimConsumer>
}>

/** Does what a round decided; everybody obeys at once. */
export function applyAction({ generators, storages, consumers }: Units, { op, id, kw }: Action, now: number): void {
  const [generator, storage, consumer] = [generators.get(id), storages.get(id), consumers.get(id)]
  if (generator) setGenerator(generator, kw, op, now)
  if (storage) setStorage(storage, op, kw, now)
  if (!consumer) return
  if (op === 'startDeferred') run(consumer, now)
  else consumer.shedKw = op === 'shed' ? kw : 0
}

function setGenerator(generator: SimGenerator, kw: number, op: Action['op'], now: number): void {
  if (generator.kind === 'continuous') generator.outputKw = kw
  if (generator.kind !== 'fixed') return
  generator.online = op === 'startFixed'
  generator.changedAt = now
}

function setStorage(storage: SimStorage, op: Action['op'], kw: number, now: number): void {
  const isDischarge = op === 'transition' || op === 'setDischarge'
  const before = storage.mode
  storage.dischargeKw = isDischarge ? kw : 0
  if (op === 'startStoring') storage.mode = 'charging'
  else storage.mode = isDischarge && kw > 0 ? 'discharging' : 'idle'
  if (storage.mode !== before) storage.changedAt = now
}

/** Moves the energy of a storage; one that has given all sleeps from that moment on (§2). */
export function passEnergy(storage: SimStorage, hours: number): void {
  if (storage.mode === 'charging') {
    storage.availableKwh = Math.min(storage.capacityKwh, storage.availableKwh + storage.rateKw * hours)
    if (storage.availableKwh === storage.capacityKwh) storage.mode = 'idle'
  }
  if (storage.mode !== 'discharging') return
  storage.availableKwh = Math.max(0, storage.availableKwh - storage.dischargeKw * hours)
  if (storage.availableKwh > 1e-9) return
  storage.availableKwh = 0
  storage.mode = 'sleeping'
  storage.dischargeKw = 0
}
