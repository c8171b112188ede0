import { KnownFleet } from '@gridloom/contracts'
import { createClient, loadCredentials } from '@gridloom/kit'
import { expect, it } from 'vitest'
import { dermsFolder, openDesk } from './fixtures/derms-desk.ts'
import { smallGrid } from './fixtures/small-grid.ts'

const devices = {
  heater: { kind: 'water-heater', maxW: 3000, litres: 2000, seed: 5 },
  boiler: { kind: 'water-heater', maxW: 3000, litres: 2000, seed: 10 },
} as const

const heaterCut = '[{ at: 0, kind: communication, link: server, devices: [heater] }]'

it(
  'knows trust, voltage and frequency of each device, replaces who does not answer and tells the trust module',
  { timeout: 90_000 },
  async () => {
    await using grid = await smallGrid({ devices, environment: { feeder: 'ieee13' }, dtm: {} })
    await grid.startFleet()
    const { dtm = '', environment = '' } = grid.addresses()
    await using trust = createClient({ origin: dtm, certs: grid.operator, mediaType: 'application/json' })
    const folder = dermsFolder(grid)
    const { lfdi } = loadCredentials(folder)
    const registered = await trust.put('/dtm/registry', JSON.stringify([{ lfdi, role: 'AGG', name: 'derms' }]))
    expect(registered.status).toBeLessThan(300)
    await using desk = await openDesk(
      grid,
      { dtm: { url: dtm }, environment: { url: environment }, sideSeconds: 4 },
      folder,
    )
    await desk.powers({ heater: -3000, boiler: -3000 })
    await grid.until(async () => {
      const { ders } = await desk.get('/fleet', KnownFleet)
      return ders.length === 2 && ders.every(({ hertz, envelope, trust: { Te } }) => hertz && envelope && Te < 1)
    })
    await desk.terms('heater', { upPrice: 0.01 })

    await grid.stopEnvironment()
    await grid.startEnvironment(heaterCut)
    const { id } = await desk.ask({ kind: 'limit', where: 'system', importW: 3500, duration: 600 })
    await grid.until(async () => (await desk.award(id, 'heater')).status === 'dropped')
    expect(await desk.award(id, 'heater')).toMatchObject({ reason: expect.stringMatching(/no response|silent/) })
    await desk.powers({ boiler: -500 })
    await grid.until(async () => {
      const { body } = await trust.get('/dtm/trace')
      const facts = body
        .toString()
        .split('\n')
        .filter((line) => line.includes('"kind":"delivery"'))
      return facts.some((line) => line.includes(id) && line.includes(grid.devices['heater']?.lfdi ?? '-'))
    })
  },
)
