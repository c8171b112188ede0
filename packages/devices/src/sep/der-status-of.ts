import { type DERAvailability, type DERStatus, toActivePower, toReactivePower } from '@gridloom/sep2030'
import type { Alarm, DeviceStatus, InverterState, Settings, StorageStatus } from '../device.ts'

/** What the device does now, as DERStatus (der-model.md section 13). */
export function derStatusOf(status: DeviceStatus, localControl = false): DERStatus {
  const dateTime = Math.floor(status.at)
  const connect = { dateTime, value: connectBits(status) }
  return {
    alarmStatus: hex(
      status.alarms.reduce((sum, alarm) => sum + 2 ** alarmBits.indexOf(alarm), 0),
      8,
    ),
    genConnectStatus: connect,
    inverterStatus: { dateTime, value: inverterStates[status.inverter] },
    localControlModeStatus: { dateTime, value: (status.localControl ?? localControl) ? 0 : 1 },
    ...(status.manufacturerStatus !== undefined && {
      manufacturerStatus: { dateTime, value: status.manufacturerStatus },
    }),
    operationalModeStatus: { dateTime, value: operationalModes[status.mode] },
    readingTime: dateTime,
    ...(status.storage && storageOf(status.storage, dateTime, connect)),
  }
}

/** What the device could do from now on, as DERAvailability. */
export function derAvailabilityOf(status: DeviceStatus, settings: Settings): DERAvailability {
  const { storage } = status
  const charge = settings.maxChargeRateW ?? 0
  return {
    ...(storage && {
      availabilityDuration: Math.floor(storage.dischargeSeconds),
      maxChargeDuration: Math.floor(storage.chargeSeconds),
    }),
    readingTime: Math.floor(status.at),
    ...(storage && charge > 0 && { reserveChargePercent: perCent(1 - Math.max(0, -status.watts) / charge) }),
    ...(status.availableW !== undefined && {
      reservePercent: perCent((status.availableW - Math.max(0, status.watts)) / settings.maxW),
    }),
    ...(status.availableVar !== undefined && { statVarAvail: toReactivePower(status.availableVar) }),
    ...(status.availableW !== undefined && { statWAvail: toActivePower(status.availableW) }),
  }
}

/** The alarms in the order of their bits in alarmStatus, whose LogEvent codes are 2·bit raised and 2·bit + 1 cleared. */
export const alarmBits: readonly Alarm[] = [
  'overCurrent',
  'overVoltage',
  'underVoltage',
  'overFrequency',
  'underFrequency',
  'voltageImbalance',
  'currentImbalance',
  'localEmergency',
  'remoteEmergency',
  'lowInputPower',
  'phaseRotation',
]

const inverterStates: Readonly<Record<InverterState, number>> = {
  off: 1,
  sleeping: 2,
  starting: 3,
  tracking: 4,
  derated: 5,
  shuttingDown: 6,
  fault: 7,
  standby: 8,
  test: 9,
}

const operationalModes = { off: 1, operational: 2, test: 3 } as const
const storageModes = { charging: 0, discharging: 1, holding: 2 } as const

function connectBits({ connected, available, operating, inverter }: DeviceStatus): string {
  const bits = [connected, available, operating, inverter === 'test', inverter === 'fault']
  return hex(
    bits.reduce((sum, set, bit) => sum + (set ? 2 ** bit : 0), 0),
    2,
  )
}

function storageOf(
  { soc, mode }: StorageStatus,
  dateTime: number,
  connect: NonNullable<DERStatus['storConnectStatus']>,
): Partial<DERStatus> {
  return {
    stateOfChargeStatus: { dateTime, value: perCent(soc) },
    storageModeStatus: { dateTime, value: storageModes[mode] },
    storConnectStatus: connect,
  }
}

const perCent = (fraction: number): number => Math.round(Math.min(1, Math.max(0, fraction)) * 10_000)
const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0')
