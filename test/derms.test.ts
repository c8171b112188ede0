import { once } from 'node:events'
import { AuditLog, Delivery, Service, Settlement } from '@gridloom/contracts'
import { createClient } from '@gridloom/kit'
import { expect, it } from 'vitest'
import { dermsFolder, openDesk, spawnDerms, talkTo } from './fixtures/derms-desk.ts'
import { smallGrid } from './fixtures/small-grid.ts'

const devices = {
  battery: { kind: 'battery', maxW: 5000, capacityWh: 20_000, soc: 0.8, gradient: 0 },
  heater: { kind: 'water-heater', maxW: 3000, litres: 2000, seed: 5 },
  boiler: { kind: 'water-heater', maxW: 3000, litres: 2000, seed: 10 },
} as const

it(
  'keeps a peak below a limit, replaces who opts out, and settles to the last micro',
  { timeout: 60_000 },
  async () => {
    await using grid = await smallGrid({ devices })
    const fleet = await grid.startFleet()
    await using desk = await openDesk(grid)
    for (const [index, device] of ['battery', 'heater', 'boiler'].entries()) {
      await desk.terms(device, { upPrice: (index + 1) / 10, downPrice: (index + 1) / 10 })
    }
    await desk.powers({ heater: -3000, boiler: -3000, battery: 0 })

    const { id, status } = await desk.ask({ kind: 'limit', where: 'system', importW: 2000, delay: 10, duration: 200 })
    expect(status).not.toBe('refused')
    await desk.powers({ battery: 4000, heater: -3000, boiler: -3000 })
    expect(await grid.admin('GET', '/groups/system/capacity')).toMatchObject({
      steps: expect.arrayContaining([expect.objectContaining({ watts: 2000 })]),
    })
    const { mRID } = await desk.award(id, 'battery')
    await using user = createClient({ origin: fleet.url, certs: grid.operator, mediaType: 'application/json' })
    expect((await user.post(`/events/${mRID}/opt-out`, JSON.stringify({ device: 'battery' }))).status).toBe(202)

    await desk.powers({ battery: 0, heater: 0, boiler: -2000 })
    expect(await desk.award(id, 'battery')).toMatchObject({ status: 'dropped', reason: 'its user opted out' })
    await grid.until(async () => (await desk.service(id)).status === 'settled')
    const { intervals } = await desk.get(`/services/${id}/delivery`, Delivery)
    expect(intervals).toHaveLength(10)
    expect(intervals[8]).toMatchObject({ lowW: -2000, highW: null, baselineW: -6000, metered: 3, delivered: true })
    const { rows, total, final } = await desk.get(`/services/${id}/settlement`, Settlement)
    expect(final).toBe(true)
    await expect(grid.admin('GET', '/groups/system/capacity')).rejects.toThrow('404')
    expect(rows.map(({ name }) => name).toSorted()).toEqual(['battery', 'boiler', 'heater'])
    expect(rows.reduce((sum, { net }) => sum + net, 0)).toBe(total.net)
    expect(total.net).toBeGreaterThan(0)
    await desk.powers({ heater: -3000, boiler: -3000 })
  },
)

it(
  'refuses what cannot be given with the best that can, and lets go at once of what is cancelled',
  { timeout: 60_000 },
  async () => {
    await using grid = await smallGrid({ devices })
    await grid.startFleet()
    await using desk = await openDesk(grid)
    await desk.terms('battery', { upPrice: 0.01 })
    await desk.powers({ heater: -3000, boiler: -3000, battery: 0 })
    const refused = await desk.ask({ kind: 'target', where: 'system', targetW: 9000, duration: 60 })
    expect(refused).toMatchObject({ status: 'refused', best: { text: expect.stringContaining('an export of 5000 W') } })
    await expect(desk.ask({ kind: 'target', where: 'nowhere', targetW: 0, duration: 60 })).rejects.toThrow(
      '"path":"where"',
    )

    const { id } = await desk.ask({ kind: 'target', where: 'system', targetW: -1000, duration: 3600 })
    await desk.powers({ battery: 5000 })
    expect(await desk.post(`/services/${id}/cancel`, {}, Service)).toMatchObject({ status: 'cancelled', awards: [] })
    await desk.powers({ heater: -3000, boiler: -3000, battery: 0 })
    await expect(desk.post(`/services/${id}/cancel`, {}, Service)).rejects.toThrow('409')
  },
)

it('holds a reserve, gives it when it is called, and no longer than that', { timeout: 60_000 }, async () => {
  await using grid = await smallGrid({ devices: { battery: devices.battery } })
  await grid.startFleet()
  await using desk = await openDesk(grid)
  await desk.powers({ battery: 0 })
  const asked = {
    kind: 'reserve',
    where: 'system',
    reserveW: 3000,
    callSeconds: 80,
    holdPrice: 0.02,
    duration: 3600,
  } as const
  const { id } = await desk.ask(asked)
  const more = await desk.ask({ ...asked, reserveW: 4000 })
  expect(more).toMatchObject({ status: 'refused', best: { text: '2000 W for 80 s' } })
  await grid.until(async () => (await desk.service(id)).status === 'active')
  await expect(desk.post(`/services/${id}/call`, { watts: 5000 }, Service)).rejects.toThrow('"path":"watts"')
  expect(await desk.post(`/services/${id}/call`, { watts: 2000 }, Service)).toMatchObject({ call: { watts: 2000 } })
  await desk.powers({ battery: 2000 })
  await desk.powers({ battery: 0 })
  expect((await desk.service(id)).status).toBe('active')

  // held is paid for each interval, what was called on top
  await grid.until(async () => {
    const { intervals } = await desk.get(`/services/${id}/delivery`, Delivery)
    const last = intervals.at(-1)
    return last?.lowW === null && last.heldW === 3000 && last.readyW === 3000
  })
  const statement = await desk.get(`/services/${id}/settlement`, Settlement)
  expect(statement.total.deliveredMilliWh).toBeGreaterThan(0)
  const [row] = statement.rows
  expect(row).toMatchObject({ readyMilliWh: row?.heldMilliWh, holding: expect.any(Number) })
  expect(row?.holding).toBe(Math.round(((row?.readyMilliWh ?? 0) * 20_000) / 1e6))
  expect(row?.net).toBe((row?.payment ?? 0) + (row?.holding ?? 0))
})

it('follows a signal', { timeout: 60_000 }, async () => {
  await using grid = await smallGrid({ devices: { battery: devices.battery } })
  await grid.startFleet()
  await using desk = await openDesk(grid)
  await desk.powers({ battery: 0 })
  const { id } = await desk.ask({
    kind: 'regulation',
    where: 'system',
    regulationW: 2000,
    holdSeconds: 60,
    duration: 3600,
  })
  await grid.until(async () => (await desk.service(id)).status === 'active')
  await desk.post(`/services/${id}/signal`, { signal: 1 }, Service)
  await desk.powers({ battery: 2000 })
  await desk.post(`/services/${id}/signal`, { signal: -0.5 }, Service)
  await desk.powers({ battery: -1000 })
  // no signal any more
  await desk.powers({ battery: 0 })

  const { score, intervals } = await grid.until(async () => {
    const one = await desk.get(`/services/${id}/delivery`, Delivery)
    return one.score && one.intervals.at(-1)?.lowW === null && one
  })
  expect(score?.correlation).toBeGreaterThan(0.5)
  expect(score?.delaySeconds).toBeLessThan(60)
  expect(intervals.some((interval) => interval.score !== undefined)).toBe(true)
  const { rows } = await desk.get(`/services/${id}/settlement`, Settlement)
  expect(rows).toMatchObject([{ score: { correlation: expect.any(Number) }, performance: rows[0]?.score?.score }])
  expect(rows[0]).toMatchObject({ id: grid.devices['battery']?.lfdi, name: 'battery' })
  expect(rows[0]?.deliveredMilliWh).toBe(Math.round((rows[0]?.askedMilliWh ?? 0) * (rows[0]?.performance ?? 0)))
})

it('picks groups up one after the other after an outage, and sets droops and curves', { timeout: 60_000 }, async () => {
  await using grid = await smallGrid({ devices })
  await grid.startFleet()
  await using desk = await openDesk(grid)
  for (const device of ['heater', 'boiler']) {
    await grid.admin('POST', '/groups', { name: `${device}s`, level: 'transformer' })
    await grid.admin('PUT', `/groups/${device}s/devices/${grid.devices[device]?.lfdi}`)
  }
  await desk.powers({ heater: -3000, boiler: -3000 })
  const groups = ['boilers', 'heaters']
  const outage = {
    kind: 'black-start',
    where: 'system',
    groups,
    availableW: 0,
    coldLoadFactor: 1,
    stepSeconds: 10,
  } as const
  const { id } = await desk.ask({ ...outage, duration: 3600 })
  await desk.powers({ heater: 0, boiler: 0 })
  await desk.post(`/services/${id}/signal`, { availableW: 4000 }, Service)
  await desk.powers({ heater: 0, boiler: -3000 })
  await desk.post(`/services/${id}/signal`, { availableW: 8000 }, Service)
  await desk.powers({ heater: -3000, boiler: -3000 })
  expect((await desk.service(id)).pickedUp?.map(({ group }) => group)).toEqual(groups)

  const droop = await desk.ask({ kind: 'frequency-response', where: 'system', overWPerHz: 1000, duration: 600 })
  await grid.until(async () => (await desk.award(droop.id, 'battery')).status === 'following')
  const band = { lowPercent: 92, highPercent: 108 }
  const volts = await desk.ask({ kind: 'voltage', where: 'system', band, duration: 600 })
  expect([droop.status, volts.status]).not.toContain('refused')
  await grid.until(() =>
    grid.events.some(
      (event) => event.event === 'device' && 'opModVoltVar' in event.setpoint && 'opModFreqDroop' in event.setpoint,
    ),
  )
})

it('gives a standing envelope as default control, which holds without it', { timeout: 60_000 }, async () => {
  await using grid = await smallGrid({ devices })
  await grid.startFleet()
  const standing = { kind: 'envelope', where: 'system', standing: true, duration: 36_000 } as const
  const desk = await openDesk(grid)
  await desk.powers({ heater: -3000, boiler: -3000 })
  const { id, ...service } = await desk.ask({ ...standing, exportW: 5000, importW: 3000 })
  expect(service.standing).toBe('opModExpLimW=5000 opModImpLimW=1000')
  await desk.powers({ heater: -1000, boiler: -1000 })
  await expect(desk.ask({ ...standing, where: 'heater', importW: 1000 })).rejects.toThrow('is of a group')
  await expect(desk.ask({ ...standing, importW: 6000 })).rejects.toThrow('stands there already')
  await desk.post(`/services/${id}/cancel`, {}, Service)
  await desk.powers({ heater: -3000, boiler: -3000 })

  await desk.ask({ ...standing, importW: 6000 })
  await desk[Symbol.asyncDispose]()
  await grid.until(() => {
    const told = grid.events.findLast((event) => event.event === 'device' && event.name === 'heater')
    return told?.event === 'device' && Math.abs(told.watts + 2000) < 100
  })
})

it('keeps on asking a server that is away', { timeout: 60_000 }, async () => {
  await using grid = await smallGrid({ devices: { battery: devices.battery } })
  await grid.startFleet()
  await using desk = await openDesk(grid)
  await desk.powers({ battery: 0 })
  await grid.stopGsp()
  const band = { lowPercent: 92, highPercent: 108 }
  const curve = await desk.ask({ kind: 'voltage', where: 'system', band, duration: 3600 })
  const target = await desk.ask({ kind: 'target', where: 'system', targetW: 1000, duration: 3600 })
  expect([curve.status, target.status]).not.toContain('refused')
  await grid.startGsp()
  await desk.powers({ battery: 1000 })
  await grid.until(() => grid.events.some((event) => event.event === 'device' && 'opModVoltVar' in event.setpoint))
})

it('goes on after kill -9 with what it had ordered, and leaves no interval out', { timeout: 60_000 }, async () => {
  await using grid = await smallGrid({ devices })
  await grid.startFleet()
  const folder = dermsFolder(grid)
  const first = await spawnDerms(grid, folder)
  await using desk = talkTo(grid, first.url)
  await desk.terms('battery', { upPrice: 0.01 })
  await desk.powers({ heater: -3000, boiler: -3000, battery: 0 })
  const { id } = await desk.ask({ kind: 'limit', where: 'system', importW: 2000, delay: 10, duration: 200 })
  await desk.powers({ battery: 4000 })
  await grid.until(async () => (await desk.service(id)).status === 'active')
  const { awards } = await desk.service(id)
  first.child.kill('SIGKILL')
  await once(first.child, 'exit')

  const second = await spawnDerms(grid, folder)
  await using again = talkTo(grid, second.url)
  const after = await again.service(id)
  expect(after.status).toBe('active')
  expect(after.awards.map(({ mRID }) => mRID)).toEqual(awards.map(({ mRID }) => mRID))
  await grid.until(async () => (await again.service(id)).status === 'settled')
  const { intervals } = await again.get(`/services/${id}/delivery`, Delivery)
  expect(intervals.map(({ start }) => start - after.start)).toEqual(
    Array.from({ length: 10 }, (_, index) => 20 * index),
  )
  expect(intervals.at(-3)).toMatchObject({ delivered: true })
})

it(
  'finds every service as it was after kill -9: scheduled, called, refused, cancelled',
  { timeout: 60_000 },
  async () => {
    await using grid = await smallGrid({ devices })
    await grid.startFleet()
    const folder = dermsFolder(grid)
    const first = await spawnDerms(grid, folder)
    await using desk = talkTo(grid, first.url)
    await desk.powers({ heater: -3000, boiler: -3000, battery: 0 })
    const [scheduled, cancelled, refused, reserve] = [
      await desk.ask({ kind: 'limit', where: 'heater', importW: 1000, delay: 3000, duration: 600 }),
      await desk.ask({ kind: 'limit', where: 'boiler', importW: 1000, delay: 3000, duration: 600 }),
      await desk.ask({ kind: 'target', where: 'system', targetW: 90_000, duration: 600 }),
      await desk.ask({ kind: 'reserve', where: 'battery', reserveW: 2000, callSeconds: 160, duration: 3600 }),
    ]
    await desk.post(`/services/${cancelled.id}/cancel`, {}, Service)
    await grid.until(async () => (await desk.service(reserve.id)).status === 'active')
    await desk.post(`/services/${reserve.id}/call`, {}, Service)
    await grid.until(async () => (await desk.award(reserve.id, 'battery')).status === 'following')
    first.child.kill('SIGKILL')
    await once(first.child, 'exit')

    const second = await spawnDerms(grid, folder)
    await using again = talkTo(grid, second.url)
    const statuses = [scheduled, cancelled, refused].map(async ({ id }) => (await again.service(id)).status)
    expect(await Promise.all(statuses)).toEqual(['scheduled', 'cancelled', 'refused'])
    await again.powers({ battery: 2000 })
    // the call ends as it would have
    await again.powers({ battery: 0, heater: -3000, boiler: -3000 })
    await again.post(`/services/${reserve.id}/cancel`, {}, Service)
    await again.post(`/services/${scheduled.id}/cancel`, {}, Service)
    const { entries } = await again.get(`/audit?service=${reserve.id}`, AuditLog)
    expect(entries.map(({ action }) => action)).toEqual(expect.arrayContaining(['requested', 'called', 'cancelled']))
  },
)
