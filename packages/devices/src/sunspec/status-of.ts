import {
  type Alarm,
  DeviceError,
  type DeviceStatus,
  type InverterState,
  type Settings,
  type StorageStatus,
} from '../device.ts'
import { measurement, storage } from './models/der.ts'
import { extendedStatus, storageControls } from './models/legacy.ts'
import { inverterView, type Registers, view } from './registers.ts'
import { type View, valueOf } from './view.ts'

/** The models that tell what a device does at the moment. */
export const statusModels = [101, 102, 103, 122, 124, 701, 713] as const

type Told = Omit<DeviceStatus, 'at' | 'limitW'>

/** What the device does, by model 701, or else by 103, 102 or 101 and 122. */
export function statusOf(registers: Registers, settings: Settings): Told {
  const measured = view(registers, measurement)
  const legacy = inverterView(registers)
  const told = measured ? derStatus(measured) : legacy && legacyStatus(legacy, registers)
  if (!told) throw new DeviceError('faulty', 'the device has none of the SunSpec models 101, 102, 103 and 701')
  const soc = chargeOf(registers)
  return { ...told, ...(soc !== undefined && { storage: storageStatus(soc, told.watts, settings) }) }
}

function derStatus(measured: View<keyof typeof measurement.points>): Told {
  const inverter = derStates[valueOf(measured, 'InvSt') ?? 3] ?? 'fault'
  const connected = valueOf(measured, 'ConnSt') !== 0
  return {
    watts: powerOf(valueOf(measured, 'W'), inverter),
    vars: valueOf(measured, 'Var') ?? 0,
    volts: valueOf(measured, 'LNV') ?? valueOf(measured, 'VL1') ?? valueOf(measured, 'LLV') ?? 0,
    hertz: valueOf(measured, 'Hz') ?? 0,
    connected,
    ...presence(inverter),
    alarms: alarmsOf(valueOf(measured, 'Alrm') ?? 0),
    deliveredWh: valueOf(measured, 'TotWhInj') ?? 0,
    receivedWh: valueOf(measured, 'TotWhAbs') ?? 0,
  }
}

function legacyStatus(measured: NonNullable<ReturnType<typeof inverterView>>, registers: Registers): Told {
  const extended = view(registers, extendedStatus)
  const inverter = legacyStates[valueOf(measured, 'St') ?? 4] ?? 'fault'
  const connection = extended && valueOf(extended, 'PVConn')
  const availableW = extended && valueOf(extended, 'WAval')
  const availableVar = extended && valueOf(extended, 'VArAval')
  return {
    watts: powerOf(valueOf(measured, 'W'), inverter),
    vars: valueOf(measured, 'VAr') ?? 0,
    volts: valueOf(measured, 'PhVphA') ?? valueOf(measured, 'PPVphAB') ?? 0,
    hertz: valueOf(measured, 'Hz') ?? 0,
    connected: connection === undefined ? inverter !== 'off' : (connection & 1) === 1,
    ...presence(inverter),
    alarms: alarmsOf(valueOf(measured, 'Evt1') ?? 0),
    deliveredWh: (extended && valueOf(extended, 'ActWh')) ?? valueOf(measured, 'WH') ?? 0,
    receivedWh: 0,
    ...(availableW !== undefined && { availableW }),
    ...(availableVar !== undefined && { availableVar }),
  }
}

// an inverter that sleeps may have no power to tell; one that runs has
function powerOf(watts: number | undefined, inverter: InverterState): number {
  if (watts !== undefined) return watts
  if (inverter === 'tracking' || inverter === 'derated') throw new DeviceError('faulty', 'the device tells no power')
  return 0
}

function presence(inverter: InverterState) {
  const operating = inverter === 'tracking' || inverter === 'derated' || inverter === 'starting'
  return {
    inverter,
    available: inverter !== 'off' && inverter !== 'fault',
    operating,
    mode: operating || inverter === 'sleeping' ? ('operational' as const) : ('off' as const),
  }
}

const derStates: readonly InverterState[] = [
  'off',
  'sleeping',
  'starting',
  'tracking',
  'derated',
  'shuttingDown',
  'fault',
  'standby',
]

// the same in the same order, but from 1
const legacyStates: readonly (InverterState | undefined)[] = [undefined, ...derStates]

/** The alarms of 2030.5 among the bits of Alrm and Evt1, which are the same where they matter here. */
const alarmBits: readonly (readonly [bit: number, alarm: Alarm])[] = [
  [6, 'localEmergency'],
  [8, 'overFrequency'],
  [9, 'underFrequency'],
  [10, 'overVoltage'],
  [11, 'underVoltage'],
]

function alarmsOf(bits: number): Alarm[] {
  return alarmBits.filter(([bit]) => Math.floor(bits / 2 ** bit) % 2 === 1).map(([, alarm]) => alarm)
}

/** State of charge from 0 to 1. */
function chargeOf(registers: Registers): number | undefined {
  const battery = view(registers, storage)
  const legacy = view(registers, storageControls)
  const percent = (battery && valueOf(battery, 'SoC')) ?? (legacy && valueOf(legacy, 'ChaState'))
  return percent === undefined ? undefined : percent / 100
}

function storageStatus(soc: number, watts: number, settings: Settings): StorageStatus {
  const { maxWh = 0, maxW, maxDischargeRateW = maxW, maxChargeRateW = maxW } = settings
  const idle = 0.002 * maxW
  return {
    soc,
    mode: watts < -idle ? 'charging' : watts > idle ? 'discharging' : 'holding',
    dischargeSeconds: secondsOf(soc * maxWh, maxDischargeRateW),
    chargeSeconds: secondsOf((1 - soc) * maxWh, maxChargeRateW),
  }
}

function secondsOf(wattHours: number, watts: number): number {
  return watts > 0 ? (3600 * wattHours) / watts : 0
}
