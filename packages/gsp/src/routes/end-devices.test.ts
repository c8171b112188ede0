import { EndDevice, EndDeviceList, type Lfdi, sfdiOf } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { newRow } from '../store/new-row.ts'
import { endDeviceOf, registered } from '../testing/documents.ts'
import { startOfTest, testServer, type Peer, type TestServer } from '../testing/test-server.ts'

it('lets a device register itself and find everything it needs at once', async () => {
  const server = await testServer()
  const device = server.device()
  expect(await device.get(EndDeviceList, '/edev')).toMatchObject({ all: 0, results: 0 })
  const reply = await device.post('/edev', EndDevice, endDeviceOf(device))
  expect(reply).toMatchObject({ status: 201, location: '/edev/1' })
  const list = await device.get(EndDeviceList, '/edev?l=10')
  expect(list).toMatchObject({ all: 1, results: 1, pollRate: 300, subscribable: 0 })
  expect(list.EndDevice?.[0]).toEqual(await device.get(EndDevice, '/edev/1'))
  expect(list.EndDevice?.[0]).toMatchObject({
    href: '/edev/1',
    lFDI: device.credentials.lfdi,
    DERListLink: { href: '/edev/1/der', all: 1 },
    FunctionSetAssignmentsListLink: { href: '/edev/1/fsa', all: 0 },
    LogEventListLink: { href: '/edev/1/lel', all: 0 },
    ConnectionPointLink: { href: '/edev/1/cp' },
  })
})

it('takes the LFDI from the certificate when the body has none', async () => {
  const server = await testServer()
  const device = server.device()
  const { lFDI: _none, ...body } = endDeviceOf(device)
  expect(await device.post('/edev', EndDevice, body)).toMatchObject({ status: 201 })
  expect(await device.get(EndDevice, '/edev/1')).toMatchObject({ lFDI: device.credentials.lfdi })
})

it('refuses a body that is not of the certificate', async () => {
  const server = await testServer()
  const [device, other] = [server.device(), server.device()]
  expect(await device.post('/edev', EndDevice, endDeviceOf(other))).toMatchObject({ status: 403 })
  const foreign = { ...endDeviceOf(device), sFDI: other.credentials.sfdi }
  expect(await device.post('/edev', EndDevice, foreign)).toMatchObject({ status: 403 })
  const short = { ...endDeviceOf(device), lFDI: 'AB' }
  expect(await device.post('/edev', EndDevice, short)).toMatchObject({ status: 400 })
  expect(await device.get(EndDeviceList, '/edev')).toMatchObject({ all: 0 })
})

it('answers the same device again with 409 under CSIP-AUS and changes nothing', async () => {
  const server = await testServer()
  const device = server.device()
  await registered(device)
  const again = { ...endDeviceOf(device), deviceCategory: '00000001' }
  expect(await device.post('/edev', EndDevice, again)).toMatchObject({ status: 409 })
  expect(await device.get(EndDevice, '/edev/1')).toMatchObject({ deviceCategory: '00200000' })
})

it('updates it under the base standard', async () => {
  const server = await testServer({ profile: 'base' })
  const device = server.device()
  await registered(device, 'base')
  const again = { ...endDeviceOf(device), deviceCategory: '00000001' }
  expect(await device.post('/edev', EndDevice, again)).toMatchObject({ status: 204, location: '/edev/1' })
  expect(await device.get(EndDevice, '/edev/1')).toMatchObject({ deviceCategory: '00000001' })
  expect(await device.get(EndDevice, '/edev/1')).not.toHaveProperty('ConnectionPointLink')
})

it('registers nobody in band when that is off', async () => {
  const server = await testServer({ config: { inBandRegistration: false } })
  const device = server.device()
  expect(await device.post('/edev', EndDevice, endDeviceOf(device))).toMatchObject({ status: 403 })
})

it('changes what a device says of itself, never who it is', async () => {
  const server = await testServer()
  const device = server.device()
  const href = await registered(device)
  const changed = { ...endDeviceOf(device), changedTime: startOfTest + 9, postRate: 30 }
  expect(await device.put(href, EndDevice, changed)).toMatchObject({ status: 204 })
  expect(await device.get(EndDevice, href)).toMatchObject({ changedTime: startOfTest + 9, postRate: 30 })
  const other = server.device()
  expect(await device.put(href, EndDevice, endDeviceOf(other))).toMatchObject({ status: 400 })
})

it('forgets a device that deletes itself, and lets it come back under a new href', async () => {
  const server = await testServer()
  const device = server.device()
  const href = await registered(device)
  expect(await device.client.delete(href)).toMatchObject({ status: 204 })
  expect(await device.client.get(href)).toMatchObject({ status: 403 })
  expect(await registered(device)).toBe('/edev/2')
})

it('shows an aggregator itself first, then its devices by SFDI', async () => {
  const server = await testServer()
  const { peer } = await aggregator(server)
  for (const lfdi of ['B'.repeat(40), 'A'.repeat(40)] as Lfdi[]) {
    expect(await peer.post('/edev', EndDevice, deviceWith(lfdi))).toMatchObject({ status: 201 })
  }
  const list = await peer.get(EndDeviceList, '/edev?l=10')
  expect(list).toMatchObject({ all: 3, results: 3 })
  expect(list.EndDevice?.map(({ href }) => href)).toEqual(['/edev/0', '/edev/2', '/edev/1'])
  expect(list.EndDevice?.[0]).not.toHaveProperty('DERListLink')
  const second = await peer.get(EndDeviceList, '/edev?s=1&l=1')
  expect(second.EndDevice?.map(({ href }) => href)).toEqual(['/edev/2'])
  expect(await peer.get(EndDevice, '/edev/0')).toMatchObject({ lFDI: peer.credentials.lfdi })
})

it('checks what an aggregator says of a device', async () => {
  const server = await testServer()
  const { peer } = await aggregator(server, 12_345)
  const lfdi = `${'A'.repeat(32)}00012345` as Lfdi
  const { lFDI: _none, ...nameless } = deviceWith(lfdi)
  expect(await peer.post('/edev', EndDevice, nameless)).toMatchObject({ status: 400 })
  expect(await peer.post('/edev', EndDevice, endDeviceOf(peer))).toMatchObject({ status: 403 })
  expect(await peer.post('/edev', EndDevice, { ...deviceWith(lfdi), sFDI: 11 })).toMatchObject({ status: 400 })
  expect(await peer.post('/edev', EndDevice, deviceWith('A'.repeat(40) as Lfdi))).toMatchObject({ status: 400 })
  expect(await peer.post('/edev', EndDevice, deviceWith(lfdi))).toMatchObject({ status: 201 })
})

it('keeps the devices of an aggregator whose certificates rotate, and stops a revoked one at once', async () => {
  const server = await testServer()
  const { peer, href } = await aggregator(server)
  await peer.post('/edev', EndDevice, deviceWith('A'.repeat(40) as Lfdi))
  expect(await peer.client.get('/edev/1')).toMatchObject({ status: 200 })
  const next = server.aggregator()
  await admit(server, href, next)
  expect(await peer.client.get('/edev/1')).toMatchObject({ status: 403 })
  expect(await next.client.get('/edev/1')).toMatchObject({ status: 200 })
})

function deviceWith(lfdi: Lfdi): EndDevice {
  return { lFDI: lfdi, sFDI: sfdiOf(lfdi), changedTime: startOfTest }
}

async function aggregator(server: TestServer, pen?: number): Promise<Readonly<{ peer: Peer; href: string }>> {
  const peer = server.aggregator()
  const href = '/aggregators/1'
  await admit(server, href, peer, pen)
  return { peer, href }
}

async function admit({ store }: TestServer, href: string, peer: Peer, pen?: number): Promise<void> {
  const body = { name: 'agg', certificates: [peer.credentials.lfdi], ...(pen !== undefined && { pen }) }
  await store.write([{ put: newRow('Aggregator', { href, parent: '/aggregators' }, body) }])
}
