import { blocked, distrusted, suspect, type Standing } from '@gridloom/kit'

/** How a DCM takes what its server says, and how it treats its own device (trust.md §5). */
export type Posture = Readonly<{
  /** follow: all; check: compared with the local limits and logged; guard: refused outside of them; local: not followed at all. */
  server: 'follow' | 'check' | 'guard' | 'local'
  /** The device stays on its default control. */
  isOnDefault: boolean
}>

type Parties = Readonly<{
  self: string
  /** The server it speaks with; unknown before the first handshake: then any server's standing counts. */
  server: string | undefined
}>

const trusting: Posture = { server: 'follow', isOnDefault: false }

export function postureOf(standings: readonly Standing[], { self, server }: Parties): Posture {
  if (standings.length === 0) return trusting
  const isServer = ({ role, subject }: Standing): boolean => role === 'GSP' && !subject.includes('~')
  const servers = standings.filter((one) => isServer(one) && one.subject === (server ?? one.subject))
  const ders = standings.filter(({ subject }) => subject.startsWith(`${self}/der/`))
  return { server: wordFor(worst(servers)), isOnDefault: worst(ders) >= distrusted }
}

/** What a changed standing asks of the DCM that it is about, beside its posture. */
export type Errand = 'resync' | 'reconnect'

/** A DCM or DER that is watched tells its state anew; at 3 or more nobody is warned. A link shakes hands anew from 2 on. */
export function errandOf({ subject, level }: Standing, { self, server }: Parties): Errand | undefined {
  const isOwn = subject === self || subject.startsWith(`${self}/der/`)
  if (isOwn) return level === suspect || level === suspect - 1 ? 'resync' : undefined
  const ends = subject.split('~')
  const isLink = ends.length === 2 && ends.includes(self) && (server === undefined || ends.includes(server))
  return isLink && level >= suspect ? 'reconnect' : undefined
}

function worst(standings: readonly Standing[]): number {
  return Math.max(0, ...standings.map(({ level }) => level))
}

function wordFor(level: number): Posture['server'] {
  if (level >= blocked) return 'local'
  if (level >= distrusted) return 'guard'
  return level >= suspect ? 'check' : 'follow'
}
