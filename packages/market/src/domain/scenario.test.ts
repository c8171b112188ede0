import { formatCtsInstant } from '@gridloom/contracts'
import { expect, it } from 'vitest'
import { parseScenario, ScenarioError } from './scenario.ts'
import { marketWith, noon } from './testing.ts'

it('reads a scenario, with instants as seconds', () => {
  const { market, steps } = parseScenario(file([{ op: 'advance', at: '2027-01-04T12:00:00Z' }]))
  expect([market, steps]).toEqual([marketWith({}), [{ op: 'advance', at: noon }]])
})

it.each([
  ['an unknown op', [{ op: 'wait', at: '2027-01-04T12:00:00Z' }], 'at steps[0].op'],
  [
    'an instant with an offset',
    [{ op: 'advance', at: '2027-01-04T12:00:00+01:00' }],
    '"2027-01-04T12:00:00+01:00" is not an instant',
  ],
  ['a tender without a message', [{ op: 'createTender', at: '2027-01-04T12:00:00Z' }], 'at steps[0].message'],
  ['a clearing of nothing', [{ op: 'clear', at: '2027-01-04T12:00:00Z' }], 'at steps[0].dtStart'],
  [
    'time that goes back',
    [
      { op: 'advance', at: '2027-01-04T12:00:01Z' },
      { op: 'advance', at: '2027-01-04T12:00:00Z' },
    ],
    'time goes back\n  → at steps[1].at',
  ],
])('says where a scenario has %s', (_, steps, message) => {
  expect(() => parseScenario(file(steps))).toThrow(ScenarioError)
  expect(() => parseScenario(file(steps))).toThrow(message)
})

function file(steps: unknown[]) {
  const market = marketWith({})
  const instants = Object.fromEntries(
    (['gridStart', 'rangeStart', 'rangeEnd'] as const).map((name) => [name, formatCtsInstant(market[name])]),
  )
  return { format: 'cts-vector/1', market: { ...market, ...instants }, parties: ['P1'], steps }
}
