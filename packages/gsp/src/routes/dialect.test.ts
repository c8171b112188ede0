import {
  DERCapability,
  DERControlList,
  DERControlResponse,
  EndDevice,
  EndDeviceList,
  MirrorMeterReadingList,
  MirrorUsagePoint,
  decode,
  encode,
} from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { assignedProgram, mirrorOf, published, registered } from '../testing/documents.ts'
import { testServer, type Peer } from '../testing/test-server.ts'

const bare = { accept: 'application/sep+xml; level=-S1' }
const capability = { modesSupported: '01', rtgMaxW: { multiplier: 0, value: 5000 }, type: 4 }

it('leaves every extension out for a client that says it knows none', async () => {
  const server = await testServer()
  const device = server.device()
  const href = await registered(device)
  const program = await assignedProgram(server.store, href)
  await published(server.store, program, {
    DERControlBase: { opModMaxLimW: 5000, opModExpLimW: { multiplier: 0, value: 100 } },
  })
  const list = `${href}${program}/derc`
  expect(await bodyOf(device, '/edev?l=9', bare)).not.toContain('csipaus')
  expect(await bodyOf(device, list, bare)).not.toContain('csipaus')
  expect(await bodyOf(device, list)).toContain('opModExpLimW')
  // the answers that are kept are kept apart
  expect(await bodyOf(device, list, bare)).not.toContain('csipaus')
  const { body } = await device.client.request({ method: 'GET', path: list, headers: bare })
  expect(decode(DERControlList, body).DERControl?.[0]?.DERControlBase).toEqual({ opModMaxLimW: 5000 })
})

it('has no resource of an extension for such a client', async () => {
  const device = (await testServer()).device()
  const href = await registered(device)
  const xml =
    '<ConnectionPoint xmlns="https://csipaus.org/ns"><connectionPointId>20019857328</connectionPointId></ConnectionPoint>'
  expect(await device.client.put(`${href}/cp`, xml)).toMatchObject({ status: 201 })
  expect(await device.client.get(`${href}/cp`)).toMatchObject({ status: 200 })
  expect(await device.client.request({ method: 'GET', path: `${href}/cp`, headers: bare })).toMatchObject({
    status: 404,
  })
})

it('takes a capability of plain CSIP and gives it back as it came', async () => {
  const device = (await testServer()).device()
  const path = `${await registered(device)}/der/1/dercap`
  expect(await device.client.put(path, encode(DERCapability, capability))).toMatchObject({ status: 204 })
  const { body } = await device.client.get(path)
  expect(decode(DERCapability, body)).toEqual({ href: path, ...capability })
})

it('holds a document that names the extension to its duties', async () => {
  const device = (await testServer()).device()
  const path = `${await registered(device)}/der/1/dercap`
  const xml = encode(DERCapability, capability).toString().replace('>', ' xmlns:a="https://csipaus.org/ns">')
  expect(await device.client.put(path, xml)).toMatchObject({ status: 400 })
})

it('understands a client of the former edition', async () => {
  const server = await testServer()
  const device = server.device()
  const { lfdi, sfdi } = device.credentials
  const former = (xml: Buffer) => xml.toString().replace('urn:ieee:std:2030.5:ns', 'http://ieee.org/2030.5')
  const registration = encode(EndDevice, { lFDI: lfdi.toLowerCase(), sFDI: sfdi, changedTime: 1 })
  const { location } = await device.client.post('/edev', former(registration))
  expect(location).toBeDefined()
  const program = await assignedProgram(server.store, location ?? '')
  const mRID = '0001A1FA6E94AF001403F9CC00000000'
  await published(server.store, program, { mRID })
  const response = { createdDateTime: 2, endDeviceLFDI: lfdi.toLowerCase(), status: 1, subject: shortened(mRID) }
  const path = `${location}/rsps/1/rsp`
  expect(await device.client.post(path, former(encode(DERControlResponse, response)))).toMatchObject({ status: 201 })
  expect((await device.get(EndDeviceList, '/edev')).all).toBe(1)
})

it('counts posted readings that come without their counts', async () => {
  const device = (await testServer()).device()
  await registered(device)
  const mirror = mirrorOf(device)
  const { location = '' } = await device.post('/mup', MirrorUsagePoint, mirror)
  const [series] = mirror.MirrorMeterReading ?? []
  const Reading = { timePeriod: { duration: 60, start: 1 }, value: 5 }
  const list = { all: 1, results: 1, MirrorMeterReading: [{ mRID: series?.mRID ?? '', Reading }] }
  const xml = encode(MirrorMeterReadingList, list).toString().replace(' all="1" results="1"', '')
  expect(await device.client.post(location, xml)).toMatchObject({ status: 201 })
})

async function bodyOf({ client }: Peer, path: string, headers: Record<string, string> = {}): Promise<string> {
  const { status, body } = await client.request({ method: 'GET', path, headers })
  expect(status).toBe(200)
  return body.toString()
}

/** As a client writes it that keeps numbers, not digits. */
function shortened(mRID: string): string {
  return mRID.replace(/^(?:00)+/, '').toLowerCase()
}
