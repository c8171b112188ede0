import { expect, it } from 'vitest'
import { replayTrust } from './replay.ts'

it('lets time pass without a message', () => {
  const [, after] = replayTrust(vector([good(0), { t: 172_800, kind: 'idle' }]))
  expect(after).toMatchObject({ r: 0.5, s: 0, level: 1, n24: 0 })
})

it('has nothing to tell of a vector without steps', () => {
  expect(replayTrust(vector([]))).toEqual([])
})

it('counts every anomaly of a day, however many there are', () => {
  const flood = Array.from({ length: 1000 }, (_, n) => ({ ...bad({}), t: n }))
  const outcomes = replayTrust(vector([...flood, { t: 86_500, kind: 'idle' }]))
  expect([outcomes.at(-2)?.n24, outcomes.at(-1)?.n24]).toEqual([1000, 899])
})

it.each([
  [{ format: 'trust-vector/2' }, 'at format'],
  [{ a: 1.5 }, 'at a'],
  [{ steps: undefined }, 'at steps'],
  [{ steps: [{ t: 0, kind: 'fair' }] }, 'at steps[0].kind'],
  [{ steps: [{ ...good(0), g: -1 }] }, 'at steps[0].g'],
  [{ steps: [{ ...good(0), tests: ['weather'] }] }, 'at steps[0].tests[0]'],
  [{ steps: [good(0), { ...good(1), delta: 2 }] }, 'at steps[1].delta'],
  [{ steps: [bad({ q: 0 })] }, 'at steps[0].findings[0].q'],
  [{ steps: [bad({ severity: 'fatal' })] }, 'at steps[0].findings[0].severity'],
  [{ steps: [{ t: 0, kind: 'bad', delta: 1, findings: [] }] }, 'at steps[0].findings'],
  [{ steps: [good(5), good(4)] }, 'time runs back from 5 to 4\n  → at steps[1].t'],
])('says what is wrong with a vector, and where: %j', (fault, message) => {
  expect(() => replayTrust({ ...vector([]), ...fault })).toThrow(message)
})

function vector(steps: readonly object[]) {
  return { format: 'trust-vector/1', a: 0.5, steps }
}

function good(t: number) {
  return { t, kind: 'good', g: 1, delta: 1, tests: ['identity'] }
}

function bad(finding: object) {
  return { t: 0, kind: 'bad', delta: 1, findings: [{ category: 'format', severity: 'minor', q: 1, ...finding }] }
}
