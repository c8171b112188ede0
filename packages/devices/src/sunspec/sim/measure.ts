import type { Alarm, DeviceStatus, InverterState, Settings } from '../../device.ts'
import { directCurrent, measurement, port, storage } from '../models/der.ts'
import { extendedStatus, inverters, storageControls } from '../models/legacy.ts'
import { groupOf } from '../view.ts'
import { type Image, put } from './image.ts'

/** Puts what the device does into the registers that tell it. */
export function measure(image: Image, status: DeviceStatus, settings: Settings): void {
  const { watts, vars, volts, hertz, deliveredWh, receivedWh } = status
  const VA = Math.hypot(watts, vars)
  const A = volts > 0 ? VA / volts : 0
  const PF = VA > 0 ? watts / VA : 1
  const measured = image.block(measurement)
  if (measured) {
    put(measured, {
      W: watts,
      VA,
      Var: vars,
      PF,
      A: Math.sign(watts) * A,
      LNV: volts,
      Hz: hertz,
      WL1: watts,
      VAL1: VA,
      VarL1: vars,
      PFL1: PF,
      AL1: Math.sign(watts) * A,
      VL1: volts,
      TotWhInj: deliveredWh,
      TotWhAbs: receivedWh,
      St: status.operating ? 1 : 0,
      InvSt: states.indexOf(status.inverter),
      ConnSt: status.connected ? 1 : 0,
      Alrm: alarmsOf(status.alarms),
    })
  }
  const [singlePhase] = inverters
  const legacy = singlePhase && image.block(singlePhase)
  if (legacy) {
    put(legacy, {
      A,
      AphA: A,
      PhVphA: volts,
      W: watts,
      Hz: hertz,
      VA,
      VAr: vars,
      PF: 100 * PF,
      WH: deliveredWh,
      St: states.indexOf(status.inverter) + 1,
      Evt1: alarmsOf(status.alarms),
    })
  }
  measureStorage(image, status, settings)
  measureExtended(image, status)
}

function measureStorage({ block }: Image, { storage: battery, watts }: DeviceStatus, { maxWh = 0 }: Settings): void {
  const direct = block(directCurrent)
  if (direct) {
    put(direct, { DCW: watts })
    put(groupOf(direct, port, directCurrent.size), { DCW: watts })
  }
  if (!battery) return
  const der = block(storage)
  if (der) put(der, { SoC: 100 * battery.soc, WHAvail: battery.soc * maxWh })
  const legacy = block(storageControls)
  if (legacy) put(legacy, { ChaState: 100 * battery.soc, ChaSt: chargeStates[battery.mode] })
}

function measureExtended({ block }: Image, status: DeviceStatus): void {
  const extended = block(extendedStatus)
  if (!extended) return
  const { connected, available, operating } = status
  const connection = (connected ? 1 : 0) + (available ? 2 : 0) + (operating ? 4 : 0)
  put(extended, {
    ...(status.storage ? { StorConn: connection } : { PVConn: connection }),
    ECPConn: connected ? 1 : 0,
    ActWh: status.deliveredWh,
    VArAval: status.availableVar ?? 0,
    WAval: status.availableW ?? 0,
  })
}

/** InvSt of model 701; St of the legacy models is one more. */
const states: readonly InverterState[] = [
  'off',
  'sleeping',
  'starting',
  'tracking',
  'derated',
  'shuttingDown',
  'fault',
  'standby',
]

const chargeStates = { discharging: 3, charging: 4, holding: 6 } as const

const alarmBits: Readonly<Partial<Record<Alarm, number>>> = {
  localEmergency: 6,
  overFrequency: 8,
  underFrequency: 9,
  overVoltage: 10,
  underVoltage: 11,
}

function alarmsOf(alarms: readonly Alarm[]): number {
  return alarms.reduce((sum, alarm) => sum + (alarm in alarmBits ? 2 ** (alarmBits[alarm] ?? 0) : 0), 0)
}
