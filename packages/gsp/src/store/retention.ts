import type { Change } from './resources.ts'
import type { Kind } from './row.ts'

/** What to write beside so many new rows below a path, so that no client fills the disk. */
export type Retention = (below: string, adding: number) => readonly Change[]

/** Keeps about so many rows of a kind below each path: the oldest go, a tenth at a time, so that it is seldom looked for. */
export function createRetention({ kind, keep }: Readonly<{ kind: Kind; keep: number }>): Retention {
  const room = new Map<string, number>()
  const batch = Math.ceil(keep / 10)
  return (below, adding) => {
    // unknown after a start: looked at with the first write
    const left = (room.get(below) ?? 0) - adding
    if (room.size >= mostPaths) room.clear()
    room.set(below, left < 0 ? batch - adding : left)
    return left < 0 ? [{ prune: { below, kind, keep } }] : []
  }
}

const mostPaths = 500_000
