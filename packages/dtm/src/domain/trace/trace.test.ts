import { expect, it } from 'vitest'
import { replayTrace } from './replay-trace.ts'
import { isTrace, parseTrace } from './trust-trace.ts'

const gsp = 'A'.repeat(40)
const dcm = 'B'.repeat(40)
const header = {
  format: 'trust-trace/1',
  registrations: [
    { lfdi: gsp, role: 'GSP' },
    { lfdi: dcm, role: 'DCM' },
  ],
}
const ends = { from: { role: 'DCM', id: dcm }, to: { role: 'GSP', id: gsp } }
const shared = { v: 1, leg: 'TLS', kind: 'handshake', length: 0, sha256: '0'.repeat(64), ...ends }
const refused = { ...shared, seq: 0, reporter: gsp, observedAt: 10, tls: { chainOk: false } }
const steps = [
  { t: 10, observations: [refused], label: { attack: 'expired', subject: dcm } },
  { t: 20, advance: true },
  { t: 30, release: dcm },
]
const lines = [header, ...steps].map((one) => JSON.stringify(one)).join('\n')

it('comes to the same as lines and as one document', () => {
  const outcome = replayTrace(parseTrace(lines))
  expect(replayTrace(parseTrace(JSON.stringify({ ...header, steps }, null, 2)))).toEqual(outcome)
  expect(outcome.findings.map(({ rule, subject }) => [rule, subject])).toEqual([['ID-2', dcm]])
  expect(outcome.levels.map(({ from, to }) => [from, to])).toEqual([[1, 2]])
  expect(outcome.subjects.map(({ vector }) => vector.level)).toEqual([1, 2])
})

it('is told from a vector of scored messages', () => {
  expect([isTrace(lines), isTrace('{"format":"trust-vector/1"}')]).toEqual([true, false])
})

it.each([
  ['', 'it is empty'],
  ['nonsense', 'line 1 is no JSON'],
  [lines.replace('trust-trace/1', 'trust-trace/2'), 'in line 1'],
  [`${lines}\n{"t":40,"observations":[]}`, 'in line 5'],
  [`${lines}\n{"t":5,"advance":true}`, 'time runs back from 30 to 5 at step 3'],
])('says what is wrong with a trace', (text, message) => {
  expect(() => parseTrace(text)).toThrow(message)
})
