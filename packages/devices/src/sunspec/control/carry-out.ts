import { setTimeout as pause } from 'node:timers/promises'
import { type Modbus, ModbusException } from '../modbus.ts'
import type { Write } from '../view.ts'
import type { Order, Step } from './order.ts'

/** What the device made of an order. */
export type CarriedOut = Readonly<{ kind: 'done' } | { kind: 'refused'; reason: string }>

// adoption takes a device a moment, not minutes
const adoptionTries = 25
const adoptionPause = 200

/** Writes an order and reads back what was written. */
export async function carryOut(modbus: Modbus, order: Order): Promise<CarriedOut> {
  try {
    for (const part of joined(order.steps)) {
      const reason = part.kind === 'adopt' ? await adopt(modbus, part) : await writeAndRead(modbus, part.write)
      if (reason) return { kind: 'refused', reason: `${order.key}: ${reason}` }
    }
    return { kind: 'done' }
  } catch (error) {
    if (error instanceof ModbusException) return { kind: 'refused', reason: `${order.key}: ${error.message}` }
    throw error
  }
}

/** Steps whose registers follow one another are one write. */
function joined(steps: readonly Step[]): Step[] {
  return steps.reduce<Step[]>((parts, step) => {
    const last = parts.at(-1)
    if (step.kind !== 'write' || last?.kind !== 'write' || endOf(last.write) !== step.write.address)
      return [...parts, step]
    const words = [...last.write.words, ...step.write.words]
    return [...parts.slice(0, -1), { kind: 'write', write: { address: last.write.address, words } }]
  }, [])
}

function endOf({ address, words }: Write): number {
  return address + words.length
}

async function writeAndRead(modbus: Modbus, write: Write): Promise<string | undefined> {
  await modbus.write(write)
  const found = await modbus.read(write.address, write.words.length)
  const at = found.findIndex((word, index) => !isNear(word, write.words[index] ?? 0))
  if (at < 0) return undefined
  return `wrote ${write.words[at]} to register ${write.address + at} and read back ${found[at]}`
}

// a device may keep coarser steps than its scale factor says: within one in a hundred it has understood
function isNear(found: number, written: number): boolean {
  const difference = (found - written) & 0xff_ff
  const distance = Math.min(difference, 0x1_0000 - difference)
  return distance <= Math.min(written, 0x1_0000 - written) / 100
}

async function adopt(
  modbus: Modbus,
  { request, result }: Extract<Step, { kind: 'adopt' }>,
): Promise<string | undefined> {
  await modbus.write(request)
  for (let tries = 0; tries < adoptionTries; tries += 1) {
    const [answer] = await modbus.read(result, 1)
    if (answer === completed) return undefined
    if (answer === failed) return 'the device did not adopt the curve'
    await pause(adoptionPause)
  }
  return 'the device did not say whether it adopted the curve'
}

const completed = 1
const failed = 2
