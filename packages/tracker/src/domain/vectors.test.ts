import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { solveRegion, solveRegionExactly } from './solve.ts'

const folder = new URL('../../../../test/vectors/regions/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))

it.each(files)('reproduces %s', (name) => {
  const vector = vectorOf(name)
  expect(rounded(solveRegion(vector))).toEqual(rounded(expectedOf(vector)))
})

it.each(files.filter((name) => optimumOf(name)))(
  'serves as much as the optimum of %s by integer program',
  async (name) => {
    expect(await solveRegionExactly(vectorOf(name))).toMatchObject({ expect: { optimum: optimumOf(name) } })
  },
)

function vectorOf(name: string) {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
}

function optimumOf(name: string): object | undefined {
  return vectorOf(name).expect?.optimum
}

/** The answer a vector asks for; the optimum is computed only when asked. */
function expectedOf({
  expect: wanted,
  cases,
}: Readonly<{ expect?: Readonly<Record<string, unknown>>; cases?: object[] }>) {
  if (!wanted) return { cases: cases?.map((one) => ({ expect: 'expect' in one && one.expect })) }
  const { optimum: _, ...computed } = wanted
  return { expect: computed }
}

function rounded(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, part) => (typeof part === 'number' ? Number(part.toFixed(6)) : part)))
}
