import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))
const vectors = fileURLToPath(new URL('../../../../test/vectors/trust/', import.meta.url))

it('prints the state after each step and nothing else', () => {
  const { stdout, stderr, status } = trust('replay', `${vectors}t04-unknown.json`, '--json')
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout.trimEnd()).not.toContain('\n')
  const outcomes = JSON.parse(stdout) as readonly object[]
  expect(outcomes).toHaveLength(60)
  expect(Object.keys(outcomes[0] ?? {})).toEqual(['r', 's', 'T', 'C', 'Te', 'level', 'n24'])
  expect(outcomes[0]).toMatchObject({ r: 0, s: 1, level: 1, n24: 1 })
})

it('says what a file lacks to be a trust vector, and exits with 1', () => {
  const { stdout, stderr, status } = trust('replay', fileURLToPath(new URL('../../package.json', import.meta.url)))
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toContain('at format')
})

it('asks for a verb and a file with exit code 2', () => {
  expect(trust('replay').status).toBe(2)
  expect(trust('judge', 'x.json').status).toBe(2)
})

function trust(...args: readonly string[]) {
  const options = ['--disable-warning=ExperimentalWarning', main, 'trust', ...args]
  return spawnSync(process.execPath, options, { encoding: 'utf8' })
}
