import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { replayTrust, type Outcome } from './replay.ts'

const folder = new URL('../../../../test/vectors/trust/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
const numbers = ['r', 's', 'T', 'C', 'Te'] as const

it.each(files)('reproduces %s within 1e-9', (name) => {
  const vector = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Readonly<{ expect: readonly Outcome[] }>
  const outcomes = replayTrust(vector)
  expect(outcomes.map(({ level, n24 }) => ({ level, n24 }))).toEqual(
    vector.expect.map(({ level, n24 }) => ({ level, n24 })),
  )
  for (const [index, wanted] of vector.expect.entries()) {
    for (const key of numbers) {
      expect(Math.abs((outcomes[index]?.[key] ?? NaN) - wanted[key]), `${key} of step ${index}`).toBeLessThan(1e-9)
    }
  }
})
