import { Time } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { startOfTest, testServer } from '../testing/test-server.ts'

it('tells the time of its clock with quality 7, also to strangers, and never an old answer', async () => {
  const server = await testServer({ config: { timeZone: 'Australia/Brisbane' } })
  const stranger = server.device()
  expect(await stranger.get(Time, '/tm')).toEqual({
    href: '/tm',
    pollRate: 900,
    currentTime: startOfTest,
    dstEndTime: 0,
    dstOffset: 0,
    dstStartTime: 0,
    localTime: startOfTest + 36_000,
    quality: 7,
    tzOffset: 36_000,
  })
  await server.clock.advance(60)
  expect(await stranger.get(Time, '/tm')).toMatchObject({ currentTime: startOfTest + 60 })
})
