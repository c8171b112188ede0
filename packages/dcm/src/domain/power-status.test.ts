import { createEmulatedBattery, type DeviceStatus, type Settings } from '@gridloom/devices'
import { expect, it } from 'vitest'
import { powerStatusOf } from './power-status.ts'

const now = 1_800_030_060

it('tells how far a reserved charge has come', () => {
  const flow = { id: 'A', wantedWh: 8627, powerW: 7200, overheadSeconds: 900, neededAt: 1_800_046_800 }
  expect(powerStatusOf(parked({ watts: -2400 }), settings, { now, flow })).toEqual({
    batteryStatus: 1,
    changedTime: now,
    currentPowerSource: 1,
    estimatedChargeRemaining: 5600,
    PEVInfo: {
      chargingPowerNow: { multiplier: -1, value: 24_000 },
      energyRequestNow: { multiplier: 0, value: 8627 },
      maxForwardPower: { multiplier: 0, value: 7200 },
      minimumChargingDuration: 5214, // ceil(3600 × 8627 / 7200) + 900
      targetStateOfCharge: 7038, // 56 % and 8627 of 60,000 Wh
      timeChargeIsNeeded: 1_800_046_800,
      timeChargingStatusPEV: now,
    },
  })
})

it('tells what the driver of a vehicle wants when nothing is reserved', () => {
  const vehicle = { targetSoc: 0.8, wantedWh: 15_000, departsInSeconds: 3600 }
  expect(powerStatusOf(parked({ watts: -7200, vehicle }), settings, { now, flow: undefined }).PEVInfo).toMatchObject({
    energyRequestNow: { value: 15_000 },
    minimumChargingDuration: 7500,
    targetStateOfCharge: 8000,
    timeChargeIsNeeded: now + 3600,
  })
})

it('has nothing to tell of a charge without a battery, a wish or a reservation', async () => {
  const { storage: _, ...unplugged } = parked({})
  expect(powerStatusOf(unplugged, settings, { now, flow: undefined })).toEqual({
    batteryStatus: 4,
    changedTime: now,
    currentPowerSource: 1,
  })
  const battery = createEmulatedBattery({ now: () => now, soc: 0.1 })
  const status = powerStatusOf(await battery.status(), battery.settings, { now, flow: undefined })
  expect(status).toMatchObject({ batteryStatus: 2, estimatedChargeRemaining: 1000 })
  expect(status).not.toHaveProperty('PEVInfo')
})

const settings: Settings = {
  maxW: 7200,
  maxChargeRateW: 7200,
  maxWh: 60_000,
  modesEnabled: [],
  gradient: 0,
  updatedAt: 0,
}

function parked(changes: Partial<DeviceStatus>): DeviceStatus {
  return {
    at: now,
    watts: 0,
    vars: 0,
    volts: 240,
    hertz: 60,
    connected: true,
    available: true,
    operating: true,
    inverter: 'tracking',
    mode: 'operational',
    alarms: [],
    deliveredWh: 0,
    receivedWh: 0,
    storage: { soc: 0.56, mode: 'charging', dischargeSeconds: 0, chargeSeconds: 13_000 },
    ...changes,
  }
}
