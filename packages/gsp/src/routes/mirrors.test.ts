import {
  MeterReading,
  MeterReadingList,
  MirrorMeterReading,
  MirrorMeterReadingList,
  MirrorUsagePoint,
  MirrorUsagePointList,
  Reading,
  ReadingList,
  ReadingSet,
  ReadingSetList,
  ReadingType,
  type MirrorReadingSet,
  UsagePoint,
  UsagePointList,
} from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { Config } from '../config.ts'
import { mirrorOf, mrid, registered, watts } from '../testing/documents.ts'
import { startOfTest, testServer, type Peer, type TestServer } from '../testing/test-server.ts'

it('makes a mirror, and shows it with the definitions of its series and the wished post rate', async () => {
  const { device } = await setUp()
  const mirror = mirrorOf(device)
  expect(await device.post('/mup', MirrorUsagePoint, mirror)).toMatchObject({ status: 201, location: '/mup/1' })
  const shown = await device.get(MirrorUsagePoint, '/mup/1')
  expect(shown).toEqual({ ...mirror, href: '/mup/1', postRate: 60 })
  const list = await device.get(MirrorUsagePointList, '/mup')
  expect(list).toMatchObject({ all: 1, results: 1, pollRate: 60, MirrorUsagePoint: [shown] })
})

it('updates a mirror that comes again, its flags and the type of a reading too', async () => {
  const { device } = await setUp()
  const mirror = mirrorOf(device)
  await device.post('/mup', MirrorUsagePoint, mirror)
  const [series] = mirror.MirrorMeterReading ?? []
  const again = {
    ...mirror,
    roleFlags: '0049',
    MirrorMeterReading: [{ mRID: series?.mRID ?? '', ReadingType: { ...watts, uom: 63 } }],
  }
  expect(await device.post('/mup', MirrorUsagePoint, again)).toMatchObject({ status: 204, location: '/mup/1' })
  expect(await device.get(MirrorUsagePoint, '/mup/1')).toMatchObject({
    roleFlags: '0049',
    MirrorMeterReading: [{ description: 'watts', ReadingType: { uom: 63 } }],
  })
  expect(await device.put('/mup/1', MirrorUsagePoint, mirror)).toMatchObject({ status: 204 })
  expect(await device.put('/mup/1', MirrorUsagePoint, { ...mirror, mRID: mrid() })).toMatchObject({ status: 400 })
  expect(await device.get(MirrorUsagePointList, '/mup')).toMatchObject({ all: 1 })
})

it('makes one mirror of two posts at once', async () => {
  const { server, device } = await setUp()
  const mirror = mirrorOf(device)
  const connections = [1, 2, 3].map(() => server.device(device.credentials))
  const replies = await Promise.all(connections.map((each) => each.post('/mup', MirrorUsagePoint, mirror)))
  expect(replies.map(({ location }) => location)).toEqual(['/mup/1', '/mup/1', '/mup/1'])
})

it('refuses a mirror without readings, for an unknown device, for another one, and a series without its type', async () => {
  const { server, device } = await setUp()
  const other = server.device()
  await registered(other)
  const { MirrorMeterReading: _none, ...empty } = mirrorOf(device)
  expect(await device.post('/mup', MirrorUsagePoint, empty)).toMatchObject({ status: 400 })
  expect(await device.post('/mup', MirrorUsagePoint, mirrorOf(other))).toMatchObject({ status: 403 })
  const typeless = mirrorOf(device, { MirrorMeterReading: [{ mRID: mrid() }] })
  expect(await device.post('/mup', MirrorUsagePoint, typeless)).toMatchObject({ status: 400 })
  const stranger = server.device()
  expect(await stranger.post('/mup', MirrorUsagePoint, mirrorOf(stranger))).toMatchObject({ status: 403 })
})

it('keeps a lone reading in the set of its day; the same period again overwrites it', async () => {
  const { device } = await setUp()
  const { post, mr } = await posted(device)
  expect(await post({ Reading: reading(0, 100) })).toMatchObject({ status: 201, location: mr })
  await post({ Reading: reading(60, 200) })
  await post({ Reading: reading(60, 250) })
  const sets = await device.get(ReadingSetList, `${mr}/rs?l=9`)
  expect(sets).toMatchObject({
    all: 1,
    ReadingSet: [{ timePeriod: { duration: 86_400 }, ReadingListLink: { all: 2 } }],
  })
  const readings = await device.get(ReadingList, `${sets.ReadingSet?.[0]?.ReadingListLink?.href}?l=9`)
  expect(readings.Reading?.map(({ value }) => value)).toEqual([100, 250])
  const { ReadingLink, ReadingTypeLink } = await device.get(MeterReading, mr)
  expect(await device.get(Reading, ReadingLink?.href ?? '')).toMatchObject({ value: 250 })
  expect(await device.get(ReadingType, ReadingTypeLink.href)).toMatchObject(watts)
})

it('loses no reading that says neither when nor which it is', async () => {
  const { device } = await setUp()
  const { post, mr } = await posted(device)
  for (const value of [1, 2, 3]) await post({ Reading: { value } })
  const sets = await device.get(ReadingSetList, `${mr}/rs`)
  expect(sets.ReadingSet?.[0]?.ReadingListLink).toMatchObject({ all: 3 })
})

it('keeps sets of readings, newest first; the same period again replaces the set', async () => {
  const { device } = await setUp()
  const { post, mr } = await posted(device)
  await post({ MirrorReadingSet: [setOf(0, [1, 2]), setOf(300, [3, 4])] })
  const replaced = setOf(0, [9])
  await post({ MirrorReadingSet: [replaced] })
  const { all, ReadingSet: sets = [] } = await device.get(ReadingSetList, `${mr}/rs?l=9`)
  expect(all).toBe(2)
  expect(sets.map(({ timePeriod }) => timePeriod.start)).toEqual([startOfTest + 300, startOfTest])
  expect(await device.get(ReadingSet, sets[1]?.href ?? '')).toMatchObject({ mRID: replaced.mRID })
  const readings = await device.get(ReadingList, `${sets[1]?.ReadingListLink?.href}?l=9`)
  expect(readings.Reading?.map(({ value }) => value)).toEqual([9])
})

it('takes a list of meter readings, also of series it does not know yet', async () => {
  const { device } = await setUp()
  await device.post('/mup', MirrorUsagePoint, mirrorOf(device))
  const list = {
    all: 2,
    results: 2,
    MirrorMeterReading: [
      { mRID: mrid(), Reading: reading(0, 1), ReadingType: watts },
      { mRID: mrid(), Reading: reading(0, 2), ReadingType: { ...watts, uom: 29 } },
    ],
  }
  expect(await device.post('/mup/1', MirrorMeterReadingList, list)).toMatchObject({
    status: 201,
    location: '/upt/1/mr',
  })
  expect(await device.get(MeterReadingList, '/upt/1/mr')).toMatchObject({ all: 3 })
  const twice = { mRID: mrid(), Reading: reading(0, 1), ReadingType: watts }
  const again = { ...twice, Reading: reading(60, 2) }
  expect(
    await device.post('/mup/1', MirrorMeterReadingList, { all: 2, results: 2, MirrorMeterReading: [twice, again] }),
  ).toMatchObject({ status: 201 })
  expect(await device.get(MeterReadingList, '/upt/1/mr')).toMatchObject({ all: 4 })
  const unknown = { mRID: mrid(), Reading: reading(0, 1) }
  expect(await device.post('/mup/1', MirrorMeterReading, unknown)).toMatchObject({ status: 400 })
  expect(await device.post('/mup/1', MirrorUsagePoint, mirrorOf(device))).toMatchObject({ status: 400 })
})

it('shows the mirror as a usage point with role flag bit 0', async () => {
  const { device } = await setUp()
  await device.post('/mup', MirrorUsagePoint, mirrorOf(device, { roleFlags: '0048' }))
  expect(await device.get(UsagePointList, '/upt')).toMatchObject({ all: 1, UsagePoint: [{ roleFlags: '0049' }] })
  expect(await device.get(UsagePoint, '/upt/1')).toMatchObject({ MeterReadingListLink: { href: '/upt/1/mr', all: 1 } })
})

it('lets nobody take over the mirror or the series of another', async () => {
  const { server, device } = await setUp()
  const mirror = mirrorOf(device)
  await device.post('/mup', MirrorUsagePoint, mirror)
  const other = server.device()
  await registered(other)
  const same = mirrorOf(other, { mRID: mirror.mRID })
  expect(await other.post('/mup', MirrorUsagePoint, same)).toMatchObject({ status: 403 })
  const series = mirrorOf(other, { MirrorMeterReading: mirror.MirrorMeterReading ?? [] })
  expect(await other.post('/mup', MirrorUsagePoint, series)).toMatchObject({ status: 403 })
  const foreign = { mRID: mirror.MirrorMeterReading?.[0]?.mRID ?? '', Reading: { value: 1 } }
  expect(await other.post('/mup/1', MirrorMeterReading, foreign)).toMatchObject({ status: 403 })
  expect(await other.client.delete('/mup/1')).toMatchObject({ status: 403 })
  expect(await other.get(MirrorUsagePointList, '/mup')).toMatchObject({ all: 0 })
})

it('removes a mirror with its readings', async () => {
  const { device } = await setUp()
  await device.post('/mup', MirrorUsagePoint, mirrorOf(device))
  expect(await device.client.delete('/mup/1')).toMatchObject({ status: 204 })
  expect(await device.client.get('/mup/1')).toMatchObject({ status: 404 })
  expect(await device.client.get('/upt/1/mr')).toMatchObject({ status: 404 })
})

it('says when a device has as many mirrors or series as it may', async () => {
  const { limits } = Config.parse({ certs: 'unused' })
  const { device } = await setUp({ limits: { ...limits, mirrorsPerDevice: 1, meterReadingsPerMirror: 1 } })
  await device.post('/mup', MirrorUsagePoint, mirrorOf(device))
  const second = await device.post('/mup', MirrorUsagePoint, mirrorOf(device))
  expect(second).toMatchObject({ status: 400 })
  expect(String(second.body)).toContain('<reasonCode>2</reasonCode>')
  const series = { mRID: mrid(), ReadingType: watts }
  expect(await device.post('/mup/1', MirrorMeterReading, series)).toMatchObject({ status: 400 })
})

it('forgets the oldest readings when a meter has too many', async () => {
  const { limits } = Config.parse({ certs: 'unused' })
  const { device } = await setUp({ limits: { ...limits, readingsPerMeter: 10 } })
  const { post, mr } = await posted(device)
  for (let n = 0; n < 30; n += 1) await post({ Reading: reading(n * 60, n) })
  const { ReadingSet: [set] = [] } = await device.get(ReadingSetList, `${mr}/rs`)
  const { all, Reading: readings = [] } = await device.get(ReadingList, `${set?.ReadingListLink?.href}?l=30`)
  expect(all).toBeLessThanOrEqual(11)
  expect(readings.at(-1)).toMatchObject({ value: 29 })
})

function setOf(start: number, values: readonly number[]): MirrorReadingSet {
  const readings = values.map((value, at) => ({ ...reading(start + at * 60, value), localID: `0${at}` }))
  return { mRID: mrid(), timePeriod: { duration: 300, start: startOfTest + start }, Reading: readings }
}

function reading(offset: number, value: number): Reading {
  return { timePeriod: { duration: 60, start: startOfTest + offset }, value }
}

type Post = (content: Partial<MirrorMeterReading>) => Promise<unknown>

/** A mirror with one series: where its meter reading is, and how to post to it. */
async function posted(device: Peer): Promise<Readonly<{ post: Post; mr: string }>> {
  const mirror = mirrorOf(device)
  await device.post('/mup', MirrorUsagePoint, mirror)
  const mRID = mirror.MirrorMeterReading?.[0]?.mRID ?? ''
  return { post: (content) => device.post('/mup/1', MirrorMeterReading, { mRID, ...content }), mr: '/upt/1/mr/1' }
}

async function setUp(config: Partial<Config> = {}): Promise<Readonly<{ server: TestServer; device: Peer }>> {
  const server = await testServer({ config })
  const device = server.device()
  await registered(device)
  return { server, device }
}
