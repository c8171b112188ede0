import type { ControlFields, DefaultControlFields } from '@gridloom/contracts'
import { scaled, unscaled, type DERControlBase, type DefaultDERControl, type Scaled } from '@gridloom/sep2030'

/** How a curve is told: by its mRID to the operator, by its path on the wire. */
export type CurveNames = Readonly<{ hrefOf: (mRID: string) => string; mridOf: (href: string) => string }>

type Field = keyof ControlFields
type PlainFields = { readonly [F in Field]-?: NonNullable<ControlFields[F]> }
type WireFields = { readonly [F in Field]-?: NonNullable<DERControlBase[F]> }

/** A field in plain units and on the wire. */
type Form<P, W> = Readonly<{ wire: (plain: P, curves: CurveNames) => W; plain: (wire: W, curves: CurveNames) => P }>

const flag: Form<boolean, boolean> = { wire: (plain) => plain, plain: (wire) => wire }
const inHundredths: Form<number, number> = { wire: hundredths, plain: (wire) => wire / 100 }
const power: Form<number, Scaled> = { wire: powerOf, plain: unscaled }
const curve: Form<string, Readonly<{ href: string }>> = {
  wire: (mRID, { hrefOf }) => ({ href: hrefOf(mRID) }),
  plain: ({ href }, { mridOf }) => mridOf(href),
}

const powerFactor: Form<PlainFields['opModFixedPFInjectW'], WireFields['opModFixedPFInjectW']> = {
  wire: (plain) => {
    const from = Math.round(plain.powerFactor * 10_000) % 10 === 0 ? -3 : -4
    const { multiplier, value } = scaled(plain.powerFactor, { min: 0, max: 10_000, from })
    return { displacement: value, excitation: plain.absorbs, multiplier }
  },
  plain: ({ displacement, excitation, multiplier }) => {
    return { powerFactor: unscaled({ multiplier, value: displacement }), absorbs: excitation }
  },
}

const references = ['setMaxW', 'setMaxVar', 'statVarAvail'] as const

const fixedVar: Form<PlainFields['opModFixedVar'], WireFields['opModFixedVar']> = {
  wire: ({ percent, of }) => ({ refType: references.indexOf(of) + 1, value: hundredths(percent) }),
  plain: ({ refType, value }) => ({ percent: value / 100, of: references[refType - 1] ?? 'setMaxVar' }),
}

const droop: Form<PlainFields['opModFreqDroop'], WireFields['opModFreqDroop']> = {
  wire: ({ dBOF, dBUF, kOF, kUF, openLoopTms }) => ({
    dBOF: thousandths(dBOF),
    dBUF: thousandths(dBUF),
    kOF: thousandths(kOF),
    kUF: thousandths(kUF),
    openLoopTms: hundredths(openLoopTms),
  }),
  plain: ({ dBOF, dBUF, kOF, kUF, openLoopTms }) => ({
    dBOF: dBOF / 1000,
    dBUF: dBUF / 1000,
    kOF: kOF / 1000,
    kUF: kUF / 1000,
    openLoopTms: openLoopTms / 100,
  }),
}

const forms: { readonly [F in Field]: Form<PlainFields[F], WireFields[F]> } = {
  opModConnect: flag,
  opModEnergize: flag,
  opModFixedPFAbsorbW: powerFactor,
  opModFixedPFInjectW: powerFactor,
  opModFixedVar: fixedVar,
  opModFixedW: inHundredths,
  opModFreqDroop: droop,
  opModFreqWatt: curve,
  opModHFRTMayTrip: curve,
  opModHFRTMustTrip: curve,
  opModHVRTMayTrip: curve,
  opModHVRTMomentaryCessation: curve,
  opModHVRTMustTrip: curve,
  opModLFRTMayTrip: curve,
  opModLFRTMustTrip: curve,
  opModLVRTMayTrip: curve,
  opModLVRTMomentaryCessation: curve,
  opModLVRTMustTrip: curve,
  opModMaxLimW: inHundredths,
  opModTargetVar: power,
  opModTargetW: power,
  opModVoltVar: curve,
  opModVoltWatt: curve,
  opModWattPF: curve,
  opModWattVar: curve,
  rampTms: inHundredths,
  opModImpLimW: power,
  opModExpLimW: power,
  opModGenLimW: power,
  opModLoadLimW: power,
  opModStorageTargetW: power,
}

const fields = Object.keys(forms) as readonly Field[]

/** The curves that the fields name, by mRID. */
export function curvesOf(controls: ControlFields): readonly Readonly<{ field: Field; mRID: string }>[] {
  return fields.flatMap((field) => {
    const value = controls[field]
    return typeof value === 'string' ? [{ field, mRID: value }] : []
  })
}

export function wireControls(controls: ControlFields, curves: CurveNames): DERControlBase {
  return Object.assign({}, ...fields.map((field) => wireField(field, controls, curves)))
}

export function plainControls(base: DERControlBase, curves: CurveNames): ControlFields {
  return Object.assign({}, ...fields.map((field) => plainField(field, base, curves)))
}

function wireField<F extends Field>(field: F, controls: ControlFields, curves: CurveNames): DERControlBase {
  const value = controls[field] as PlainFields[F] | undefined
  return value === undefined ? {} : { [field]: forms[field].wire(value, curves) }
}

function plainField<F extends Field>(field: F, base: DERControlBase, curves: CurveNames): ControlFields {
  const value = base[field] as WireFields[F] | undefined
  return value === undefined ? {} : { [field]: forms[field].plain(value, curves) }
}

const settings = [
  'setESDelay',
  'setESHighFreq',
  'setESHighVolt',
  'setESLowFreq',
  'setESLowVolt',
  'setESRampTms',
  'setESRandomDelay',
  'setGradW',
  'setSoftGradW',
] as const

type PlainSettings = Pick<DefaultControlFields, (typeof settings)[number]>
type WireSettings = Pick<DefaultDERControl, (typeof settings)[number]>

/** The settings that only a default control has: on the wire all are hundredths of their unit. */
export function wireSettings(plain: PlainSettings): WireSettings {
  return Object.assign(
    {},
    ...settings.map((name) => (plain[name] === undefined ? {} : { [name]: hundredths(plain[name]) })),
  )
}

export function plainSettings(wire: WireSettings): PlainSettings {
  return Object.assign({}, ...settings.map((name) => (wire[name] === undefined ? {} : { [name]: wire[name] / 100 })))
}

/** A power as ActivePower or ReactivePower: whole numbers as they are while they fit, fractions as exactly as they fit. */
export function powerOf(amount: number): Scaled {
  return scaled(amount, { min: -32_768, max: 32_767, from: Number.isInteger(amount) ? 0 : -9 })
}

function hundredths(value: number): number {
  return Math.round(value * 100)
}

function thousandths(value: number): number {
  return Math.round(value * 1000)
}
