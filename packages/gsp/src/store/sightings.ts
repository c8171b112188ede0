import type { Lfdi } from '@gridloom/sep2030'

/** When each certificate was last heard, since the start: not worth the disk. */
export type Sightings = Readonly<{
  note(lfdi: Lfdi, now: number): void
  of(lfdi: Lfdi): number | undefined
}>

export function createSightings(most = 200_000): Sightings {
  const times = new Map<Lfdi, number>()
  return {
    note: (lfdi, now) => {
      if (times.size >= most && !times.has(lfdi)) times.clear()
      times.set(lfdi, now)
    },
    of: (lfdi) => times.get(lfdi),
  }
}
