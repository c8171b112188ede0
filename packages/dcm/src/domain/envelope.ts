import type { DeviceSetpoint, Mode, Settings } from '@gridloom/devices'
import type { FixedDefaultConfig } from './fixed-default.ts'

/** What a device may be told locally, whoever tells it: watts that it delivers and receives, and its vars. */
export type Envelope = Readonly<{ deliverW: number; receiveW: number; maxVar: number }>

export type Breach = Readonly<{ field: Mode; reason: string }>

/** The nameplate, and within it the limits that the owner configured. */
export function envelopeOf(
  { maxW, maxVA = maxW, maxVar = maxVA, maxChargeRateW = maxW, maxDischargeRateW = maxW }: Settings,
  { exportLimitW, generationLimitW, importLimitW, loadLimitW }: FixedDefaultConfig,
): Envelope {
  return {
    deliverW: Math.min(maxDischargeRateW, exportLimitW ?? Infinity, generationLimitW ?? Infinity),
    receiveW: Math.min(maxChargeRateW, importLimitW ?? Infinity, loadLimitW ?? Infinity),
    maxVar,
  }
}

/**
 * The fields of a set point that local policy does not allow: powers outside the envelope, another state of the contactor or of
 * energizing than the present one, and other trip settings than the device's own of IEEE 1547.
 */
export function breachesOf(setpoint: DeviceSetpoint, envelope: Envelope, present: DeviceSetpoint): readonly Breach[] {
  return [...switching(setpoint, present), ...powers(setpoint, envelope), ...trips(setpoint)]
}

/** The same set point with no limit looser than the envelope: that holds whoever asks for what. */
export function tightened(setpoint: DeviceSetpoint, { deliverW, receiveW }: Envelope): DeviceSetpoint {
  const most = { opModExpLimW: deliverW, opModGenLimW: deliverW, opModImpLimW: receiveW, opModLoadLimW: receiveW }
  const limits = Object.entries(most).flatMap(([field, watts]) => {
    const asked = setpoint[field as keyof typeof most]
    return asked === undefined ? [] : [[field, Math.min(asked, watts)] as const]
  })
  return { ...setpoint, ...Object.fromEntries(limits) }
}

function switching(setpoint: DeviceSetpoint, present: DeviceSetpoint): Breach[] {
  return (['opModConnect', 'opModEnergize'] as const)
    .filter((field) => (setpoint[field] ?? true) !== (present[field] ?? true))
    .filter((field) => setpoint[field] !== undefined)
    .map((field) => ({ field, reason: 'changes the connection' }))
}

function powers(setpoint: DeviceSetpoint, { deliverW, receiveW, maxVar }: Envelope): Breach[] {
  const { opModTargetW, opModStorageTargetW, opModFixedW, opModMaxLimW, opModTargetVar, opModFixedVar } = setpoint
  const isOutside = (watts = 0): boolean => watts > deliverW || watts < -receiveW
  const isOver = (fraction = 0): boolean => Math.abs(fraction) > 1
  return [
    ...breach('opModTargetW', isOutside(opModTargetW)),
    ...breach('opModStorageTargetW', isOutside(opModStorageTargetW)),
    ...breach('opModFixedW', isOver(opModFixedW)),
    ...breach('opModMaxLimW', isOver(opModMaxLimW)),
    ...breach('opModTargetVar', Math.abs(opModTargetVar ?? 0) > maxVar),
    ...breach('opModFixedVar', isOver(opModFixedVar?.fraction)),
  ]
}

function trips(setpoint: DeviceSetpoint): Breach[] {
  const fields = Object.keys(setpoint) as Mode[]
  return fields
    .filter((field) => /^opMod[HL][FV]RT/.test(field))
    .map((field) => ({ field, reason: 'changes when the device trips' }))
}

function breach(field: Mode, isOne: boolean): Breach[] {
  return isOne ? [{ field, reason: 'outside the operating envelope' }] : []
}
