import { decode, DERAvailability, DERCapability, DERSettings, DERStatus, encode } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import type { DeviceStatus } from '../device.ts'
import { createEmulatedBattery } from '../emulated/battery.ts'
import { createEmulatedBuilding } from '../emulated/building.ts'
import { createEmulatedEvCharger } from '../emulated/ev-charger.ts'
import { createEmulatedPv } from '../emulated/pv.ts'
import { createEmulatedPvBattery } from '../emulated/pv-battery.ts'
import { createEmulatedWaterHeater } from '../emulated/water-heater.ts'
import { derCapabilityOf, derSettingsOf } from './der-capability-of.ts'
import { derAvailabilityOf, derStatusOf } from './der-status-of.ts'
import { grantOf } from './grant-of.ts'

const now = () => 1_800_000_000

it('advertises the modes and ratings of a PV and nothing more', () => {
  const { capability } = createEmulatedPv({ now, maxW: 5000 })
  expect(derCapabilityOf(capability)).toEqual({
    modesSupported: '05FFFDEC',
    rtgAbnormalCategory: 3,
    rtgMaxA: { multiplier: -3, value: 22_917 },
    rtgMaxV: { multiplier: -2, value: 26_400 },
    rtgMaxVA: { multiplier: -1, value: 55_000 },
    rtgMaxVar: { multiplier: -1, value: 24_200 },
    rtgMaxVarNeg: { multiplier: -1, value: -24_200 },
    rtgMaxW: { multiplier: 0, value: 5000 },
    rtgMinPFOverExcited: { displacement: 9000, multiplier: -4 },
    rtgMinPFUnderExcited: { displacement: 9000, multiplier: -4 },
    rtgMinV: { multiplier: -2, value: 21_120 },
    rtgNormalCategory: 2,
    rtgVNom: { multiplier: -2, value: 24_000 },
    type: 4,
  })
})

it('says that a battery can charge and discharge, and names its limits only under CSIP-AUS', () => {
  const { capability, settings } = createEmulatedBattery({ now, capacityWh: 10_000 })
  expect(derCapabilityOf(capability)).toMatchObject({ type: 80, rtgMaxWh: { multiplier: 0, value: 10_000 } })
  expect(Number.parseInt(derCapabilityOf(capability).modesSupported, 16) & 0b11).toBe(0b11)
  expect(derCapabilityOf(capability)).not.toHaveProperty('doeModesSupported')
  expect(derCapabilityOf(capability, 'csipaus-1.2')).toMatchObject({ doeModesSupported: '0F' })
  expect(derSettingsOf(settings, 'csipaus-1.3')).toMatchObject({
    setGradW: 1000,
    doeModesEnabled: '0F',
    vppModesEnabled: '01',
  })
})

it('names the criteria to enter service', () => {
  expect(derSettingsOf(createEmulatedPv({ now }).settings)).toMatchObject({
    setESDelay: 1000,
    setESRampTms: 2000,
    setESLowVolt: 9170,
    setESHighVolt: 10_500,
    setESLowFreq: 5950,
    setESHighFreq: 6010,
  })
})

it('calls a water heater a mixed DER that can be shed', () => {
  const { capability } = createEmulatedWaterHeater({ now })
  expect(derCapabilityOf(capability, 'csipaus-1.2')).toMatchObject({
    modesSupported: '0010000C',
    doeModesSupported: '0A',
    type: 1,
  })
})

it('names a charging station, a vehicle that gives back and a PV with storage by their types', () => {
  const station = derCapabilityOf(createEmulatedEvCharger({ now }).capability)
  const vehicle = derCapabilityOf(createEmulatedEvCharger({ now, v2g: true }).capability)
  const hybrid = derCapabilityOf(createEmulatedPvBattery({ now }).capability)
  expect([station.type, vehicle.type, hybrid.type]).toEqual([82, 81, 83])
  // bits 0 and 1: charges, discharges
  expect([station, vehicle, hybrid].map((one) => Number.parseInt(one.modesSupported, 16) & 0b11)).toEqual([1, 3, 3])
})

it('reports a discharging battery', () => {
  const at = 1_800_000_000
  expect(derStatusOf(discharging)).toEqual({
    alarmStatus: '00000012',
    genConnectStatus: { dateTime: at, value: '07' },
    inverterStatus: { dateTime: at, value: 5 },
    localControlModeStatus: { dateTime: at, value: 1 },
    operationalModeStatus: { dateTime: at, value: 2 },
    readingTime: at,
    stateOfChargeStatus: { dateTime: at, value: 6250 },
    storConnectStatus: { dateTime: at, value: '07' },
    storageModeStatus: { dateTime: at, value: 1 },
  })
})

it('reports what is left to give', () => {
  const { settings } = createEmulatedBattery({ now, maxW: 5000 })
  expect(derAvailabilityOf(discharging, settings)).toEqual({
    availabilityDuration: 7200,
    maxChargeDuration: 3600,
    readingTime: 1_800_000_000,
    reserveChargePercent: 10_000,
    reservePercent: 6000,
    statVarAvail: { multiplier: -1, value: 20_000 },
    statWAvail: { multiplier: 0, value: 5000 },
  })
})

it.each(['base', 'csipaus-1.2', 'csipaus-1.3'] as const)('writes what the schema of %s accepts', async (profile) => {
  for (const device of [
    createEmulatedPv({ now }),
    createEmulatedBattery({ now }),
    createEmulatedWaterHeater({ now }),
    createEmulatedEvCharger({ now, v2g: true }),
    createEmulatedBuilding({ now }),
    createEmulatedPvBattery({ now }),
  ]) {
    const capability = derCapabilityOf(device.capability, profile)
    const settings = derSettingsOf(device.settings, profile)
    const status = derStatusOf(await device.status())
    const availability = derAvailabilityOf(await device.status(), device.settings)
    expect(decode(DERCapability, encode(DERCapability, capability, { profile }), { profile })).toEqual(capability)
    expect(decode(DERSettings, encode(DERSettings, settings, { profile }), { profile })).toEqual(settings)
    expect(decode(DERStatus, encode(DERStatus, status))).toEqual(status)
    expect(decode(DERAvailability, encode(DERAvailability, availability))).toEqual(availability)
  }
})

it('reads the power of a flow reservation as a magnitude and keeps the sign of its energy', () => {
  const response = {
    mRID: 'AB',
    subject: 'CD',
    energyAvailable: { multiplier: 3, value: -4 },
    powerAvailable: { multiplier: 0, value: -2000 },
    creationTime: 0,
    interval: { start: 0, duration: 7200 },
    EventStatus: { currentStatus: 1, dateTime: 0, potentiallySuperseded: false },
  }
  expect(grantOf(response)).toEqual({ id: 'AB', watts: 2000, wattHours: -4000 })
})

const discharging: DeviceStatus = {
  at: 1_800_000_000.7,
  watts: 2000,
  vars: 0,
  volts: 240,
  hertz: 60,
  connected: true,
  available: true,
  operating: true,
  inverter: 'derated',
  mode: 'operational',
  alarms: ['overVoltage', 'underFrequency'],
  deliveredWh: 0,
  receivedWh: 0,
  availableW: 5000,
  availableVar: 2000,
  storage: { soc: 0.625, mode: 'discharging', dischargeSeconds: 7200, chargeSeconds: 3600 },
}
