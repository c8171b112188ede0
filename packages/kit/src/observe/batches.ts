import { observationBatch } from '@gridloom/contracts'
import type { Waiting } from './report.ts'

// Well below what a DTM takes at once: numbers and names come in front of each.
const mostBytes = 786_432

/** Cuts reports into pieces that one request can carry. */
export function* batches<T extends Pick<Waiting, 'text'>>(waiting: readonly T[]): Generator<readonly T[]> {
  let piece: T[] = []
  let bytes = 0
  for (const each of waiting) {
    const size = Buffer.byteLength(each.text)
    const isFull = piece.length === observationBatch || bytes + size > mostBytes
    if (isFull && piece.length > 0) {
      yield piece
      piece = []
      bytes = 0
    }
    piece.push(each)
    bytes += size
  }
  if (piece.length > 0) yield piece
}
