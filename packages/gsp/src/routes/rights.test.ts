import { DERStatus, FlowReservationRequest, LogEvent, MirrorUsagePoint, encode, resources } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { assignedProgram, flowRequest, logEvent, mirrorOf, published, registered } from '../testing/documents.ts'
import { startOfTest, testServer, type Peer } from '../testing/test-server.ts'

const tried = ['GET', 'PUT', 'POST', 'DELETE'] as const
// DELETE last: what is gone answers nothing more
const methodsOfMap = ['HEAD', ...tried] as const

const offered =
  'DeviceCapability Time EndDeviceList EndDevice Registration DeviceStatus FunctionSetAssignmentsList FunctionSetAssignments \
ResponseSetList ResponseSet ResponseList DeviceInformation PowerStatus LogEventList LogEvent UsagePointList UsagePoint \
MeterReadingList MeterReading ReadingType ReadingSetList MirrorUsagePointList MirrorUsagePoint FlowReservationRequestList \
FlowReservationRequest FlowReservationResponseList DERList DER DERSettings DERStatus DERAvailability DERCapability DERProgram \
ActiveDERControlList DERControlList DERControl DefaultDERControl DERCurveList DERCurve ConnectionPoint'.split(' ')
const served = resources.filter(({ name }) => offered.includes(name))

it('lets no other device and no stranger reach what is below a device, by any method', async () => {
  const server = await testServer()
  const owner = server.device()
  const href = await registered(owner)
  const program = await assignedProgram(server.store, href)
  await published(server.store, program)
  await report(owner, href)
  const other = server.device()
  await registered(other)
  const stranger = server.device()

  const reports =
    '/rg /cp /di /dstat /ps /lel /lel/1 /frq /frq/1 /frp /fsa /fsa/1 /fsa/1/derp /rsps /rsps/1 /rsps/1/rsp'
  const ders = '/der /der/1 /der/1/dercap /der/1/derg /der/1/ders /der/1/dera'
  const ofProgram = ['', '/derc', '/derc/1', '/actderc', '/dderc', '/dc'].map((end) => program + end)
  const paths = ['', ...reports.split(' '), ...ders.split(' '), ...ofProgram].map((path) => href + path)
  const reached = []
  for (const path of [...paths, '/mup/1', '/upt/1', '/upt/1/mr', '/upt/1/mr/1', '/upt/1/mr/1/rt', '/upt/1/mr/1/rs']) {
    for (const method of tried) {
      for (const peer of [other, stranger]) {
        const { status } = await peer.client.request({ method, path })
        if (status !== 403 && status !== 405) reached.push(`${method} ${path} answered ${status}`)
      }
    }
  }
  expect(reached).toEqual([])
})

it.each(served)(
  'offers on $name what the resource map demands, and answers its errors with 405',
  async ({ name, pattern, methods }) => {
    const server = await testServer()
    const device = server.device()
    const href = await registered(device)
    const program = await assignedProgram(server.store, href)
    await published(server.store, program)
    await report(device, href)
    const path = pattern.replace(/^\/(derp|rsps)/, `${href}/$1`).replaceAll(/\{id\d\}/g, '1')
    for (const method of methodsOfMap) {
      const { status } = await device.client.request({ method, path })
      if (methods[method] === 'M') expect([name, method, status]).not.toEqual([name, method, 405])
      if (methods[method] === 'E') expect([name, method, status]).toEqual([name, method, 405])
    }
  },
)

it('shows each device only its own in every list', async () => {
  const server = await testServer()
  const devices = [server.device(), server.device()]
  for (const device of devices) await report(device, await registered(device))
  for (const [at, device] of devices.entries()) {
    const lists = await Promise.all(['/edev?l=9', '/mup?l=9', '/upt?l=9'].map((path) => device.client.get(path)))
    for (const { body } of lists) {
      expect(String(body)).toContain('all="1" results="1"')
      expect(String(body)).toContain(`/${at + 1}"`)
    }
  }
})

it('gives the programs of the operator to nobody by their own path', async () => {
  const server = await testServer()
  const device = server.device()
  const program = await assignedProgram(server.store, await registered(device))
  for (const path of [program, `${program}/derc`, '/groups/1', '/aggregators', '/settings', '/derp']) {
    expect(await device.client.get(path)).toMatchObject({ status: 404 })
  }
})

async function report(device: Peer, href: string): Promise<void> {
  const options = { profile: 'csipaus-1.2' } as const
  const status = encode(DERStatus, { readingTime: startOfTest }, options)
  await device.client.put(`${href}/der/1/ders`, status)
  await device.client.post(`${href}/lel`, encode(LogEvent, logEvent(1), options))
  await device.client.post(`${href}/frq`, encode(FlowReservationRequest, flowRequest(), options))
  await device.client.post('/mup', encode(MirrorUsagePoint, mirrorOf(device), options))
}
