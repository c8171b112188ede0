import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))
const vectors = fileURLToPath(new URL('../../../../test/vectors/cts', import.meta.url))

it('prints the outcome of a scenario as one line of JSON', () => {
  const file = `${vectors}/01-continuous-basics.json`
  const { stdout, stderr, status } = market('replay', file, '--json')
  expect(status).toBe(0)
  expect(stdout.trimEnd()).not.toContain('\n')
  expect(JSON.parse(stdout)).toEqual(JSON.parse(readFileSync(file, 'utf8')).expected)
  expect(stderr).toBe('11 accepted, 0 rejected, 14 ledger entries, 1 open tenders\n')
})

it('says what a file lacks to be a scenario, and exits with 1', () => {
  const { stdout, stderr, status } = market('replay', fileURLToPath(new URL('../../package.json', import.meta.url)))
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toContain('at steps')
})

it('does not know another verb', () => {
  expect(market('relive', 'x.json').status).toBe(2)
})

function market(...argv: string[]) {
  return spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', main, 'market', ...argv], {
    encoding: 'utf8',
  })
}
