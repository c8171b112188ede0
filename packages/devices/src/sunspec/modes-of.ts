import type { DeviceKind } from '../device.ts'
import { derModeBits, doeModeBits, type Mode, vppModeBits } from '../modes.ts'
import { freqDroop, trips, voltVar, voltWatt, wattVar } from './models/curves.ts'
import { acControls, enterService } from './models/der.ts'
import { immediateControls, storageControls } from './models/legacy.ts'
import { type Registers, view } from './registers.ts'
import { has } from './view.ts'

/** All that any SunSpec device could do; there is no model for the other two. */
export const mappedModes = Object.keys({ ...derModeBits, ...doeModeBits, ...vppModeBits }).filter(
  (mode): mode is Mode => mode !== 'opModFreqWatt' && mode !== 'opModWattPF',
)

/** What the device has points for. */
export function modesOf(registers: Registers, kind: DeviceKind): Mode[] {
  return [...derModes(registers, kind), ...legacyModes(registers, kind)]
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
