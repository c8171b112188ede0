import {
  DER,
  DERAvailability,
  DERCapability,
  DERList,
  DERSettings,
  DERStatus,
  DeviceInformation,
  DeviceStatus,
  encode,
  PowerStatus,
} from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { registered } from '../testing/documents.ts'
import { startOfTest, testServer, type Peer } from '../testing/test-server.ts'

const settings = { setGradW: 0, setMaxW: { multiplier: 1, value: 10_000 }, updatedTime: startOfTest }

it('has a DER with its four links at once, and 404 behind them until they are written', async () => {
  const { device, href } = await setUp()
  expect(await device.get(DERList, `${href}/der`)).toMatchObject({ all: 1, results: 1, pollRate: 60 })
  const der = await device.get(DER, `${href}/der/1`)
  const links = [der.DERCapabilityLink, der.DERSettingsLink, der.DERStatusLink, der.DERAvailabilityLink]
  expect(links.map((link) => link?.href)).toEqual(
    ['dercap', 'derg', 'ders', 'dera'].map((end) => `${href}/der/1/${end}`),
  )
  for (const link of links) expect(await device.client.get(link?.href ?? '')).toMatchObject({ status: 404 })
})

it('gives back what a DER reported', async () => {
  const { device, href } = await setUp()
  const der = `${href}/der/1`
  const capability = {
    modesSupported: '0000000C',
    rtgMaxW: { multiplier: 1, value: 10_000 },
    type: 4,
    doeModesSupported: '0F',
  }
  expect(await device.put(`${der}/dercap`, DERCapability, capability)).toMatchObject({ status: 204 })
  expect(await device.put(`${der}/derg`, DERSettings, settings)).toMatchObject({ status: 204 })
  const status = { readingTime: startOfTest, genConnectStatus: { dateTime: startOfTest, value: '07' } }
  expect(await device.put(`${der}/ders`, DERStatus, status)).toMatchObject({ status: 204 })
  const availability = { readingTime: startOfTest, statWAvail: { multiplier: 0, value: 900 } }
  expect(await device.put(`${der}/dera`, DERAvailability, availability)).toMatchObject({ status: 204 })

  expect(await device.get(DERCapability, `${der}/dercap`)).toEqual({ href: `${der}/dercap`, ...capability })
  expect(await device.get(DERSettings, `${der}/derg`)).toMatchObject(settings)
  expect(await device.get(DERStatus, `${der}/ders`)).toMatchObject(status)
  expect(await device.get(DERAvailability, `${der}/dera`)).toMatchObject(availability)
  expect(await device.put(`${der}/derg`, DERSettings, { ...settings, setGradW: 5 })).toMatchObject({ status: 204 })
  expect(await device.get(DERSettings, `${der}/derg`)).toMatchObject({ setGradW: 5 })
})

it.each(['csipaus-1.2', 'csipaus-1.3'] as const)(
  'answers in the namespace of %s and refuses the other',
  async (profile) => {
    const device = (await testServer({ profile })).device()
    const path = `${await registered(device, profile)}/der/1/derg`
    const extended = { ...settings, doeModesEnabled: '03' }
    expect(await device.put(path, DERSettings, extended)).toMatchObject({ status: 204 })
    expect(await device.get(DERSettings, path)).toMatchObject(extended)
    const other = profile === 'csipaus-1.3' ? 'csipaus-1.2' : 'csipaus-1.3'
    expect(await device.client.put(path, encode(DERSettings, extended, { profile: other }))).toMatchObject({
      status: 400,
    })
  },
)

it('refuses settings without their time and keeps what was there', async () => {
  const { device, href } = await setUp()
  const path = `${href}/der/1/derg`
  await device.put(path, DERSettings, settings)
  const body = encode(DERSettings, { ...settings, setGradW: 7 }).toString()
  const timeless = body.replace(/<updatedTime>.*<\/updatedTime>/, '')
  expect(await device.client.put(path, timeless)).toMatchObject({ status: 400 })
  expect(await device.get(DERSettings, path)).toMatchObject({ setGradW: 0 })
})

it('has no reports of a DER that is not there', async () => {
  const { device, href } = await setUp()
  expect(await device.put(`${href}/der/9/derg`, DERSettings, settings)).toMatchObject({ status: 404 })
})

it('answers the first report of a device with 201 and the next with 204', async () => {
  const { device, href } = await setUp()
  const status = { changedTime: startOfTest, onCount: 1, opState: 2, opTime: 3600 }
  expect(await device.put(`${href}/dstat`, DeviceStatus, status)).toMatchObject({
    status: 201,
    location: `${href}/dstat`,
  })
  expect(await device.put(`${href}/dstat`, DeviceStatus, status)).toMatchObject({ status: 204 })
  expect(await device.get(DeviceStatus, `${href}/dstat`)).toMatchObject({ ...status, pollRate: 300 })
  const power = { batteryStatus: 1, changedTime: startOfTest, currentPowerSource: 1 }
  expect(await device.put(`${href}/ps`, PowerStatus, power)).toMatchObject({ status: 201 })
  expect(await device.put(`${href}/ps`, PowerStatus, power)).toMatchObject({ status: 204 })
})

it('refuses a status from the future and information about another device', async () => {
  const { device, href } = await setUp()
  const status = { changedTime: startOfTest + 60, onCount: 1, opState: 2, opTime: 3600 }
  expect(await device.put(`${href}/dstat`, DeviceStatus, status)).toMatchObject({ status: 400 })
  const information = {
    lFDI: device.credentials.lfdi,
    mfDate: 0,
    mfHwVer: '1',
    mfID: 1,
    mfModel: 'm',
    mfSerNum: '1',
    primaryPower: 1,
    secondaryPower: 0,
    swActTime: 0,
    swVer: '1',
  }
  const foreign = { ...information, lFDI: 'A'.repeat(40) }
  expect(await device.put(`${href}/di`, DeviceInformation, foreign)).toMatchObject({ status: 400 })
  expect(await device.client.get(`${href}/di`)).toMatchObject({ status: 404 })
  expect(await device.put(`${href}/di`, DeviceInformation, information)).toMatchObject({ status: 201 })
})

async function setUp(): Promise<Readonly<{ device: Peer; href: string }>> {
  const device = (await testServer()).device()
  return { device, href: await registered(device) }
}
