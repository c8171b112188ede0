import { responseName, type GridEvent, type GridSummary } from '@gridloom/contracts'

/** Counts what happened in a run. */
export type Tally = Readonly<{ count(event: GridEvent): void; summary(seconds: number): GridSummary }>

export function createTally(): Tally {
  const devices = new Set<string>()
  const controls = new Set<string>()
  const responses = new Map<string, number>()
  const matches = new Set<number>()
  const distrusted = new Set<string>()
  return {
    count(event) {
      switch (event.event) {
        case 'trust':
          if (event.level >= 2) distrusted.add(event.name)
          return
        case 'trade':
          matches.add(event.match)
          return
        case 'device':
          devices.add(event.lfdi)
          return
        case 'control': {
          devices.add(event.lfdi)
          controls.add(event.mRID)
          const name = responseName(event.status)
          responses.set(name, (responses.get(name) ?? 0) + 1)
          return
        }
        default:
          event satisfies never
      }
    },
    summary: (seconds) => ({
      event: 'summary',
      seconds: Math.round(seconds * 10) / 10,
      devices: devices.size,
      controls: controls.size,
      responses: Object.fromEntries(responses),
      trades: matches.size,
      distrusted: [...distrusted].toSorted(),
    }),
  }
}
