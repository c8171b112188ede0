import {
  type DERCapability,
  type DERSettings,
  type Profile,
  scaled,
  toActivePower,
  toApparentPower,
  toCurrentRms,
  toReactivePower,
  toVoltageRms,
  toWattHour,
} from '@gridloom/sep2030'
import type { Capability, DeviceKind, Ratings, Settings } from '../device.ts'
import { derModeBits, doeModeBits, type Mode, vppModeBits } from '../modes.ts'
import type { EnterService } from '../setpoint.ts'

/** What the device can do, as DERCapability (der-model.md section 13). */
export function derCapabilityOf(capability: Capability, profile: Profile = 'base'): DERCapability {
  const { kind, modes, ratings, normalCategory, abnormalCategory, overExcited, underExcited, susceptance } = capability
  return {
    modesSupported: modeBitmap(modes, ratings),
    ...(abnormalCategory && { rtgAbnormalCategory: abnormalCategories[abnormalCategory] }),
    ...named('rtg', ratings),
    rtgMaxW: toActivePower(ratings.maxW),
    ...(normalCategory && { rtgNormalCategory: normalCategories[normalCategory] }),
    ...(overExcited && {
      rtgOverExcitedPF: toPowerFactor(fourDigits(overExcited.pf)),
      rtgOverExcitedW: toActivePower(fourDigits(overExcited.watts)),
    }),
    ...(susceptance !== undefined && { rtgReactiveSusceptance: scaled(susceptance, { min: 0, max: 65_535 }) }),
    ...(underExcited && {
      rtgUnderExcitedPF: toPowerFactor(fourDigits(underExcited.pf)),
      rtgUnderExcitedW: toActivePower(fourDigits(underExcited.watts)),
    }),
    type: derTypes[kind],
    ...(hasLimits(profile) && { doeModesSupported: bitmap(modes, doeModeBits, 2) }),
    ...(hasStorageTarget(profile) && { vppModesSupported: bitmap(modes, vppModeBits, 2) }),
  }
}

/** The settings that the device works with, as DERSettings. */
export function derSettingsOf(settings: Settings, profile: Profile = 'base'): DERSettings {
  return {
    modesEnabled: modeBitmap(settings.modesEnabled, settings),
    ...(settings.enterService && criteriaOf(settings.enterService)),
    setGradW: hundredthsOfPercent(settings.gradient),
    ...named('set', settings),
    setMaxW: toActivePower(settings.maxW),
    ...(settings.softGradient !== undefined && { setSoftGradW: hundredthsOfPercent(settings.softGradient) }),
    ...(settings.vRef !== undefined && { setVRef: toVoltageRms(settings.vRef) }),
    ...(settings.vRefOfs !== undefined && { setVRefOfs: toVoltageRms(settings.vRefOfs) }),
    updatedTime: settings.updatedAt,
    ...(hasLimits(profile) && { doeModesEnabled: bitmap(settings.modesEnabled, doeModeBits, 2) }),
    ...(hasStorageTarget(profile) && { vppModesEnabled: bitmap(settings.modesEnabled, vppModeBits, 2) }),
  }
}

/** Volts in hundredths of a percent, the rest in hundredths of a hertz or a second. */
function criteriaOf(criteria: EnterService): Partial<DERSettings> {
  const { lowVolts, highVolts, lowHertz, highHertz, delaySeconds, randomDelaySeconds, rampSeconds } = criteria
  return {
    ...(delaySeconds !== undefined && { setESDelay: hundredths(delaySeconds) }),
    ...(highHertz !== undefined && { setESHighFreq: hundredths(highHertz) }),
    ...(highVolts !== undefined && { setESHighVolt: hundredthsOfPercent(highVolts) }),
    ...(lowHertz !== undefined && { setESLowFreq: hundredths(lowHertz) }),
    ...(lowVolts !== undefined && { setESLowVolt: hundredthsOfPercent(lowVolts) }),
    ...(rampSeconds !== undefined && { setESRampTms: hundredths(rampSeconds) }),
    ...(randomDelaySeconds !== undefined && { setESRandomDelay: hundredths(randomDelaySeconds) }),
  }
}

// an extension element may be written only under a profile that has it
const hasLimits = (profile: Profile): boolean => profile !== 'base'
const hasStorageTarget = (profile: Profile): boolean => hasLimits(profile) && profile !== 'csipaus-1.2'

/** DERType; a controllable load has no type of its own and goes as virtual or mixed. */
const derTypes: Readonly<Record<DeviceKind, number>> = {
  pv: 4,
  storage: 80,
  ev: 81,
  evse: 82,
  'pv-storage': 83,
  load: 1,
  // a reciprocating engine
  generator: 2,
}
const normalCategories = { A: 1, B: 2 } as const
const abnormalCategories = { I: 1, II: 2, III: 3 } as const

type Optional = Omit<Ratings, 'maxW'>
const conversions = {
  maxA: toCurrentRms,
  maxChargeRateVA: toApparentPower,
  maxChargeRateW: toActivePower,
  maxDischargeRateVA: toApparentPower,
  maxDischargeRateW: toActivePower,
  maxV: toVoltageRms,
  maxVA: toApparentPower,
  maxVar: toReactivePower,
  maxVarNeg: (vars: number) => toReactivePower(-vars),
  maxWh: toWattHour,
  minPFOverExcited: toPowerFactor,
  minPFUnderExcited: toPowerFactor,
  minV: toVoltageRms,
  vNom: toVoltageRms,
} as const satisfies Record<keyof Optional, (value: number) => object>

type Named<P extends string> = {
  [K in keyof typeof conversions as `${P}${Capitalize<K>}`]?: ReturnType<(typeof conversions)[K]>
}

/** rtgMaxVA from maxVA and so on, for the ratings that the device has. */
function named<P extends 'rtg' | 'set'>(prefix: P, ratings: Ratings): Named<P> {
  const names = Object.keys(conversions) as (keyof Optional)[]
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = ratings[name]
      const wireName = `${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}`
      return value === undefined ? [] : [[wireName, conversions[name](value)]]
    }),
  ) as Named<P>
}

// what was calculated is not known to more
const fourDigits = (value: number): number => Number(value.toPrecision(4))

function toPowerFactor(pf: number): { displacement: number; multiplier: number } {
  const { multiplier, value } = scaled(pf, { min: 0, max: 65_535 })
  return { displacement: value, multiplier }
}

/** DERControlType: the modes, and bits 0 and 1 for what can charge and discharge. */
function modeBitmap(modes: readonly Mode[], { maxChargeRateW = 0, maxDischargeRateW = 0 }: Ratings): string {
  const flow = (maxChargeRateW > 0 ? 1 : 0) + (maxDischargeRateW > 0 ? 2 : 0)
  return bitmap(modes, derModeBits, 8, flow)
}

function bitmap(modes: readonly Mode[], bits: Partial<Record<Mode, number>>, digits: number, initial = 0): string {
  const value = modes.reduce((sum, mode) => sum + (mode in bits ? 2 ** (bits[mode] ?? 0) : 0), initial)
  return value.toString(16).toUpperCase().padStart(digits, '0')
}

const hundredthsOfPercent = (fraction: number): number => Math.min(65_535, Math.round(fraction * 10_000))
const hundredths = (value: number): number => Math.round(value * 100)
