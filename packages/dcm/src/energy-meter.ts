import type { MeteredEnergy } from '@gridloom/contracts'
import type { DeviceStatus } from '@gridloom/devices'
import { counted, emptyRegister, energyBetween, registerBetween, type Register } from './domain/energy-register.ts'
import type { Registers } from './store/registers.ts'

/** Counts the energy of one device across restarts, for whoever settles it. */
export type EnergyMeter = Readonly<{
  see(status: DeviceStatus): Promise<void>
  /** What flowed from `start` to `end` in server time; what is still to come is not covered. */
  energy(start: number, end: number): MeteredEnergy
}>

export type EnergyMeterOptions = Readonly<{
  registers: Registers
  /** Seconds by which the server's clock is ahead of the device's. */
  ahead: () => number
}>

// Every full minute is on the disk: intervals that begin and end with one are settled to the watt-second.
const noteSeconds = 60

export function createEnergyMeter({ registers, ahead }: EnergyMeterOptions): EnergyMeter {
  let register = registers.around(Infinity).before ?? emptyRegister
  let last: Pick<Register, 'at' | 'deliveredWh' | 'receivedWh'> | undefined
  let noted: Register | undefined

  const note = async (mark: Register): Promise<void> => {
    noted = mark
    await registers.note(mark)
  }
  const at = (instant: number): Register => {
    const { before = emptyRegister, after = register } = registers.around(instant)
    // the latest note may still be on its way to the disk
    const from = noted && noted.at <= instant && noted.at > before.at ? noted : before
    return { ...registerBetween(from, after.at >= from.at ? after : register, instant), at: instant }
  }

  return {
    async see({ at: seenAt, deliveredWh, receivedWh }) {
      const reading = { at: seenAt + ahead(), deliveredWh, receivedWh }
      const before = register
      register = counted(register, last, reading)
      const isFirst = last === undefined
      last = reading
      const minute = Math.floor(register.at / noteSeconds) * noteSeconds
      if (isFirst) await note(register)
      else if (minute > before.at || minute > (noted?.at ?? 0)) await note(registerBetween(before, register, minute))
    },
    energy: (start, end) => energyBetween(at(start), at(end)),
  }
}
