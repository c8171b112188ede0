import type { FleetDevice } from '@gridloom/contracts'
import type { EnergyMeter } from '../energy-meter.ts'
import { portraitOf } from '../domain/portrait.ts'
import type { AlarmLog } from './log-alarms.ts'
import type { Meter } from './meter.ts'
import type { Observation } from '../domain/portrait.ts'
import type { Observe } from './observe.ts'
import type { Reporter } from './report.ts'

export type LookOptions = Readonly<{
  observe: Observe
  meter: Meter
  energyMeter: EnergyMeter
  alarms: AlarmLog
  reporter: Reporter
  /** The device is back: it may have forgotten what it was told. */
  restore: () => void
  /** How the DCM fares, for the feed. */
  situation: (observation: Observation) => Omit<FleetDevice, keyof ReturnType<typeof portraitOf>>
  tell: (event: FleetDevice) => void
}>

/** One look at the device: the meter, the alarms, the reports and the feed take what it brings. */
export function createLook({
  observe,
  meter,
  energyMeter,
  alarms,
  reporter,
  restore,
  situation,
  tell,
}: LookOptions): () => Promise<void> {
  return async () => {
    const { observation, isNews, isBack } = await observe.sample()
    if (isBack) restore()
    if (isNews) reporter.ring()
    if (observation.kind === 'seen') meter.see(observation.status)
    if (observation.kind === 'seen') await energyMeter.see(observation.status)
    await alarms.see(observation)
    tell({ ...portraitOf(observation), ...situation(observation) })
  }
}
