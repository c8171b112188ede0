import type { FleetDevice } from '@gridloom/contracts'
import type { DeviceStatus } from '@gridloom/devices'
import type { PinCheck } from './pin.ts'
import type { View } from './view.ts'

/** What a look at the device brought. */
export type Observation = Readonly<{ kind: 'seen'; status: DeviceStatus } | { kind: 'lost'; reason: string }>

type Situation = Readonly<{
  observation: Observation
  pin: PinCheck
  /** Undefined before the first try. */
  isReachable: boolean | undefined
  view: View
  /** An event rules at least one field. */
  isRuled: boolean
}>

/** The one word for how a DCM fares: what is worst comes first. */
export function stateOf({ observation, pin, isReachable, view, isRuled }: Situation): FleetDevice['state'] {
  if (observation.kind === 'lost') return 'faulty'
  if (pin === 'wrong') return 'wrong-pin'
  if (isReachable === false) return 'offline'
  if (isReachable === undefined || !view.listed) return 'starting'
  if (!view.self) return 'unregistered'
  return isRuled ? 'following' : 'idle'
}

/** What the feed shows of a device; nothing flows at one that does not answer, as far as anyone knows. */
export function portraitOf(observation: Observation) {
  if (observation.kind === 'lost') return { event: 'device', watts: 0, vars: 0, volts: 0 } as const
  const { watts, vars, volts, storage } = observation.status
  const flows = { watts: tenths(watts), vars: tenths(vars), volts: tenths(volts) }
  return { event: 'device', ...flows, ...(storage && { soc: Math.round(storage.soc * 10_000) / 10_000 }) } as const
}

const tenths = (value: number): number => Math.round(value * 10) / 10
