import { ConnectionPoint, Error as ErrorDocument, Registration, decode } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import type { Config } from '../config.ts'
import { newRow } from '../store/new-row.ts'
import { registered } from '../testing/documents.ts'
import { startOfTest, testServer, type Peer, type TestServer } from '../testing/test-server.ts'

it('sets and replaces a connection point, each time with its Location', async () => {
  const { device, path } = await setUp()
  expect(await device.client.get(path)).toMatchObject({ status: 404 })
  for (const connectionPointId of ['20019857328', 'QAAAVZZZZZ3']) {
    expect(await device.put(path, ConnectionPoint, { connectionPointId })).toMatchObject({
      status: 201,
      location: path,
    })
    expect(await device.get(ConnectionPoint, path)).toEqual({ href: path, connectionPointId })
  }
})

it('refuses an NMI of another network with reason code 1', async () => {
  const { device, path } = await setUp({ connectionPoint: { locked: false, prefixes: ['Q'] } })
  const reply = await device.put(path, ConnectionPoint, { connectionPointId: '20019857328' })
  expect(reply).toMatchObject({ status: 400 })
  expect(decode(ErrorDocument, reply.body)).toEqual({ reasonCode: 1 })
})

it('answers 409 where a connection point is locked once it is set', async () => {
  const { device, path } = await setUp({ connectionPoint: { locked: true, prefixes: [] } })
  await device.put(path, ConnectionPoint, { connectionPointId: '20019857328' })
  expect(await device.put(path, ConnectionPoint, { connectionPointId: 'QAAAVZZZZZ3' })).toMatchObject({ status: 409 })
})

it('has no connection points under the base standard', async () => {
  const device = (await testServer({ profile: 'base' })).device()
  const href = await registered(device, 'base')
  expect(await device.client.get(`${href}/cp`)).toMatchObject({ status: 404 })
})

it('shows the registration that the operator entered', async () => {
  const { server, device, path } = await setUp()
  const href = path.replace('/cp', '/rg')
  expect(await device.client.get(href)).toMatchObject({ status: 404 })
  const body = { dateTimeRegistered: startOfTest, pIN: 111_115 }
  await server.store.write([{ put: newRow('Registration', { href, parent: path.replace('/cp', '') }, body) }])
  expect(await device.get(Registration, href)).toEqual({ href, pollRate: 900, ...body })
})

async function setUp(
  config: Partial<Config> = {},
): Promise<Readonly<{ server: TestServer; device: Peer; path: string }>> {
  const server = await testServer({ config })
  const device = server.device()
  return { server, device, path: `${await registered(device)}/cp` }
}
