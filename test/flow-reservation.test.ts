import { FlowReservation, FlowReservations, type FleetDevice } from '@gridloom/contracts'
import { createClient, type Actor, type Credentials } from '@gridloom/kit'
import { expect, it } from 'vitest'
import { smallGrid, type SmallGrid } from './fixtures/small-grid.ts'

const battery = { battery: { kind: 'battery', capacityWh: 1000, gradient: 0 } } as const

it('reserves a charge, waits for its grant and follows it', async () => {
  await using grid = await smallGrid({ devices: battery })
  const fleet = await grid.startFleet()
  const asked = await ask(fleet, grid.operator, { energyWh: 100, powerW: 3600, windowSeconds: 180 })
  expect(asked).toMatchObject({ device: 'battery', state: 'asking' })
  const waiting = await grid.until(() => latest(grid, ({ setpoint }) => 'grant' in setpoint))
  expect(waiting.setpoint['grant']).toMatchObject({ watts: 0 })
  const charging = await grid.until(() => latest(grid, ({ watts }) => watts === -3600))
  expect(charging).toMatchObject({ state: 'following', setpoint: { grant: { watts: 3600, wattHours: 100 } } })
  await grid.until(() => grid.statuses(charging.control ?? '', 'battery').length === 3)
  expect(grid.statuses(charging.control ?? '', 'battery')).toEqual([1, 2, 3])
  const after = await grid.until(() => latest(grid, ({ setpoint }) => Object.keys(setpoint).length === 0))
  expect(after.soc).toBeGreaterThan(0.58)
})

it('tells how the charge goes in its PowerStatus', async () => {
  await using grid = await smallGrid({ devices: battery })
  const fleet = await grid.startFleet()
  await ask(fleet, grid.operator, { energyWh: 200, powerW: 3600, windowSeconds: 201 })
  const { powerStatus } = await grid.until(async () => {
    const detail = await grid.detail('battery')
    return JSON.stringify(detail.powerStatus)?.includes('PEVInfo') && detail
  })
  // charging loses some of what the meter counts, so the target sinks a little while the charge goes on
  const around7000 = expect.toSatisfy((target: number) => target > 6900 && target <= 7000)
  expect(powerStatus).toMatchObject({ PEVInfo: { maxForwardPower: { value: 5000 }, targetStateOfCharge: around7000 } })
})

it('withdraws a reservation and hears that its grant is cancelled', async () => {
  await using grid = await smallGrid({ devices: battery })
  const fleet = await grid.startFleet()
  const { mRID } = await ask(fleet, grid.operator, { energyWh: 100, powerW: 3600, windowSeconds: 3600 })
  const [grant] = await grid.until(async () => {
    const [first] = (await list(fleet, grid.operator)).reservations
    return first && first.grants.length > 0 && first.grants
  })
  expect(grant).toMatchObject({ state: 'Scheduled', energyWh: 100, powerW: 3600 })
  await using client = clientOf(fleet, grid.operator)
  await client.delete(`/flow-reservations/${mRID}`)
  await grid.until(() => grid.statuses(grant?.mRID ?? '', 'battery').includes(6))
  expect((await list(fleet, grid.operator)).reservations).toMatchObject([{ mRID, state: 'withdrawn' }])
})

it('remembers a reservation over a restart', async () => {
  await using grid = await smallGrid({ devices: battery })
  const fleet = await grid.startFleet()
  const { mRID } = await ask(fleet, grid.operator, { energyWh: 100, powerW: 3600, windowSeconds: 3600 })
  await grid.stopFleet()
  const again = await grid.startFleet()
  await grid.until(async () => (await list(again, grid.operator)).reservations[0]?.state === 'requested')
  expect((await list(again, grid.operator)).reservations).toMatchObject([{ mRID }])
})

it('says what is wrong with a wish', async () => {
  await using grid = await smallGrid({ devices: battery })
  const fleet = await grid.startFleet()
  await using client = clientOf(fleet, grid.operator)
  const post = async (wish: object) => {
    const { status, body } = await client.post('/flow-reservations', JSON.stringify(wish))
    return [status, JSON.parse(body.toString()).error.issues[0]?.path]
  }
  const wish = { energyWh: 100, powerW: 3600, windowSeconds: 180 }
  expect(await post({ ...wish, powerW: -1 })).toEqual([400, 'powerW'])
  expect(await post({ ...wish, device: 'toaster' })).toEqual([404, 'device'])
  expect(await post({ ...wish, windowSeconds: 10 })).toEqual([400, undefined])
})

it('takes wishes from operators only', async () => {
  await using grid = await smallGrid({ devices: battery })
  const fleet = await grid.startFleet()
  const device = grid.devices['battery'] ?? grid.operator
  await using client = clientOf(fleet, device)
  expect((await client.get('/flow-reservations')).status).toBe(403)
})

function clientOf(fleet: Actor, certs: Credentials) {
  return createClient({ origin: fleet.url, certs, mediaType: 'application/json' })
}

async function ask(fleet: Actor, operator: Credentials, wish: object): Promise<FlowReservation> {
  await using client = clientOf(fleet, operator)
  const { body } = await client.post('/flow-reservations', JSON.stringify(wish))
  return FlowReservation.parse(JSON.parse(body.toString()))
}

async function list(fleet: Actor, operator: Credentials) {
  await using client = clientOf(fleet, operator)
  return FlowReservations.parse(JSON.parse((await client.get('/flow-reservations')).body.toString()))
}

function latest(grid: SmallGrid, isSo: (event: FleetDevice) => boolean): FleetDevice | undefined {
  const last = grid.events.filter((event): event is FleetDevice => event.event === 'device').at(-1)
  return last && isSo(last) ? last : undefined
}
