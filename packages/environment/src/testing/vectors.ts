import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { FeederFile } from '../domain/feeder/feeder-file.ts'

const folder = new URL('../../../../test/vectors/feeders/', import.meta.url)

export type Nodes = Readonly<Record<string, Readonly<Record<string, readonly [number, number]>>>>
export type Expected = Readonly<{
  totals: Readonly<Record<string, unknown>>
  nodes: Nodes
  derKvar?: Readonly<Record<string, readonly number[]>>
}>
export type FeederVector = Readonly<{
  format: string
  published?: Readonly<{ nodes: Nodes; notComparable?: readonly string[] }>
  solution?: Expected
  expected?: Expected
  cases?: readonly (Readonly<{ loadScale: number; converged: boolean }> & Partial<Expected>)[]
}>

/** The names of the vector files of a format. */
export function vectorsOf(format: string): string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  return files.filter((file) => (readVector(file) as FeederVector).format === format)
}

export function readVector(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
}

/** A table of the vectors, which are kept compressed. */
export function readTable(file: string): string {
  const packed = new URL(`${file}.gz`, folder)
  return existsSync(packed) ? gunzipSync(readFileSync(packed)).toString() : readFileSync(new URL(file, folder), 'utf8')
}

export function readFeeder(name: string): FeederFile {
  return FeederFile.parse(readVector(`${name}.json`))
}
