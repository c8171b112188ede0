import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTrustEngine } from '@gridloom/dtm'
import { expect, it } from 'vitest'
import { attackNames } from '../attack-names.ts'
import { generateTrace } from '../traces/generate.ts'
import { readTrace, writeTrace } from '../traces/trace-file.ts'
import { evaluateTrace } from './evaluate.ts'
import { verdictOf } from './verdict.ts'

const small = { fleet: 10, hours: 3, seed: 5 }

it('suspects nobody in a clean trace', () => {
  const { messages, subjects, falseAlerts } = evaluateTrace(generateTrace(small), createTrustEngine())
  expect(falseAlerts).toEqual([])
  expect([messages.FP, subjects.FP, subjects.TN]).toEqual([0, 0, 11])
})

it('meets the targets over all attacks', { timeout: 60_000 }, () => {
  const reports = attackNames.map((attack) => evaluateTrace(generateTrace({ ...small, attack }), createTrustEngine()))
  expect(reports.filter(({ missed }) => missed.length > 0).map(({ attack, missed }) => [attack, missed])).toEqual([])
  expect(verdictOf(reports)).toMatchObject({
    misses: [],
    equalErrorRate: 0,
    messages: { recall: 1 },
    subjects: { recall: 1 },
  })
})

it('tells how long an attacker went unnoticed, and draws its trust beside an honest one', () => {
  const { delays, courses } = evaluateTrace(generateTrace({ ...small, attack: 'replay' }), createTrustEngine())
  expect(delays).toEqual([expect.objectContaining({ seconds: expect.closeTo(90, 0) })])
  expect(courses.map(({ isAttacker }) => isAttacker).toSorted()).toEqual([false, true])
  const [attacked, spared] = courses.toSorted((a, b) => Number(b.isAttacker) - Number(a.isAttacker))
  expect(attacked?.points.at(-1)?.[1]).toBeLessThan(spared?.points.at(-1)?.[1] ?? 0)
})

it('comes to the same from a file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-'))
  const file = join(folder, 'lying.trace.jsonl')
  const trace = () => generateTrace({ fleet: 5, hours: 2, seed: 5, attack: 'lying-meter' })
  await writeTrace(file, trace())
  const [kept, made] = [await readTrace(file), trace()].map((each) => evaluateTrace(each, createTrustEngine()))
  rmSync(folder, { recursive: true })
  expect(kept?.messages).toEqual(made?.messages)
  expect(kept?.subjects).toEqual(made?.subjects)
})

it('counts what an engine misses that sees nothing', () => {
  const blind = { ...createTrustEngine(), observe: () => [], advance: () => [] }
  const { messages, subjects } = evaluateTrace(generateTrace({ ...small, attack: 'replay' }), blind)
  expect([messages.TP, messages.FN, subjects.FN]).toEqual([0, 4, 1])
  expect(verdictOf([evaluateTrace(generateTrace({ ...small, attack: 'replay' }), blind)]).misses).not.toEqual([])
})
