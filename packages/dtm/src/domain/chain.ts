import { hash } from 'node:crypto'
import { canonical } from './canonical.ts'

/** What a record says, without its place in the chain. */
export type Unchained = Readonly<Record<string, unknown>>
export type Chained = Unchained & Readonly<{ prev: string; hash: string }>

/** The `prev` of the first record. */
export const genesis = '0'.repeat(64)

/** Gives a record its place: `hash` is the SHA-256 of its canonical JSON with `prev`, the hash of the record before it. */
export function chained(record: Unchained, prev: string): Chained {
  const linked = { ...record, prev }
  return { ...linked, hash: hash('sha256', canonical(linked)) }
}

/** Whether a record is what it was, and follows the one whose hash is given. */
export function follows({ hash: own, ...record }: Chained, prev: string): boolean {
  return record['prev'] === prev && hash('sha256', canonical(record)) === own
}
