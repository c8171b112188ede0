import { LogEvent, LogEventList } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { logEvent, registered } from '../testing/documents.ts'
import { startOfTest, testServer, type Peer } from '../testing/test-server.ts'
import { Config } from '../config.ts'

it('keeps log events in the order of their times', async () => {
  const { device, list } = await setUp()
  expect(await device.post(list, LogEvent, logEvent(2))).toMatchObject({ status: 201, location: `${list}/1` })
  expect(await device.post(list, LogEvent, logEvent(1))).toMatchObject({ status: 201, location: `${list}/2` })
  expect(await device.get(LogEvent, `${list}/1`)).toEqual({ href: `${list}/1`, ...logEvent(2) })
  const all = await device.get(LogEventList, `${list}?l=10`)
  expect(all.LogEvent?.map(({ logEventID }) => logEventID)).toEqual([1, 2])
})

it('removes a log event, and gives its number to no other', async () => {
  const { device, list } = await setUp()
  await device.post(list, LogEvent, logEvent(1))
  expect(await device.client.delete(`${list}/1`)).toMatchObject({ status: 204 })
  expect(await device.client.delete(`${list}/1`)).toMatchObject({ status: 404 })
  expect(await device.post(list, LogEvent, logEvent(2))).toMatchObject({ location: `${list}/2` })
})

it.each([
  ['', 4, [1]],
  ['?l=0', 4, []],
  ['?l=1000', 4, [1, 2, 3, 4]],
  ['?s=1&l=2', 4, [2, 3]],
  ['?s=4&l=2', 4, []],
  ['?l=0&l=2', 4, []],
  [`?a=${startOfTest + 2}&l=10`, 2, [3, 4]],
  [`?a=${startOfTest + 1}&s=1&l=1`, 3, [3]],
])('pages with "%s"', async (query, all, ids) => {
  const { device, list } = await setUp()
  for (const n of [1, 2, 3, 4]) await device.post(list, LogEvent, logEvent(n))
  const page = await device.get(LogEventList, `${list}${query}`)
  expect(page).toMatchObject({ all, results: ids.length })
  expect(page.LogEvent?.map(({ logEventID }) => logEventID) ?? []).toEqual(ids)
})

it.each(['?s=-1', '?l=-1', '?l=x', '?a=x'])('refuses to page with "%s"', async (query) => {
  const { device, list } = await setUp()
  expect(await device.client.get(`${list}${query}`)).toMatchObject({ status: 400 })
})

it('forgets the oldest when a device has logged too much', async () => {
  const { limits } = Config.parse({ certs: 'unused' })
  const { device, list } = await setUp({ limits: { ...limits, logEventsPerDevice: 10 } })
  for (let n = 1; n <= 30; n += 1) await device.post(list, LogEvent, logEvent(n))
  const { all, LogEvent: events = [] } = await device.get(LogEventList, `${list}?l=30`)
  expect(all).toBeLessThanOrEqual(11)
  expect(events.at(-1)).toMatchObject({ logEventID: 30, href: `${list}/30` })
})

async function setUp(config: Partial<Config> = {}): Promise<Readonly<{ device: Peer; list: string }>> {
  const device = (await testServer({ config })).device()
  return { device, list: `${await registered(device)}/lel` }
}
