import { AuditLog, Control, pageOf, Service } from '@gridloom/contracts'
import { expect, it } from 'vitest'
import { openDesk } from './fixtures/derms-desk.ts'
import { smallGrid } from './fixtures/small-grid.ts'

const devices = {
  heater: { kind: 'water-heater', maxW: 3000, litres: 2000, seed: 5 },
  boiler: { kind: 'water-heater', maxW: 3000, litres: 2000, seed: 10 },
} as const

const sagging = '[{ at: 0, kind: frequency, hertz: 59.3 }]'
const boilerCut = '[{ at: 0, kind: communication, link: server, devices: [boiler] }]'

it(
  'waits while the frequency sags, then picks up who is alive and gives up who does not come back',
  { timeout: 120_000 },
  async () => {
    await using grid = await smallGrid({ devices, environment: { feeder: 'none', happens: sagging } })
    await grid.startFleet()
    const { environment = '' } = grid.addresses()
    await using desk = await openDesk(grid, { environment: { url: environment }, silentSeconds: 40 })
    for (const device of ['heater', 'boiler']) {
      await grid.admin('POST', '/groups', { name: `${device}s`, level: 'transformer' })
      await grid.admin('PUT', `/groups/${device}s/devices/${grid.devices[device]?.lfdi}`)
    }
    await desk.powers({ heater: -3000, boiler: -3000 })

    const { id } = await desk.ask({
      kind: 'black-start',
      where: 'system',
      groups: ['boilers', 'heaters'],
      availableW: 20_000,
      coldLoadFactor: 1,
      stepSeconds: 10,
      duration: 36_000,
    })
    const waits = await grid.until(async () => (await desk.service(id)).waitsFor)
    expect(waits).toBe('the frequency is 59.30 Hz, below 59.5 Hz')
    await desk.powers({ heater: 0, boiler: 0 })
    expect((await desk.service(id)).pickedUp).toEqual([])

    await grid.stopEnvironment()
    await grid.until(async () => (await desk.service(id)).waitsFor === 'the frequency is not known any more')
    await grid.startEnvironment(boilerCut)
    await desk.powers({ heater: -3000 })
    const givenUp = await grid.until(async () => {
      const { groups = [], ...service } = await desk.service(id)
      return groups[0]?.status === 'given-up' && { ...service, groups }
    })
    expect(givenUp.groups).toMatchObject([
      { group: 'boilers', status: 'given-up', trips: 3 },
      { group: 'heaters', status: 'live', trips: 0 },
    ])
    const { entries } = await desk.get(`/audit?service=${id}&limit=1000`, AuditLog)
    const picked = entries.flatMap(({ action, detail }) => (action === 'energise' ? [detail] : []))
    for (const detail of picked) expect(detail).toMatchObject({ hertz: expect.closeTo(60, 0) })
    expect(picked.slice(0, 2)).toMatchObject([{ group: 'boilers' }, { group: 'heaters' }])

    // its switch stays open until the service ends
    await grid.until(async () => (await openSwitches()).length === 1)
    await desk.post(`/services/${id}/cancel`, {}, Service)
    await grid.until(async () => (await openSwitches()).length === 0)

    async function openSwitches(): Promise<readonly Control[]> {
      const { items } = pageOf(Control).parse(await grid.admin('GET', '/controls?status=active'))
      return items.filter(({ controls }) => controls.opModEnergize === false)
    }
  },
)
