import { createClient, type Client } from '@gridloom/kit'
import {
  decode,
  DERControlList,
  DERControlResponse,
  DERProgramList,
  encode,
  EndDeviceList,
  FunctionSetAssignmentsList,
  type DERControl,
  type Element,
} from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { smallGrid, type SmallGrid } from './fixtures/small-grid.ts'

// what a utility server's test harness looks at: the life of controls as a device finds it on the wire
const limit = { group: 'system', controls: { opModExpLimW: 5000 } }

it('schedules, activates and completes a control, and takes it off the list', async () => {
  await using grid = await smallGrid({ devices: { meter: { kind: 'pv' } } })
  await using device = await deviceOf(grid, 'meter')
  await grid.control({ ...limit, delay: 20, duration: 20 })
  expect(await statuses(device)).toEqual([0])
  await grid.until(async () => (await statuses(device))[0] === 1)
  await grid.until(async () => (await statuses(device)).length === 0)
})

it('shows a cancelled control until its end would have come, and takes responses to it even later', async () => {
  await using grid = await smallGrid({ devices: { meter: { kind: 'pv' } } })
  await using device = await deviceOf(grid, 'meter')
  const { mRID, start, duration } = await grid.control({ ...limit, duration: 40 })
  await grid.admin('POST', `/controls/${mRID}/cancel`, {})
  const [control] = await controlsOf(device)
  expect(control?.EventStatus.currentStatus).toBe(2)
  await grid.until(async () => (await statuses(device)).length === 0)
  expect(grid.clock.now()).toBeGreaterThanOrEqual(start + duration)
  const response = { createdDateTime: start, endDeviceLFDI: lfdiOf(grid, 'meter'), status: 6, subject: mRID }
  const { status } = await device.post(control?.replyTo ?? '', encode(DERControlResponse, response))
  expect(status).toBe(201)
})

it('supersedes a scheduled control at once where an active one overlaps it', async () => {
  await using grid = await smallGrid({ devices: { meter: { kind: 'pv' } } })
  await using device = await deviceOf(grid, 'meter')
  await grid.control({ ...limit, delay: 600, duration: 600 })
  await grid.control({ ...limit, duration: 700 })
  expect(await statuses(device)).toEqual([1, 4])
})

async function deviceOf(grid: SmallGrid, name: string): Promise<Client> {
  const { url } = (await grid.admin('GET', '/info')) as { url: string }
  const certs = grid.devices[name]
  if (!certs) throw new Error(`no device "${name}"`)
  return createClient({ origin: url, certs })
}

function lfdiOf(grid: SmallGrid, name: string): string {
  return grid.devices[name]?.lfdi ?? ''
}

async function statuses(device: Client): Promise<readonly number[]> {
  return (await controlsOf(device)).map(({ EventStatus }) => EventStatus.currentStatus)
}

/** From the EndDeviceList on, by links alone. */
async function controlsOf(device: Client): Promise<readonly DERControl[]> {
  const get = async <T>(element: Element<T>, href: string | undefined): Promise<T> => {
    const { body } = await device.get(`${href}?l=10`)
    return decode(element, body, { profile: 'csipaus-1.2' })
  }
  const own = (await get(EndDeviceList, '/edev')).EndDevice?.[0]
  const group = (await get(FunctionSetAssignmentsList, own?.FunctionSetAssignmentsListLink?.href))
    .FunctionSetAssignments
  const program = (await get(DERProgramList, group?.[0]?.DERProgramListLink?.href)).DERProgram?.[0]
  return (await get(DERControlList, program?.DERControlListLink?.href)).DERControl ?? []
}
