import { responseName, type FleetEvent, type GridSummary } from '@gridloom/contracts'

/** Counts what happened in a run. */
export type Tally = Readonly<{ count(event: FleetEvent): void; summary(seconds: number): GridSummary }>

export function createTally(): Tally {
  const devices = new Set<string>()
  const controls = new Set<string>()
  const responses = new Map<string, number>()
  return {
    count(event) {
      devices.add(event.lfdi)
      if (event.event !== 'control') return
      controls.add(event.mRID)
      const name = responseName(event.status)
      responses.set(name, (responses.get(name) ?? 0) + 1)
    },
    summary: (seconds) => ({
      event: 'summary',
      seconds: Math.round(seconds * 10) / 10,
      devices: devices.size,
      controls: controls.size,
      responses: Object.fromEntries(responses),
    }),
  }
}
