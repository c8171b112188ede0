import { blocked, distrusted, suspect, type Standing } from '@gridloom/kit'

/** What the GSP does about one party (trust.md §5); nothing below level 2. */
export type Enforcement = Readonly<{
  /** Since when what it said of itself is to be read back. */
  readBackSince?: number
  /** Since when no new event reaches it and nothing is granted to it. */
  holdSince?: number
  /** Its sessions are refused. */
  isDenied: boolean
}>

export const unimpeded: Enforcement = { isDenied: false }

/** What is to be done about each party that is not to be trusted, by its LFDI: of a fleet of so many devices. */
export function enforcementsOf(standings: readonly Standing[], devices: number): ReadonlyMap<string, Enforcement> {
  const concerning = standings.filter(({ level, subject }) => level >= suspect && partyOf(subject) !== undefined)
  const denied = deniedAmong(concerning, devices)
  const enforcements = new Map<string, Enforcement>()
  for (const standing of concerning) {
    const party = partyOf(standing.subject) ?? ''
    enforcements.set(party, joined(enforcements.get(party), enforcementOf(standing, denied.has(standing.subject))))
  }
  return enforcements
}

/** The party that a subject belongs to: itself, or the DCM before a DER; a link is nobody. */
export function partyOf(subject: string): string | undefined {
  return /^([0-9A-F]{40})(?:\/der\/\d+)?$/.exec(subject)?.[1]
}

/** The party at the other end of a link of ours. */
export function linkedTo(subject: string, self: string): string | undefined {
  const ends = subject.split('~')
  return ends.length === 2 && ends.includes(self) ? ends.find((end) => end !== self) : undefined
}

/**
 * The longest blocked, as many as may be refused at once: at most a fifth of the devices, or four of a small fleet. Whoever is
 * beyond that only gets no new events: a DTM that is wrong about many must never cut many off.
 */
function deniedAmong(standings: readonly Standing[], devices: number): ReadonlySet<string> {
  const deniable = standings.filter(
    ({ level, held, subject }) => level >= blocked && !held && partyOf(subject) === subject,
  )
  const most = Math.max(fewDevices, Math.floor(devices * mostShare))
  const eldest = deniable.toSorted((a, b) => a.since - b.since || a.seq - b.seq).slice(0, most)
  return new Set(eldest.map(({ subject }) => subject))
}

const mostShare = 0.2
const fewDevices = 4

function enforcementOf({ level, since, distrustedSince }: Standing, isDenied: boolean): Enforcement {
  return { readBackSince: since, ...(level >= distrusted && { holdSince: distrustedSince ?? since }), isDenied }
}

function joined(a: Enforcement = unimpeded, b: Enforcement): Enforcement {
  const readBackSince = latest(a.readBackSince, b.readBackSince)
  const holdSince = earliest(a.holdSince, b.holdSince)
  return {
    ...(readBackSince !== undefined && { readBackSince }),
    ...(holdSince !== undefined && { holdSince }),
    isDenied: a.isDenied || b.isDenied,
  }
}

function latest(...times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined)
  return known.length > 0 ? Math.max(...known) : undefined
}

function earliest(...times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined)
  return known.length > 0 ? Math.min(...known) : undefined
}
