import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { replay } from './replay.ts'
import { parseScenario } from './scenario.ts'

const vectors = new URL('../../../../test/vectors/cts/', import.meta.url)
const files = readdirSync(vectors).filter((name) => name.includes('.json'))

it.each(files)('replays %s value for value', (name) => {
  const vector = read(name)
  expect(JSON.parse(JSON.stringify(replay(parseScenario(vector))))).toEqual(vector.expected)
})

it('has vectors to replay', () => {
  expect(files).toHaveLength(14)
})

function read(name: string): { expected: unknown } {
  const bytes = readFileSync(new URL(name, vectors))
  return JSON.parse((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString())
}
