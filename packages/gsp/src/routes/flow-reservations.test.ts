import {
  FlowReservationRequest,
  FlowReservationRequestList,
  FlowReservationResponse,
  FlowReservationResponseList,
} from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { Config } from '../config.ts'
import { hrefs } from '../domain/hrefs.ts'
import { newRow } from '../store/new-row.ts'
import { flowRequest, mrid, registered } from '../testing/documents.ts'
import { startOfTest, testServer, type Peer, type TestServer } from '../testing/test-server.ts'

it('takes a request, and the same one again', async () => {
  const { device, list } = await setUp()
  const request = flowRequest()
  expect(await device.post(list, FlowReservationRequest, request)).toMatchObject({ status: 201, location: `${list}/1` })
  expect(await device.post(list, FlowReservationRequest, request)).toMatchObject({ status: 204, location: `${list}/1` })
  const other = { ...request, powerRequested: { multiplier: 0, value: 1 } }
  expect(await device.post(list, FlowReservationRequest, other)).toMatchObject({ status: 400 })
  expect(await device.get(FlowReservationRequestList, list)).toMatchObject({ all: 1, results: 1, pollRate: 60 })
})

it.each([
  ['no energy', { energyRequested: { multiplier: 0, value: 0 } }],
  ['no power', { powerRequested: { multiplier: 0, value: 0 } }],
  ['a window that is over', { intervalRequested: { duration: 60, start: startOfTest - 60 }, durationRequested: 0 }],
  ['a window shorter than the transfer', { intervalRequested: { duration: 60, start: startOfTest } }],
  ['an unknown status', { RequestStatus: { dateTime: startOfTest, requestStatus: 2 } }],
])('refuses a request with %s', async (_what, change) => {
  const { device, list } = await setUp()
  const reply = await device.post(list, FlowReservationRequest, flowRequest(change))
  expect(reply).toMatchObject({ status: 400 })
  expect(String(reply.body)).toContain('<reasonCode>1</reasonCode>')
})

it('lets a device withdraw, and change nothing else', async () => {
  const { device, list } = await setUp()
  const request = flowRequest()
  await device.post(list, FlowReservationRequest, request)
  const put = (change: Partial<FlowReservationRequest>) =>
    device.put(`${list}/1`, FlowReservationRequest, { ...request, ...change })
  expect(await put({ intervalRequested: { duration: 9999, start: startOfTest } })).toMatchObject({ status: 400 })
  const withdrawn = { RequestStatus: { dateTime: startOfTest + 5, requestStatus: 1 } }
  expect(await put(withdrawn)).toMatchObject({ status: 204 })
  expect(await device.get(FlowReservationRequest, `${list}/1`)).toMatchObject({ ...withdrawn, version: 1 })
  expect(await put({})).toMatchObject({ status: 400 })
})

it('says when a device has as many open requests as it may', async () => {
  const { limits } = Config.parse({ certs: 'unused' })
  const { device, list } = await setUp({ limits: { ...limits, openFlowRequestsPerDevice: 1 } })
  await device.post(list, FlowReservationRequest, flowRequest())
  const second = await device.post(list, FlowReservationRequest, flowRequest())
  expect(second).toMatchObject({ status: 400 })
  expect(String(second.body)).toContain('<reasonCode>2</reasonCode>')
})

it('shows a grant with the place for its responses', async () => {
  const { server, device, href } = await setUp()
  const parent = hrefs.flowResponses(href)
  const grant = {
    responseRequired: '03',
    mRID: mrid(),
    creationTime: startOfTest,
    EventStatus: { currentStatus: 0, dateTime: startOfTest, potentiallySuperseded: false },
    interval: { duration: 60, start: startOfTest + 60 },
    energyAvailable: { multiplier: 0, value: 1000 },
    powerAvailable: { multiplier: 0, value: 500 },
    subject: mrid(),
  }
  await server.store.write([{ put: newRow('FlowReservationResponse', { href: `${parent}/1`, parent }, grant) }])
  const list = await device.get(FlowReservationResponseList, `${parent}?l=5`)
  expect(list).toMatchObject({ all: 1, pollRate: 60, subscribable: 0 })
  expect(list.FlowReservationResponse?.[0]).toMatchObject({ href: `${parent}/1`, replyTo: hrefs.responses(href) })
  expect(await device.get(FlowReservationResponse, `${parent}/1`)).toMatchObject(grant)
})

type SetUp = Readonly<{ server: TestServer; device: Peer; href: string; list: string }>

async function setUp(config: Partial<Config> = {}): Promise<SetUp> {
  const server = await testServer({ config })
  const device = server.device()
  const href = await registered(device)
  return { server, device, href, list: hrefs.flowRequests(href) }
}
