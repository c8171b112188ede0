import type { TrustAlert } from '@gridloom/contracts'
import { expect, it } from 'vitest'
import { logEventOf } from './trust-log.ts'

it.for([
  ['ID-1', 'info', 100],
  ['FM-2', 'minor', 111],
  ['TM-3', 'major', 123],
  ['PR-8', 'moderate', 132],
  ['PH-5', 'major', 143],
  ['AV-1', 'critical', 154],
] as const)('writes %s, %s as code %i', ([rule, severity, code]) => {
  expect(logged({ rule, severity })).toMatchObject({ logEventCode: code, details: rule, functionSet: 0, profileID: 2 })
})

it('gives the trust in ten-thousandths', () => {
  expect(logged({ vector: { Te: 0.56342, level: 2 } as never })).toMatchObject({ extendedData: 5634 })
})

it('tips nobody off who is distrusted', () => {
  expect(logged({ levelTo: 3 })).toBeUndefined()
  expect(logged({ vector: { Te: 0.2, level: 4 } as never })).toBeUndefined()
})

it('writes nothing for an alert without a rule', () => {
  expect(logEventOf({ type: 'level-change', levelTo: 1 } as TrustAlert, entry)).toBeUndefined()
})

const entry = { pen: 40_732, id: 7, now: 100 }

function logged(change: Partial<TrustAlert>) {
  return logEventOf({ rule: 'PH-5', severity: 'major', ...change } as TrustAlert, entry)
}
