import { DeviceError } from '../device.ts'
import { type Modbus, ModbusException } from './modbus.ts'

/** Where a model is: its id's address, and the number of registers that follow the length. */
export type Located = Readonly<{ id: number; address: number; length: number }>

const marker = [0x53_75, 0x6e_53]
const bases = [40_000, 0, 50_000]
const end = 0xff_ff
// a chain that goes on for longer than any device's is not one
const mostModels = 200

/** Finds the marker "SunS" and follows the chain of models behind it. */
export async function discover({ read }: Pick<Modbus, 'read'>): Promise<Located[]> {
  const base = await findBase(read)
  const models: Located[] = []
  let address = base + marker.length
  while (models.length < mostModels) {
    const [id = end, length = 0] = await read(address, 2)
    // some devices end their chain with zeros
    if (id === end || id === 0) return models
    models.push({ id, address, length })
    address += 2 + length
  }
  throw new DeviceError('faulty', `the chain of SunSpec models at ${base} does not end`)
}

async function findBase(read: Modbus['read']): Promise<number> {
  for (const base of bases) {
    const words = await unlessRefused(read(base, marker.length))
    if (words?.every((word, index) => word === marker[index])) return base
  }
  throw new DeviceError('faulty', `no SunSpec marker at ${bases.join(', ')}`)
}

/** Undefined when the device has no such registers. */
async function unlessRefused<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ModbusException) return undefined
    throw error
  }
}
