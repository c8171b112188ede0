import { Observation } from '@gridloom/contracts'
import { checkDocument } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { attackNames } from '../attack-names.ts'
import { generateTrace } from './generate.ts'
import type { Batch } from './reporter.ts'

const small = { fleet: 5, hours: 2, seed: 7 }

it('tells the same from the same seed, and something else from another', () => {
  const text = (seed: number) => JSON.stringify([...generateTrace({ ...small, seed }).batches])
  expect(text(7)).toBe(text(7))
  expect(text(8)).not.toBe(text(7))
})

it('says nothing that a schema would refuse', () => {
  const seen = observationsOf([...generateTrace(small).batches])
  expect(seen.map((one) => Observation.safeParse(one).error)).not.toContainEqual(expect.anything())
  const documents = new Map(seen.flatMap(({ resource, body }) => (resource && body ? [[resource, body]] : [])))
  const faults = [...documents.values()].flatMap((body) => checkDocument(body, { profile: 'csipaus-1.2' }).errors)
  expect(faults).toEqual([])
  expect(documents.size).toBeGreaterThan(15)
})

it('lets time run forward, and each reporter count without a gap', () => {
  const batches = [...generateTrace({ ...small, attack: 'delayed-relay' }).batches]
  const times = batches.map(({ t }) => t)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  const counts = new Map<string, number[]>()
  for (const { reporter, seq } of observationsOf(batches)) counts.set(reporter, [...(counts.get(reporter) ?? []), seq])
  for (const seqs of counts.values()) expect(seqs).toEqual(seqs.map((_, index) => index))
})

it('reports each exchange from both of its ends', () => {
  const exchanges = Map.groupBy(observationsOf([...generateTrace(small).batches]), ({ corr }) => corr)
  exchanges.delete(undefined)
  const whole = [...exchanges.values()].filter((parts) => parts.length === 4)
  expect(whole.length).toBeGreaterThan(0.99 * exchanges.size)
})

it.each(attackNames)('labels what is done in the second half: %s', (attack) => {
  const [first, ...rest] = [...generateTrace({ ...small, attack }).batches]
  const labelled = rest.filter(({ label }) => label)
  expect(labelled.length).toBeGreaterThan(0)
  expect(new Set(labelled.map(({ label }) => label?.attack))).toEqual(new Set([attack]))
  expect(Math.min(...labelled.map(({ t }) => t))).toBeGreaterThan((first?.t ?? Infinity) + 1800 * small.hours - 10)
})

function observationsOf(batches: readonly Batch[]): readonly Observation[] {
  return batches.flatMap(({ observations }) => observations)
}
