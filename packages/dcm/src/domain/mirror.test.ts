import type { DeviceStatus } from '@gridloom/devices'
import type { Lfdi } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { batchOf, emptyTally, mirrorUsagePoint, ownMirror, readingsOf, tallied } from './mirror.ts'

const mirror = { lfdi: 'A'.repeat(40) as Lfdi, pen: 40_732, hasStorage: false }

it('defines the same mirror after every restart', () => {
  expect(mirrorUsagePoint(mirror, 60)).toEqual(mirrorUsagePoint(mirror, 60))
})

it('gives each series of each device an mRID of its own', () => {
  const all = [mirror, { ...mirror, lfdi: 'B'.repeat(40) as Lfdi }].map((one) => mirrorUsagePoint(one, 60))
  const mRIDs = all.flatMap((point) => [point.mRID, ...(point.MirrorMeterReading ?? []).map(({ mRID }) => mRID)])
  expect(new Set(mRIDs).size).toBe(2 * 5)
})

it('finds its mirror again, also where a peer drops leading zeros', () => {
  const point = { ...mirrorUsagePoint(mirror, 60), href: '/mup/7' }
  expect(ownMirror(mirror, [{ ...point, mRID: '01' }, point])?.href).toBe('/mup/7')
})

it('reports the mean of a period, scaled as its type says', () => {
  const batch = batchOf([status(1000, 229.9), status(2001, 230)].reduce(tallied, emptyTally), 600, 60)
  expect(batch && readingsOf(mirror, batch).map(({ Reading }) => Reading?.value)).toEqual([1501, 0, 2300, 5000])
})

it('names the period of a reading and when the next one comes', () => {
  const batch = batchOf(tallied(emptyTally, status(1000, 230)), 600, 60)
  expect(batch && readingsOf(mirror, batch)[0]).toMatchObject({
    lastUpdateTime: 660,
    nextUpdateTime: 720,
    Reading: { timePeriod: { start: 600, duration: 60 } },
  })
})

it('reports nothing of a period without a sample', () => {
  expect(batchOf(emptyTally, 600, 60)).toBeUndefined()
})

it('reports the state of charge in hundredths of a percent', () => {
  const storage = { mode: 'charging', dischargeSeconds: 0, chargeSeconds: 0 } as const
  const samples = [0.5, 0.5125].map((soc) => ({ ...status(0, 230), storage: { ...storage, soc } }))
  const batch = batchOf(samples.reduce(tallied, emptyTally), 600, 60)
  expect(batch && readingsOf({ ...mirror, hasStorage: true }, batch).at(-1)?.Reading?.value).toBe(5063)
})

it('reports no state of charge where its mirror was made without one', () => {
  const storage = { mode: 'charging', dischargeSeconds: 0, chargeSeconds: 0, soc: 0.5 } as const
  const batch = batchOf(tallied(emptyTally, { ...status(1000, 230), storage }), 600, 60)
  const defined = mirrorUsagePoint(mirror, 60).MirrorMeterReading?.map(({ mRID }) => mRID)
  expect(batch && readingsOf(mirror, batch).map(({ mRID }) => mRID)).toEqual(defined)
})

function status(watts: number, volts: number): DeviceStatus {
  const state = {
    connected: true,
    available: true,
    operating: true,
    inverter: 'tracking',
    mode: 'operational',
  } as const
  return { at: 600, watts, vars: 0, volts, hertz: 50, ...state, alarms: [], deliveredWh: 0, receivedWh: 0 }
}
