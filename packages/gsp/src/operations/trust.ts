import type { Standing } from '@gridloom/kit'
import { enforcementsOf, unimpeded, type Enforcement } from '../domain/enforcement.ts'
import { hrefs } from '../domain/hrefs.ts'
import type { Change, ResourceStore } from '../store/resources.ts'
import { keeping, keptStandings } from '../store/standings.ts'

/** The DTM's word on everybody, and what it means for each party: at hand for every request. */
export type Trust = Readonly<{
  /** What is done about the party with this certificate now. */
  of(lfdi: string): Enforcement
  standing(subject: string): Standing | undefined
  standings(): readonly Standing[]
  /** About how many something is done. */
  tally(): Readonly<{ held: number; denied: number }>
  /** Keeps new standings, in one write with what belongs to them; tells about whom something else is done from now on. */
  put(standings: readonly Standing[], beside?: readonly Change[]): Promise<readonly Turn[]>
}>

export type Turn = Readonly<{ lfdi: string; before: Enforcement; after: Enforcement }>

export async function openTrust(store: ResourceStore): Promise<Trust> {
  const fleetSize = async (): Promise<number> =>
    (await store.page({ kind: 'EndDevice', parent: hrefs.endDevices, limit: 0 })).all
  let known = bySubject(await keptStandings(store))
  let enforcements = enforcementsOf([...known.values()], await fleetSize())
  const of = (lfdi: string): Enforcement => enforcements.get(lfdi) ?? unimpeded

  return {
    of,
    standing: (subject) => known.get(subject),
    standings: () => [...known.values()],
    tally() {
      const all = [...enforcements.values()]
      const held = all.filter(({ holdSince }) => holdSince !== undefined).length
      return { held, denied: all.filter(({ isDenied }) => isDenied).length }
    },
    async put(standings, beside = []) {
      const devices = await fleetSize()
      const before = { known, enforcements }
      // in force before it is written: what is made meanwhile from the old is old, and no answer outlives the write
      known = new Map([...known, ...bySubject(standings)])
      enforcements = enforcementsOf([...known.values()], devices)
      try {
        await store.write([...standings.map(keeping), ...beside])
      } catch (error) {
        ;({ known, enforcements } = before)
        throw error
      }
      return turnsBetween(before.enforcements, enforcements)
    },
  }
}

function bySubject(standings: readonly Standing[]): ReadonlyMap<string, Standing> {
  return new Map(standings.map((standing) => [standing.subject, standing]))
}

function turnsBetween(
  before: ReadonlyMap<string, Enforcement>,
  after: ReadonlyMap<string, Enforcement>,
): readonly Turn[] {
  const parties = [...new Set([...before.keys(), ...after.keys()])]
  const of = (enforcements: ReadonlyMap<string, Enforcement>, lfdi: string) => enforcements.get(lfdi) ?? unimpeded
  return parties
    .map((lfdi) => ({ lfdi, before: of(before, lfdi), after: of(after, lfdi) }))
    .filter((turn) => JSON.stringify(turn.before) !== JSON.stringify(turn.after))
}
