import type { ControlFields, NewCurve, ServiceRequest } from '@gridloom/contracts'
import { droopFor } from '../frequency/droop.ts'
import { nowW, type Known } from '../knowledge/known.ts'
import { varShares } from '../voltage/var-shares.ts'
import { voltVarCurve } from '../voltage/volt-var-curve.ts'
import { isSubscribed } from './allocate.ts'
import type { Scene } from './candidates.ts'

/** Settings that devices work with by themselves: for each a control of its own, or one curve for a whole group. */
export type DeviceSettings = Readonly<
  | { kind: 'each'; controls: ReadonlyMap<string, ControlFields> }
  | { kind: 'curve'; curve: NewCurve }
  | { kind: 'refused'; reason: string; best: string }
>

/** The settings that give a frequency response or hold a voltage. */
export function settingsOf({ running, known, awards }: Pick<Scene, 'running' | 'known' | 'awards'>): DeviceSettings {
  const { request } = running.service
  const isDropped = (lfdi: string): boolean => awards.get(lfdi)?.status === 'dropped'
  const there = running.members
    .flatMap((lfdi) => known.get(lfdi) ?? [])
    .filter(({ der, terms }) => !isDropped(der.lfdi) && !der.isFaulty && isSubscribed(terms, request.kind))
  switch (request.kind) {
    case 'frequency-response':
      return droop(
        request,
        there.filter(({ der }) => der.modes.includes('opModFreqDroop')),
      )
    case 'voltage':
      if (request.band)
        return curve(
          request.band,
          there.filter(({ der }) => der.modes.includes('opModVoltVar')),
        )
      return vars(
        request.targetVar ?? 0,
        there.filter(({ der }) => der.modes.includes('opModTargetVar')),
      )
    default:
      return { kind: 'refused', reason: `"${request.kind}" has no settings`, best: 'nothing' }
  }
}

type FrequencyResponse = Extract<ServiceRequest, { kind: 'frequency-response' }>

function droop(request: FrequencyResponse, able: readonly Known[]): DeviceSettings {
  const fleet = able.map((known) => {
    const { lfdi, maxW, minW } = known.der
    return { id: lfdi, ratedW: Math.max(maxW, -minW), nowW: nowW(known) ?? 0, minW, maxW, trust: known.trust }
  })
  const answer = droopFor(request, fleet)
  if (answer.status === 'refused') {
    const { overWPerHz, underWPerHz } = answer.best
    const best = `${Math.floor(overWPerHz)} W/Hz above and ${Math.floor(underWPerHz)} W/Hz below nominal`
    return { kind: 'refused', reason: answer.reason, best }
  }
  const controls = { opModFreqDroop: answer.settings }
  return { kind: 'each', controls: new Map(answer.members.map((lfdi) => [lfdi, controls])) }
}

type VoltageBand = NonNullable<Extract<ServiceRequest, { kind: 'voltage' }>['band']>

function curve(band: VoltageBand, able: readonly Known[]): DeviceSettings {
  if (able.length === 0) return { kind: 'refused', reason: 'no device there has volt-var curves', best: 'nothing' }
  const { lowPercent, highPercent, deadBandPercent, strengthPercent } = band
  const answer = voltVarCurve({
    lowPercent,
    highPercent,
    ...(deadBandPercent !== undefined && { deadBandPercent }),
    ...(strengthPercent !== undefined && { strengthPercent }),
  })
  if (answer.status === 'feasible') return { kind: 'curve', curve: answer.curve }
  const points = answer.best.points.map(({ x, y }) => `${x} % V: ${y} %`).join(', ')
  return { kind: 'refused', reason: answer.reason, best: `the curve ${points}` }
}

function vars(targetVar: number, able: readonly Known[]): DeviceSettings {
  const fleet = able.map((known) => {
    const { lfdi, maxVar, ratedVA } = known.der
    const watts = nowW(known) ?? 0
    return { id: lfdi, watts, ratedVA, maxVarInjected: maxVar, maxVarAbsorbed: maxVar, trust: known.trust }
  })
  const { status, sumVar, setpoints } = varShares(fleet, targetVar)
  if (status === 'short') {
    const best = `${Math.round(sumVar)} var`
    return { kind: 'refused', reason: `${best} of ${targetVar} var can be counted on`, best }
  }
  const orders = setpoints.filter((one) => Math.round(one.var) !== 0)
  return { kind: 'each', controls: new Map(orders.map((one) => [one.id, { opModTargetVar: Math.round(one.var) }])) }
}
