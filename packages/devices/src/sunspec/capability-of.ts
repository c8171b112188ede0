import type { Capability, DeviceKind, Identity, Ratings, Settings } from '../device.ts'
import { derModeBits, doeModeBits, type Mode, vppModeBits } from '../modes.ts'
import { common } from './models/common.ts'
import { freqDroop, trips, voltVar, voltWatt, wattVar } from './models/curves.ts'
import { acControls, capacity, directCurrent, enterService, port, storage } from './models/der.ts'
import { basicSettings, immediateControls, nameplate, storageControls } from './models/legacy.ts'
import { type Registers, view } from './registers.ts'
import { groupOf, has, textAt, type View, valueOf } from './view.ts'

/** What the device says it is and can do: by models 702 to 714, or else by 120 to 124. */
export function capabilityOf(registers: Registers): Capability {
  const kind = kindOf(registers)
  const rated = view(registers, capacity)
  const ratings = rated ? derRatings(rated, registers, 'Rtg') : legacyRatings(registers)
  // limits and set points are shares of a rating: a device that tells none is only watched
  const modes = ratings.maxW > 0 ? [...derModes(registers, kind), ...legacyModes(registers, kind)] : []
  const normal = rated && (['A', 'B'] as const)[valueOf(rated, 'NorOpCatRtg') ?? -1]
  const abnormal = rated && (['I', 'II', 'III'] as const)[valueOf(rated, 'AbnOpCatRtg') ?? -1]
  return {
    kind,
    modes,
    ratings,
    ...(registers.has(common.id) && { identity: identityOf(registers) }),
    ...(normal && { normalCategory: normal }),
    ...(abnormal && { abnormalCategory: abnormal }),
    ...(rated && operatingPoints(rated)),
  }
}

type Rated = View<keyof typeof capacity.points>

/** What is left of the power at most var, and what stays at the terminals of a device that does not energize. */
function operatingPoints(rated: Rated): Pick<Capability, 'overExcited' | 'underExcited' | 'susceptance'> {
  const [overW, overPf] = [valueOf(rated, 'WOvrExtRtg'), valueOf(rated, 'WOvrExtRtgPF')]
  const [underW, underPf] = [valueOf(rated, 'WUndExtRtg'), valueOf(rated, 'WUndExtRtgPF')]
  const susceptance = valueOf(rated, 'ReactSusceptRtg')
  return {
    ...(overW !== undefined && overPf !== undefined && { overExcited: { watts: overW, pf: overPf } }),
    ...(underW !== undefined && underPf !== undefined && { underExcited: { watts: underW, pf: underPf } }),
    ...(susceptance !== undefined && { susceptance }),
  }
}

function identityOf(registers: Registers): Identity {
  const maker = view(registers, common)
  const get = (name: 'Mn' | 'Md' | 'Vr' | 'SN') => (maker ? textAt(maker, name) : '')
  return { manufacturer: get('Mn'), model: get('Md'), version: get('Vr'), serial: get('SN') }
}

/** The settings that percentages refer to; a setting that the device does not have is its rating. */
export function settingsOf(registers: Registers, capability: Capability, updatedAt: number): Settings {
  const rated = view(registers, capacity)
  const own = rated ? derRatings(rated, registers, '') : legacySettings(registers)
  const controls = view(registers, acControls)
  const settings = view(registers, basicSettings)
  const percentPerSecond = (controls && valueOf(controls, 'WRmp')) ?? (settings && valueOf(settings, 'WGra')) ?? 0
  return { ...capability.ratings, ...own, modesEnabled: capability.modes, gradient: percentPerSecond / 100, updatedAt }
}

/** Whether the device lets go by itself of what nobody repeats. */
export function canRevert(registers: Registers): boolean {
  const controls = view(registers, acControls)
  if (controls) return has(controls, 'WMaxLimPctRvrtTms')
  const immediate = view(registers, immediateControls)
  return immediate !== undefined && has(immediate, 'WMaxLimPct_RvrtTms')
}

/** All that any SunSpec device could do; there is no model for the other two. */
export const mappedModes = Object.keys({ ...derModeBits, ...doeModeBits, ...vppModeBits }).filter(
  (mode): mode is Mode => mode !== 'opModFreqWatt' && mode !== 'opModWattPF',
)

const derTypes: Readonly<Record<number, DeviceKind>> = { 4: 'pv', 80: 'storage', 81: 'ev', 82: 'pv-storage' }

function kindOf(registers: Registers): DeviceKind {
  const direct = view(registers, directCurrent)
  const ports = direct ? portTypes(direct) : []
  if (ports.includes(0) && ports.includes(1)) return 'pv-storage'
  const legacy = view(registers, nameplate)
  const type = legacy && derTypes[valueOf(legacy, 'DERTyp') ?? 0]
  if (type) return type
  return registers.has(storage.id) || registers.has(storageControls.id) ? 'storage' : 'pv'
}

function portTypes(direct: View<keyof typeof directCurrent.points>): (number | undefined)[] {
  const count = valueOf(direct, 'NPrt') ?? 0
  return Array.from({ length: count }, (_, index) =>
    valueOf(groupOf(direct, port, directCurrent.size + index * port.size), 'PrtTyp'),
  )
}

function derModes(registers: Registers, kind: DeviceKind): Mode[] {
  const service = view(registers, enterService)
  const controls = view(registers, acControls)
  const offers = (name: keyof typeof acControls.points) => controls !== undefined && has(controls, name)
  const hasLimit = offers('WMaxLimPctEna')
  const hasPower = offers('WSetEna')
  const hasTrip = (index: number) => registers.has(trips[index]?.id ?? 0)
  return [
    ...when(service !== undefined && has(service, 'ES'), 'opModConnect', 'opModEnergize'),
    ...when(hasLimit, 'opModMaxLimW', 'opModExpLimW', 'opModGenLimW'),
    // what only generates can be held at a power by a limit as well
    ...when(hasPower || (hasLimit && kind === 'pv'), 'opModFixedW', 'opModTargetW'),
    ...when(hasPower && kind !== 'pv', 'opModStorageTargetW'),
    ...when(offers('VarSetEna'), 'opModFixedVar', 'opModTargetVar'),
    ...when(offers('PFWInjEna'), 'opModFixedPFInjectW'),
    ...when(offers('PFWAbsEna') && kind !== 'pv', 'opModFixedPFAbsorbW'),
    ...when(registers.has(freqDroop.model.id), 'opModFreqDroop'),
    ...when(registers.has(voltVar.model.id), 'opModVoltVar'),
    ...when(registers.has(voltWatt.model.id), 'opModVoltWatt'),
    ...when(registers.has(wattVar.model.id), 'opModWattVar'),
    ...when(hasTrip(0), 'opModLVRTMustTrip', 'opModLVRTMayTrip', 'opModLVRTMomentaryCessation'),
    ...when(hasTrip(1), 'opModHVRTMustTrip', 'opModHVRTMayTrip', 'opModHVRTMomentaryCessation'),
    ...when(hasTrip(2), 'opModLFRTMustTrip', 'opModLFRTMayTrip'),
    ...when(hasTrip(3), 'opModHFRTMustTrip', 'opModHFRTMayTrip'),
  ]
}

function legacyModes(registers: Registers, kind: DeviceKind): Mode[] {
  const controls = view(registers, immediateControls)
  if (!controls || registers.has(acControls.id)) return []
  const battery = view(registers, storageControls)
  const hasPower = battery !== undefined && has(battery, 'OutWRte') && has(battery, 'InWRte')
  const byPercent = has(controls, 'VArPct_Ena')
  return [
    'opModConnect',
    'opModEnergize',
    'opModMaxLimW',
    'opModExpLimW',
    'opModGenLimW',
    ...when(hasPower || kind === 'pv', 'opModFixedW', 'opModTargetW'),
    ...when(hasPower, 'opModStorageTargetW', 'opModImpLimW', 'opModLoadLimW'),
    ...when(byPercent, 'opModFixedVar', 'opModTargetVar'),
    ...when(has(controls, 'OutPFSet_Ena'), 'opModFixedPFInjectW'),
  ]
}

function when(isSo: boolean, ...modes: Mode[]): Mode[] {
  return isSo ? modes : []
}

type Optional = { [K in keyof Ratings]?: Ratings[K] | undefined }

/** The ratings, whose names end in Rtg, or the settings, whose names do not. */
function derRatings(rated: Rated, registers: Registers, suffix: 'Rtg' | ''): Ratings {
  const get = (name: Setting) => valueOf(rated, `${name}${suffix}`)
  const battery = view(registers, storage)
  return known(get('WMax') || valueOf(rated, 'WMaxRtg') || 0, {
    maxVA: get('VAMax'),
    maxVar: get('VarMaxInj'),
    maxVarNeg: get('VarMaxAbs'),
    maxChargeRateW: get('WChaRteMax'),
    maxDischargeRateW: get('WDisChaRteMax'),
    maxChargeRateVA: get('VAChaRteMax'),
    maxDischargeRateVA: get('VADisChaRteMax'),
    maxWh: battery && valueOf(battery, 'WHRtg'),
    maxA: get('AMax'),
    minV: get('VMin'),
    maxV: get('VMax'),
    vNom: get('VNom'),
    minPFOverExcited: get('PFOvrExt'),
    minPFUnderExcited: get('PFUndExt'),
  })
}

type Setting =
  | 'WMax'
  | 'VAMax'
  | 'VarMaxInj'
  | 'VarMaxAbs'
  | 'WChaRteMax'
  | 'WDisChaRteMax'
  | 'VAChaRteMax'
  | 'VADisChaRteMax'
  | 'VNom'
  | 'VMax'
  | 'VMin'
  | 'AMax'
  | 'PFOvrExt'
  | 'PFUndExt'

function legacyRatings(registers: Registers): Ratings {
  const rated = view(registers, nameplate)
  if (!rated) return legacySettings(registers) ?? { maxW: 0 }
  return known(valueOf(rated, 'WRtg') ?? 0, {
    maxVA: valueOf(rated, 'VARtg'),
    maxVar: valueOf(rated, 'VArRtgQ1'),
    maxVarNeg: magnitude(valueOf(rated, 'VArRtgQ4')),
    maxChargeRateW: valueOf(rated, 'MaxChaRte'),
    maxDischargeRateW: valueOf(rated, 'MaxDisChaRte'),
    maxWh: valueOf(rated, 'WHRtg'),
    maxA: valueOf(rated, 'ARtg'),
    minPFOverExcited: magnitude(valueOf(rated, 'PFRtgQ1')),
    minPFUnderExcited: magnitude(valueOf(rated, 'PFRtgQ4')),
  })
}

function legacySettings(registers: Registers): Ratings | undefined {
  const settings = view(registers, basicSettings)
  if (!settings) return undefined
  const battery = view(registers, storageControls)
  const rated = view(registers, nameplate)
  return known(valueOf(settings, 'WMax') || (rated && valueOf(rated, 'WRtg')) || 0, {
    maxVA: valueOf(settings, 'VAMax'),
    maxVar: valueOf(settings, 'VArMaxQ1'),
    maxVarNeg: magnitude(valueOf(settings, 'VArMaxQ4')),
    maxChargeRateW: battery && valueOf(battery, 'WChaMax'),
    minV: valueOf(settings, 'VMin'),
    maxV: valueOf(settings, 'VMax'),
    vNom: valueOf(settings, 'VRef'),
    minPFOverExcited: magnitude(valueOf(settings, 'PFMinQ1')),
    minPFUnderExcited: magnitude(valueOf(settings, 'PFMinQ4')),
  })
}

function known(maxW: number, others: Omit<Optional, 'maxW'>): Ratings {
  const present = Object.entries(others).filter(([, value]) => value !== undefined)
  return { maxW, ...(Object.fromEntries(present) as Omit<Ratings, 'maxW'>) }
}

function magnitude(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.abs(value)
}
