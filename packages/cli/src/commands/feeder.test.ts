import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { expect, it, onTestFinished } from 'vitest'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))
const vectors = fileURLToPath(new URL('../../../../test/vectors/feeders', import.meta.url))

it('prints the solution of a feeder and nothing else', () => {
  const { stdout, stderr, status } = feeder('solve', join(vectors, 'ieee13.json'), '--json')
  expect(status).toBe(0)
  expect(stdout.trimEnd()).not.toContain('\n')
  expect(JSON.parse(stdout)).toMatchObject({ nodes: { 611: { c: [0.9738655, 115.77889] } } })
  expect(stderr).toBe('15 nodes, 6 levels deep, solved in 13 iterations\n')
})

it.each([
  ['solve', 'gen50.json', 'gen50-solution.csv.gz'],
  ['network', 'gen50.json', 'gen50-network.csv.gz'],
  ['frequency', 'freq-fleet.json', 'freq-fleet.csv.gz'],
])('prints the table that feeder %s of %s asks for', (verb, file, table) => {
  expect(feeder(verb, join(vectors, file)).stdout).toBe(gunzipSync(readFileSync(join(vectors, table))).toString())
})

it('says that there is no solution, and exits with 1', () => {
  const file = scenario({ format: 'gridloom.feeder-case/1', feeder: join(vectors, 'ieee13.json'), loadScale: 4 })
  const { stdout, stderr, status } = feeder('solve', file)
  expect(status).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({ converged: false, worstNode: '675' })
  expect(stderr).toBe('no solution after 300 iterations, the worst node is "675"\n')
})

it('says what is wrong with a scenario and where', () => {
  const { stdout, stderr, status } = feeder('solve', scenario({ format: 'gridloom.feeder-case/1', feeder: 7 }))
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toContain('at feeder')
})

function feeder(...args: readonly string[]) {
  const options = ['--disable-warning=ExperimentalWarning', main, 'feeder', ...args]
  return spawnSync(process.execPath, options, { encoding: 'utf8' })
}

function scenario(value: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'feeder-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'scenario.json')
  writeFileSync(file, JSON.stringify(value))
  return file
}
