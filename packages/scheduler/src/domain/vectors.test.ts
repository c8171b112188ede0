import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { evaluateSchedules } from './evaluate.ts'

const folder = new URL('../../../../test/vectors/scheduling/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))

it.each(files)('computes what %s expects', (name) => {
  const vector: unknown = JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
  expect(vector).toMatchObject(evaluateSchedules(vector))
})
