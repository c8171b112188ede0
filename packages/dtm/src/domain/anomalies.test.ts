import { expect, it } from 'vitest'
import { anomaliesWithin, anomalyCount, noAnomalies, withAnomaly, withoutOld } from './anomalies.ts'

it('counts exactly while they are few', () => {
  const some = after(180, 60)
  expect(anomalyCount(some)).toBe(180)
  expect(anomaliesWithin(some, 179 * 60, 300)).toBe(5)
  expect(anomalyCount(withoutOld(some, 86_400 + 599))).toBe(170)
})

it('stays small in a long flood, and never counts too few', () => {
  const flood = after(100_000, 1)
  const kept = withoutOld(flood, 99_999)
  expect(JSON.stringify(flood).length).toBeLessThan(5000)
  expect(anomalyCount(kept)).toBeGreaterThanOrEqual(86_400)
  expect(anomalyCount(kept)).toBeLessThan(95_000)
  expect(anomaliesWithin(kept, 99_999, 150)).toBe(150)
  expect(anomaliesWithin(kept, 99_999, 300)).toBeGreaterThanOrEqual(192)
})

function after(count: number, seconds: number) {
  let anomalies = noAnomalies
  for (let index = 0; index < count; index++)
    anomalies = withAnomaly(withoutOld(anomalies, index * seconds), index * seconds)
  return anomalies
}
