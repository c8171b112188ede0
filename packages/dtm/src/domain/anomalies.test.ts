import { expect, it } from 'vitest'
import { anomaliesWithin, anomalyCount, noAnomalies, withAnomaly, withoutOld } from './anomalies.ts'

it('counts exactly while they are few', () => {
  const some = after(200, 60)
  expect(anomalyCount(some)).toBe(200)
  expect(anomaliesWithin(some, 199 * 60, 300)).toBe(5)
  expect(anomalyCount(withoutOld(some, 86_400 + 599))).toBe(190)
})

it('stays small in a long flood, and never counts too few', () => {
  const flood = after(100_000, 1)
  const kept = withoutOld(flood, 99_999)
  expect(JSON.stringify(flood).length).toBeLessThan(5000)
  expect(anomalyCount(kept)).toBeGreaterThanOrEqual(86_400)
  expect(anomalyCount(kept)).toBeLessThan(93_000)
  expect(anomaliesWithin(kept, 99_999, 200)).toBe(200)
  expect(anomaliesWithin(kept, 99_999, 300)).toBeGreaterThanOrEqual(256)
})

function after(count: number, seconds: number) {
  let anomalies = noAnomalies
  for (let index = 0; index < count; index++)
    anomalies = withAnomaly(withoutOld(anomalies, index * seconds), index * seconds)
  return anomalies
}
