import { type DERControlBase, type DERCurve, type DefaultDERControl, type FixedVar, unscaled } from '@gridloom/sep2030'
import { type CurveMode, curveTypes } from '../modes.ts'
import type { DeviceSetpoint, EnterService, FixedVarSetpoint, FreqDroop, PowerFactorSetpoint } from '../setpoint.ts'
import { curveOf } from './curve-of.ts'

/** The part of a DefaultDERControl that is not in its DERControlBase. */
export type ControlDefaults = Omit<Partial<DefaultDERControl>, 'DERControlBase'>

export type SetpointSources = Readonly<{
  /** The curve behind a DERCurveLink; a mode whose curve is unknown is left out. */
  curve?: (href: string) => DERCurve | undefined
  defaults?: ControlDefaults
}>

/** The set point that a DERControlBase asks for (csip-client.md section 11, der-model.md section 13). */
export function setpointOf(base: DERControlBase, { curve, defaults = {} }: SetpointSources = {}): DeviceSetpoint {
  return compact({
    opModConnect: base.opModConnect,
    opModEnergize: base.opModEnergize,
    opModMaxLimW: map(base.opModMaxLimW, fraction),
    opModFixedW: map(base.opModFixedW, fraction),
    opModTargetW: map(base.opModTargetW, unscaled),
    opModTargetVar: map(base.opModTargetVar, unscaled),
    opModFixedVar: map(base.opModFixedVar, fixedVarOf),
    opModFixedPFInjectW: map(base.opModFixedPFInjectW, powerFactorOf),
    opModFixedPFAbsorbW: map(base.opModFixedPFAbsorbW, powerFactorOf),
    opModFreqDroop: map(base.opModFreqDroop, freqDroopOf),
    opModExpLimW: map(base.opModExpLimW, unscaled),
    opModImpLimW: map(base.opModImpLimW, unscaled),
    opModGenLimW: map(base.opModGenLimW, unscaled),
    opModLoadLimW: map(base.opModLoadLimW, unscaled),
    opModStorageTargetW: map(base.opModStorageTargetW, unscaled),
    ...curvesOf(base, curve),
    rampSeconds: map(base.rampTms, hundredth),
    gradient: map(defaults.setGradW, fraction),
    softGradient: map(defaults.setSoftGradW, fraction),
    enterService: enterServiceOf(defaults),
  })
}

function curvesOf(base: DERControlBase, curve: SetpointSources['curve']): DeviceSetpoint {
  const modes = Object.keys(curveTypes) as CurveMode[]
  return Object.fromEntries(
    modes.flatMap((mode) => {
      const found = map(base[mode]?.href, (href) => curve?.(href))
      return found && found.curveType === curveTypes[mode] ? [[mode, curveOf(found)]] : []
    }),
  )
}

const varBases = { 1: 'maxW', 2: 'maxVar', 3: 'availableVar' } as const

function fixedVarOf({ refType, value }: FixedVar): FixedVarSetpoint | undefined {
  const of = varBases[refType as keyof typeof varBases]
  return of && { fraction: fraction(value), of }
}

function powerFactorOf(pf: NonNullable<DERControlBase['opModFixedPFInjectW']>): PowerFactorSetpoint {
  const displacement = unscaled({ multiplier: pf.multiplier, value: pf.displacement })
  return { displacement, underExcited: pf.excitation }
}

function freqDroopOf(droop: NonNullable<DERControlBase['opModFreqDroop']>): FreqDroop {
  return {
    overHz: droop.dBOF / 1000,
    underHz: droop.dBUF / 1000,
    overSlope: droop.kOF / 1000,
    underSlope: droop.kUF / 1000,
    openLoopSeconds: hundredth(droop.openLoopTms),
  }
}

function enterServiceOf(defaults: ControlDefaults): EnterService | undefined {
  const criteria: EnterService = compact({
    lowVolts: map(defaults.setESLowVolt, fraction),
    highVolts: map(defaults.setESHighVolt, fraction),
    lowHertz: map(defaults.setESLowFreq, hundredth),
    highHertz: map(defaults.setESHighFreq, hundredth),
    delaySeconds: map(defaults.setESDelay, hundredth),
    randomDelaySeconds: map(defaults.setESRandomDelay, hundredth),
    rampSeconds: map(defaults.setESRampTms, hundredth),
  })
  return Object.keys(criteria).length > 0 ? criteria : undefined
}

const fraction = (hundredthsOfPercent: number): number => hundredthsOfPercent / 10_000
const hundredth = (value: number): number => value / 100

function map<T, U>(value: T | undefined, change: (value: T) => U): U | undefined {
  return value === undefined ? undefined : change(value)
}

type Compact<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Leaves out what is undefined: an absent field is a released one. */
function compact<T extends object>(fields: T): Compact<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Compact<T>
}
