import type { RegionDetail } from '@gridloom/contracts'
import { createEmulatedEvCharger, openDevice, type DeviceConfig, type DeviceDeps } from '@gridloom/devices'
import { expect, it } from 'vitest'
import { kill, ordersOf, regionScene, type Device, type Scene } from './support/region-scene.ts'

// What a vehicle draws, kW.
const chargingKw = 7.68

it('lets a vehicle that comes home wait, and charge as soon as its region has something to spare', async () => {
  const scene = await regionScene()
  const street = streetOf(1)
  const roof = roofUnder(0)
  await scene.startTracker()
  await roof.start(scene)
  await street.start(scene, { region: { deferSeconds: 600 } })
  // a vehicle can only come home to a charger that has been seen without one
  await scene.until(
    ({ rounds, peers }) => rounds > 3 && peers.some(({ kind, state }) => kind === 'consumer' && state === 'live'),
  )
  street.comeHome()
  const waiting = await scene.until(({ books }) => books.deferredKw > 0, holds)
  expect(waiting.books.deferredKw).toBeCloseTo(chargingKw)
  expect(consumersOf(waiting)).toMatchObject([{ kw: 0 }])
  roof.shine(1)
  await scene.until((region) => consumersOf(region).some(({ kw }) => kw < -7), holds)
}, 120_000)

it('lets an empty storage sleep until there is more than its consumers may ask for', async () => {
  const pace = { periodSeconds: 48, leaseSeconds: 720 }
  const scene = await regionScene(pace, { start: Date.UTC(2026, 5, 1) / 1000, speed: 120 })
  const host = { tickSeconds: 12, region: { periodSeconds: 48 } }
  const street = streetOf(1)
  const roof = roofUnder(0)
  await scene.startTracker()
  await roof.start(scene, host)
  street.comeHome()
  await street.start(scene, host)
  const battery = { kind: 'battery', maxW: 10_000, capacityWh: 20_000, soc: 0.2, minSoc: 0.1, gradient: 0 } as const
  await scene.startHostHere('cellar', [{ name: 'battery', device: battery }], {}, host)

  await scene.until((region) => noteOf(region, 'battery').startsWith('discharging'), holds)
  const dark = await scene.until(
    (region) => noteOf(region, 'battery').startsWith('sleeping') && region.books.shedKw > 7,
    holds,
  )
  expect(dark.peers.find(({ name }) => name === 'battery')?.kw).toBe(0)
  // enough for the vehicle, and less than the battery would take
  roof.shine(0.16)
  const fed = await scene.until((region) => consumersOf(region).some(({ kw }) => kw < -7), holds)
  expect(noteOf(fed, 'battery')).toMatch(/^sleeping/)
  expect(fed.books.chargingKw).toBe(0)
  roof.shine(1)
  await scene.until((region) => noteOf(region, 'battery').startsWith('charging'), holds)
}, 120_000)

it('warns consumers again when they have taken more and more, as long as nobody steers them', async () => {
  const scene = await regionScene()
  const street = streetOf(3)
  const roof = roofUnder(1)
  const tracker = await scene.startTracker()
  await roof.start(scene)
  street.comeHome()
  const url = await street.start(scene)
  const isFed = (region: RegionDetail): boolean =>
    region.leases.length === 3 && consumersOf(region).every(({ kw }) => kw < -7)
  const { rounds } = await scene.until(isFed, holds)
  // the root learns of its tree with its next report
  await scene.until((region) => region.rounds > rounds + 3, holds)
  await kill(tracker)
  // usable: about 60 % of what they draw
  roof.shine(0.24)
  const allowed: number[] = []
  const look = async (): Promise<boolean> => {
    const [order] = await ordersOf(scene, url, ['vehicle-1'])
    if (order?.maxImportW !== undefined && order.maxImportW !== allowed.at(-1)) allowed.push(order.maxImportW)
    const rise = allowed.findIndex((watts, at) => watts > (allowed[at - 1] ?? Infinity))
    return rise > 0 && allowed.slice(rise).some((watts, at, later) => watts < (later[at - 1] ?? 0))
  }
  await expect.poll(look, { timeout: 60_000, interval: 100 }).toBe(true)
}, 120_000)

type HostChanges = Parameters<Scene['startHostHere']>[3]

/** Charging stations whose drivers come home all at once. */
function streetOf(count: number) {
  let isHome = false
  const trip = {
    get leavesAt(): number {
      return isHome ? 9e9 : 0
    },
    returnsAt: 9e9,
    wattHours: 0,
  }
  const open = (config: DeviceConfig, { now }: DeviceDeps) => {
    if (config.kind !== 'ev-charger') throw new Error(`no ${config.kind} here`)
    const { kind: _, ...options } = config
    return createEmulatedEvCharger({ ...options, now, driving: () => trip })
  }
  const chargers = Array.from({ length: count }, (_, index): Device => {
    return { name: `vehicle-${index + 1}`, device: { kind: 'ev-charger', gradient: 0 } }
  })
  return {
    comeHome: () => void (isHome = true),
    start: (scene: Scene, changes?: HostChanges) =>
      scene.startHostHere('street', chargers, { openDevice: open }, changes),
  }
}

/** A large roof under a sky in the hands of the test. */
function roofUnder(share: number) {
  let irradiance = share
  const sky = () => ({ irradiance, temperature: 25, volts: 240, hertz: 60 })
  const roof: Device = { name: 'roof', device: { kind: 'pv', maxW: 60_000, gradient: 0 } }
  const open = (config: DeviceConfig, deps: DeviceDeps) => openDevice(config, { ...deps, environment: sky })
  return {
    shine: (next: number) => void (irradiance = next),
    start: (scene: Scene, changes?: HostChanges) => scene.startHostHere('north', [roof], { openDevice: open }, changes),
  }
}

function holds({ books, leases }: RegionDetail): void {
  const { demandKw, servedKw, shedKw, deferredKw, starvingKw } = books
  expect(servedKw + shedKw + deferredKw + starvingKw).toBeCloseTo(demandKw, 5)
  expect(new Set(leases.map(({ consumer }) => consumer)).size).toBe(leases.length)
}

function consumersOf({ peers }: RegionDetail) {
  return peers.filter(({ kind }) => kind === 'consumer')
}

function noteOf({ peers }: RegionDetail, wanted: string): string {
  return peers.find(({ name }) => name === wanted)?.note ?? ''
}
