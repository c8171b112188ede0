import { observationBatch } from '@gridloom/contracts'
import type { Waiting } from './report.ts'

// Half of what a DTM takes at once, since a count of characters is not one of bytes.
const mostCharacters = 524_288

/** Cuts reports into pieces that one request can carry. */
export function* batches<T extends Pick<Waiting, 'text'>>(waiting: readonly T[]): Generator<readonly T[]> {
  let piece: T[] = []
  let characters = 0
  for (const each of waiting) {
    const isFull = piece.length === observationBatch || characters + each.text.length > mostCharacters
    if (isFull && piece.length > 0) {
      yield piece
      piece = []
      characters = 0
    }
    piece.push(each)
    characters += each.text.length
  }
  if (piece.length > 0) yield piece
}
