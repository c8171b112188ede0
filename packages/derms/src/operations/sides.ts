import type { Logger } from '@gridloom/kit'
import type { Config } from '../config.ts'
import type { Der } from '../domain/knowledge/der.ts'
import { envelopeOf } from '../domain/knowledge/envelope.ts'
import type { Commitments } from '../domain/knowledge/expected.ts'
import type { Known } from '../domain/knowledge/known.ts'
import type { Peer } from '../links/peer.ts'
import { readMarket, readPlaces, readRegions, readSchedules, readTrust, type Place } from './read-sides.ts'

type Side = 'dtm' | 'tracker' | 'market' | 'scheduler' | 'environment'

/** What actors beside the GSP know of DERs. Who is away is asked again, and his last word holds. */
export type Sides = Readonly<{
  /** The LFDI of a device by its name, or the LFDI itself in capitals. */
  lfdiOf(name: string): string
  /** Asks those whose turn it is. */
  refresh(now: number, signal: AbortSignal): Promise<void>
  of(
    der: Der,
    now: number,
  ): Commitments & Pick<Known, 'trust' | 'envelope' | 'positionWh' | 'region' | 'name' | 'hertz'>
}>

export type SidesOptions = Readonly<{
  peers: Readonly<Partial<Record<Side, Peer>>>
  config: Pick<
    Config,
    'market' | 'envelope' | 'names' | 'sideSeconds' | 'silentSeconds' | 'horizonSteps' | 'stepSeconds'
  >
  log: Logger
}>

export function createSides({ peers, config, log }: SidesOptions): Sides {
  const { names, sideSeconds, horizonSteps, stepSeconds } = config
  let trust: ReadonlyMap<string, Known['trust']> = new Map()
  let regions: ReadonlyMap<string, string> = new Map()
  let positions: ReadonlyMap<string, NonNullable<Commitments['positions']>> = new Map()
  let schedules: ReadonlyMap<string, Pick<Commitments, 'schedules' | 'plan'>> = new Map()
  let places: ReadonlyMap<string, Place> = new Map()
  const nameOf = new Map(Object.entries(names).map(([name, lfdi]) => [lfdi.toUpperCase(), name]))
  const away = new Set<Side>()
  const heardAt = new Map<Side, number>()
  const dueAt = new Map<Side, number>()
  const lfdiOf = (name: string): string => (names[name] ?? name).toUpperCase()

  const readers: Readonly<Record<Side, (peer: Peer, now: number, signal: AbortSignal) => Promise<void>>> = {
    async dtm(peer, _now, signal) {
      trust = await readTrust(peer, signal)
    },
    async tracker(peer, _now, signal) {
      regions = await readRegions(peer, lfdiOf, signal)
    },
    async market(peer, now, signal) {
      positions = await readMarket(peer, { marketId: config.market?.marketId ?? '', lfdiOf, now }, signal)
    },
    async scheduler(peer, now, signal) {
      schedules = await readSchedules(peer, { lfdiOf, from: now, to: now + horizonSteps * stepSeconds }, signal)
    },
    async environment(peer, _now, signal) {
      places = await readPlaces(peer, signal)
      for (const [lfdi, { name }] of places) if (!nameOf.has(lfdi)) nameOf.set(lfdi, name)
    },
  }

  return {
    lfdiOf,
    async refresh(now, signal) {
      for (const side of sides) {
        const peer = peers[side]
        if (!peer || now < (dueAt.get(side) ?? -Infinity)) continue
        // frequency is looked at with each reading of the fleet
        dueAt.set(side, side === 'environment' ? now : now + sideSeconds)
        try {
          await readers[side](peer, now, signal)
          heardAt.set(side, now)
          if (away.delete(side)) log.info({ actor: side }, 'actor is back')
        } catch (err) {
          if (signal.aborted) return
          if (!away.has(side)) log.warn({ err, actor: side }, 'actor not reached, its last word holds')
          away.add(side)
        }
      }
    },
    of(der, now) {
      const { lfdi } = der
      const place = places.get(lfdi)
      const running = positions.get(lfdi)?.findLast(({ start }) => start <= now)
      const region = regions.get(lfdi)
      const name = nameOf.get(lfdi)
      const envelope = place && envelopeOf(der, place, config.envelope)
      const isFresh = now - (heardAt.get('environment') ?? -Infinity) < config.silentSeconds
      return {
        trust: trust.get(lfdi) ?? der.trust,
        positions: positions.get(lfdi),
        ...schedules.get(lfdi),
        ...(name !== undefined && { name }),
        ...(envelope && { envelope }),
        // a frequency from long ago says nothing
        ...(place && { hertz: isFresh ? place.hertz : Number.NaN }),
        ...(running && { positionWh: (-running.W * running.seconds) / 3600 }),
        ...(region !== undefined && { region }),
      }
    },
  }
}

const sides = ['dtm', 'tracker', 'market', 'scheduler', 'environment'] as const satisfies readonly Side[]
