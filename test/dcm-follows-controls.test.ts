import { pageOf, UsagePoint, type FleetEvent } from '@gridloom/contracts'
import { pinOf } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { smallGrid, type SmallGrid } from './fixtures/small-grid.ts'

const half = { group: 'system', controls: { opModMaxLimW: 50 } }

it('acknowledges a control, follows it and completes it', async () => {
  await using grid = await smallGrid({ devices: { pv: { kind: 'pv' } } })
  await grid.startFleet()
  const { mRID } = await grid.control({ ...half, delay: 20, duration: 20 })
  const following = await grid.until(() => latest(grid, 'pv', isHalved))
  expect(following).toMatchObject({ state: 'following', control: mRID })
  await grid.until(() => grid.statuses(mRID, 'pv').length === 3)
  expect(grid.statuses(mRID, 'pv')).toEqual([1, 2, 3])
  const after = await grid.until(() => latest(grid, 'pv', ({ state }) => state === 'idle'))
  expect(after.setpoint).toEqual({})
})

it('stops a cancelled control and says so', async () => {
  await using grid = await smallGrid({ devices: { pv: { kind: 'pv' } } })
  await grid.startFleet()
  const { mRID } = await grid.control({ ...half, duration: 600 })
  await grid.until(() => grid.statuses(mRID, 'pv').includes(2))
  await grid.admin('POST', `/controls/${mRID}/cancel`, {})
  await grid.until(() => grid.statuses(mRID, 'pv').length === 3)
  expect(grid.statuses(mRID, 'pv')).toEqual([1, 2, 6])
})

it('runs a known control while its server is down, and answers late but truly', async () => {
  await using grid = await smallGrid({ devices: { pv: { kind: 'pv' } } })
  await grid.startFleet()
  const { mRID, start, duration } = await grid.control({ ...half, delay: 20, duration: 20 })
  await grid.until(() => grid.statuses(mRID, 'pv').includes(1))
  await grid.stopGsp()
  await grid.until(() => latest(grid, 'pv', isHalved))
  await grid.clock.sleepUntil(start + duration + 5)
  await grid.startGsp()
  await grid.until(() => grid.statuses(mRID, 'pv').length === 3)
  expect(times(grid, mRID)).toEqual([
    [1, expect.any(Number)],
    [2, start],
    [3, start + duration],
  ])
})

it('repeats no response after a restart', async () => {
  await using grid = await smallGrid({ devices: { pv: { kind: 'pv' } } })
  await grid.startFleet()
  const { mRID } = await grid.control({ ...half, duration: 40 })
  await grid.until(() => grid.statuses(mRID, 'pv').includes(2))
  await grid.stopFleet()
  await grid.startFleet()
  await grid.until(() => grid.statuses(mRID, 'pv').includes(3))
  expect(grid.statuses(mRID, 'pv')).toEqual([1, 2, 3])
})

it('starts with the schedule that it knew, though no server answers', async () => {
  await using grid = await smallGrid({ devices: { pv: { kind: 'pv' } } })
  await grid.startFleet()
  const { mRID } = await grid.control({ ...half, delay: 20, duration: 600 })
  await grid.until(() => grid.statuses(mRID, 'pv').includes(1))
  await grid.stopFleet()
  await grid.stopGsp()
  await grid.startFleet()
  const offline = await grid.until(() => latest(grid, 'pv', isHalved))
  expect(offline).toMatchObject({ state: 'offline', control: mRID })
})

it('holds its configured default until a program says otherwise', async () => {
  const fixedDefault = { exportLimitW: 1500 }
  await using grid = await smallGrid({ devices: { pv: { kind: 'pv' } }, dcm: { fixedDefault } })
  await grid.stopGsp()
  await grid.startFleet()
  await grid.until(() => latest(grid, 'pv', ({ setpoint }) => setpoint['opModExpLimW'] === 1500))
  await grid.startGsp()
  await grid.control({ group: 'system', controls: { opModExpLimW: 4000 }, duration: 600 })
  await grid.until(() => latest(grid, 'pv', ({ setpoint }) => setpoint['opModExpLimW'] === 4000))
})

it('registers itself where its server does not know it', async () => {
  await using grid = await smallGrid({ devices: { pv: { kind: 'pv' } }, unknown: ['pv'] })
  await grid.startFleet()
  await grid.until(() => latest(grid, 'pv', ({ state }) => state === 'idle'))
  expect(await grid.detail('pv')).toMatchObject({ lfdi: grid.devices['pv']?.lfdi, deviceCategory: '00200000' })
})

it('waits for the operator where it may not register itself', async () => {
  await using grid = await smallGrid({ devices: { pv: { kind: 'pv' } }, unknown: ['pv'], dcm: { register: false } })
  await grid.startFleet()
  await grid.until(() => latest(grid, 'pv', ({ state }) => state === 'unregistered'))
  await grid.admin('POST', '/devices', { lfdi: grid.devices['pv']?.lfdi, groups: ['system'] })
  await grid.until(() => latest(grid, 'pv', ({ state }) => state === 'idle'))
})

it('ignores the controls of a server that shows another PIN, until it shows the right one', async () => {
  await using grid = await smallGrid({ devices: { pv: { kind: 'pv' } }, unknown: ['pv'] })
  const lfdi = grid.devices['pv']?.lfdi
  await grid.admin('POST', '/devices', { lfdi, pin: pinOf(54_321), groups: ['system'] })
  await grid.startFleet()
  const { mRID } = await grid.control({ ...half, duration: 3600 })
  await grid.until(() => latest(grid, 'pv', ({ state }) => state === 'wrong-pin'))
  const mistrusting = grid.events.length
  await grid.clock.sleep(20)
  expect(grid.statuses(mRID, 'pv')).toEqual([])
  expect(
    told(grid, 'pv')
      .slice(mistrusting)
      .every(({ setpoint }) => Object.keys(setpoint).length === 0),
  ).toBe(true)
  await grid.admin('PATCH', `/devices/${lfdi}`, { pin: pinOf(12_345) })
  await grid.until(() => grid.statuses(mRID, 'pv').includes(2))
})

it('reports what the device is, does and measures', async () => {
  await using grid = await smallGrid({ devices: { battery: { kind: 'battery', maxW: 4000, capacityWh: 10_000 } } })
  await grid.startFleet()
  const device = await grid.until(async () => {
    const detail = await grid.detail('battery')
    return detail.ders[0]?.availability && detail.powerStatus && detail
  })
  expect(device.ders[0]).toMatchObject({
    capability: { type: 80, rtgMaxWh: { multiplier: 0, value: 10_000 } },
    settings: { setMaxW: { multiplier: 0, value: 4000 } },
    status: { stateOfChargeStatus: { value: 5000 }, storageModeStatus: { value: 2 } },
  })
  expect(device.information).toMatchObject({ lFDI: grid.devices['battery']?.lfdi })
  expect(device.powerStatus).toMatchObject({ estimatedChargeRemaining: 5000 })
  const [point] = await grid.until(() => readings(grid, 'battery'))
  expect(point?.series.map(({ uom, latest: value }) => [uom, value?.value])).toEqual(
    expect.arrayContaining([
      [38, 0],
      [29, 240],
      [33, 60],
    ]),
  )
})

it('makes its mirror again when the server has lost it', async () => {
  await using grid = await smallGrid({ devices: { pv: { kind: 'pv' } } })
  await grid.startFleet()
  const before = await grid.until(() => readings(grid, 'pv'))
  await grid.admin('DELETE', `/devices/${grid.devices['pv']?.lfdi}`)
  await grid.until(() =>
    grid.detail('pv').then(
      () => true,
      () => false,
    ),
  )
  const after = await grid.until(() => readings(grid, 'pv'))
  expect(after.map(({ mRID }) => mRID)).toEqual(before.map(({ mRID }) => mRID))
})

type DeviceEvent = Extract<FleetEvent, { event: 'device' }>

const isHalved = ({ setpoint }: DeviceEvent): boolean => setpoint['opModMaxLimW'] === 0.5

function told(grid: SmallGrid, name: string): DeviceEvent[] {
  return grid.events.filter((event): event is DeviceEvent => event.event === 'device' && event.name === name)
}

/** What was told of the device last, if it is so. */
function latest(grid: SmallGrid, name: string, isSo: (event: DeviceEvent) => boolean): DeviceEvent | undefined {
  const last = told(grid, name).at(-1)
  return last && isSo(last) ? last : undefined
}

function times(grid: SmallGrid, mRID: string) {
  return grid.events.flatMap((event) =>
    event.event === 'control' && event.mRID === mRID ? [[event.status, event.at] as const] : [],
  )
}

async function readings(grid: SmallGrid, name: string) {
  const path = `/devices/${grid.devices[name]?.lfdi}/usage-points`
  const { items } = pageOf(UsagePoint).parse(await grid.admin('GET', path))
  return items.some(({ series }) => series.some((one) => one.latest)) && items
}
