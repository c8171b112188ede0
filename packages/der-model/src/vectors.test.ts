import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { runScenario, type Scenario } from './scenario.ts'

const vectors = new URL('../../../test/vectors/', import.meta.url)
const names = ['opender', 'opender-more'].flatMap((folder) =>
  readdirSync(new URL(folder, vectors))
    .filter((file) => file.endsWith('.json'))
    .map((file) => `${folder}/${file.replace('.json', '')}`),
)

it.each(names)('reproduces every column of the reference in %s', (name) => {
  const scenario: Scenario & { tolerance_pu: number } = JSON.parse(
    readFileSync(new URL(`${name}.json`, vectors), 'utf8'),
  )
  const reference = gunzipSync(readFileSync(new URL(`${name}.csv.gz`, vectors))).toString()
  const expected = reference.trimEnd().split('\n')
  const columns = expected[0]?.split(',') ?? []
  const ratings = new Map(scenario.cases.map((one) => [String(one.case), one.settings.NP_VA_MAX ?? 100_000]))
  let line = 0
  for (const computed of runScenario(scenario, reference)) {
    const row = expected[line]?.split(',') ?? []
    const rating = ratings.get(row[0] ?? '') ?? 1
    for (const [k, cell] of computed.split(',').entries()) {
      const column = columns[k] ?? ''
      const unit = /_w$|_var$/.test(column) ? rating : 1
      if (!isSame(cell, row[k] ?? '', scenario.tolerance_pu * unit)) {
        expect.fail(`line ${line + 1} (case ${row[0]}, step ${row[1]}): ${column} is "${cell}", not "${row[k]}"`)
      }
    }
    line += 1
  }
  expect(line).toBe(expected.length)
})

function isSame(computed: string, reference: string, tolerance: number): boolean {
  if (computed === reference) return true
  if (computed === '' || reference === '') return false
  return Math.abs(Number(computed) - Number(reference)) <= tolerance
}
