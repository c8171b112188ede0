import {
  DERControlResponse,
  DrResponse,
  FlowReservationResponseResponse,
  Response,
  ResponseList,
  ResponseSet,
  ResponseSetList,
} from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { hrefs } from '../domain/hrefs.ts'
import { newRow } from '../store/new-row.ts'
import { assignedProgram, mrid, published, registered } from '../testing/documents.ts'
import { startOfTest, testServer, type Peer, type TestServer } from '../testing/test-server.ts'

it('stores a response and gives it back as the kind it was', async () => {
  const { device, list, answer } = await setUp()
  expect(await device.post(list, DERControlResponse, answer)).toMatchObject({ status: 201, location: `${list}/1` })
  expect(await device.get(DERControlResponse, `${list}/1`)).toEqual({ href: `${list}/1`, ...answer })
  expect(await device.post(list, Response, { ...answer, status: 2 })).toMatchObject({ status: 201 })
  const all = await device.get(ResponseList, `${list}?l=9`)
  expect(all).toMatchObject({ all: 2, results: 2 })
  expect(all.Response).toContainEqual({ $type: 'DERControlResponse', href: `${list}/1`, ...answer })
})

it('takes an exact repeat for the same response', async () => {
  const { device, list, answer } = await setUp()
  await device.post(list, DERControlResponse, answer)
  expect(await device.post(list, DERControlResponse, answer)).toMatchObject({ status: 204, location: `${list}/1` })
  expect(await device.get(ResponseList, list)).toMatchObject({ all: 1 })
})

it('refuses an unknown event, a foreign device and a reserved status', async () => {
  const { server, device, list, answer } = await setUp()
  const other = server.device()
  await registered(other)
  const refused = [
    { ...answer, subject: mrid() },
    { ...answer, endDeviceLFDI: other.credentials.lfdi },
    { ...answer, endDeviceLFDI: 'A'.repeat(40) },
    { ...answer, status: 15 },
    { ...answer, status: 0 },
  ]
  for (const response of refused) {
    const reply = await device.post(list, DERControlResponse, response)
    expect(reply).toMatchObject({ status: 400 })
    expect(String(reply.body)).toContain('<reasonCode>1</reasonCode>')
  }
  expect(await device.get(ResponseList, list)).toMatchObject({ all: 0 })
})

it('stores and flags a code that this kind of event does not have', async () => {
  const { server, device, list, answer } = await setUp()
  expect(await device.post(list, DERControlResponse, { ...answer, status: 12 })).toMatchObject({ status: 201 })
  expect(await server.store.get('Response', `${list}/1`)).toMatchObject({ state: 1 })
})

it('still takes the answer to an event that has left its list', async () => {
  const { server, device, list, answer, program } = await setUp()
  const row = await server.store.get('DERControl', `${program}/derc/1`)
  if (row) await server.store.write([{ put: { ...row, parent: hrefs.pastControls(program) } }])
  expect(await device.post(list, DrResponse, { ...answer, status: 6 })).toMatchObject({ status: 201 })
})

it('takes the answer to a grant from its own device only', async () => {
  const { server, device, list, answer } = await setUp()
  const other = server.device()
  const foreign = await registered(other)
  const subject = mrid()
  const body = {
    mRID: subject,
    creationTime: startOfTest,
    EventStatus: { currentStatus: 0, dateTime: startOfTest, potentiallySuperseded: false },
    interval: { duration: 60, start: startOfTest },
    energyAvailable: { multiplier: 0, value: 1 },
    powerAvailable: { multiplier: 0, value: 1 },
    subject: mrid(),
  }
  const parent = hrefs.flowResponses(foreign)
  const place = { href: `${parent}/1`, parent, scope: other.credentials.lfdi }
  await server.store.write([{ put: newRow('FlowReservationResponse', place, body) }])
  const own = { ...answer, subject }
  expect(await device.post(list, FlowReservationResponseResponse, own)).toMatchObject({ status: 400 })
  const theirs = { ...own, endDeviceLFDI: other.credentials.lfdi }
  expect(await other.post(hrefs.responses(foreign), FlowReservationResponseResponse, theirs)).toMatchObject({
    status: 201,
  })
})

it('lists the one set of a device', async () => {
  const { device, list } = await setUp()
  const sets = list.slice(0, -'/1/rsp'.length)
  expect(await device.get(ResponseSetList, sets)).toMatchObject({ all: 1, results: 1, pollRate: 900 })
  expect(await device.get(ResponseSetList, `${sets}?s=1`)).toMatchObject({ all: 1, results: 0 })
  expect(await device.get(ResponseSet, `${sets}/1`)).toMatchObject({ ResponseListLink: { href: list, all: 0 } })
})

type SetUp = Readonly<{ server: TestServer; device: Peer; list: string; program: string; answer: DERControlResponse }>

async function setUp(): Promise<SetUp> {
  const server = await testServer()
  const device = server.device()
  const href = await registered(device)
  const program = await assignedProgram(server.store, href)
  const { mRID } = await published(server.store, program)
  const answer = {
    createdDateTime: startOfTest,
    endDeviceLFDI: device.credentials.lfdi,
    status: 1,
    subject: mRID,
  }
  return { server, device, list: hrefs.responses(href), program, answer }
}
