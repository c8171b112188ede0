import { CtsPositions, PlacedDevices, RegionDetail, RegionList, TrustSubject } from '@gridloom/contracts'
import type { Logger } from '@gridloom/kit'
import { z } from 'zod'
import type { Config } from '../config.ts'
import type { Der } from '../domain/knowledge/der.ts'
import { envelopeOf } from '../domain/knowledge/envelope.ts'
import type { Known } from '../domain/knowledge/known.ts'
import type { Peer } from '../links/peer.ts'

type Side = 'dtm' | 'tracker' | 'market' | 'environment'

/** What actors beside the GSP know of DERs. Who is away is asked again, and his last word holds. */
export type Sides = Readonly<{
  refresh(now: number, signal: AbortSignal): Promise<void>
  of(der: Der): Pick<Known, 'trust' | 'envelope' | 'positionWh' | 'region'>
}>

export type SidesOptions = Readonly<{
  peers: Readonly<Partial<Record<Side, Peer>>>
  config: Pick<Config, 'market' | 'envelope'>
  log: Logger
}>

export function createSides({ peers, config, log }: SidesOptions): Sides {
  const trust = new Map<string, Known['trust']>()
  const regions = new Map<string, string>()
  const positions = new Map<string, number>()
  const volts = new Map<string, number>()
  const away = new Set<Side>()

  const readers: Readonly<Record<Side, (peer: Peer, now: number, signal: AbortSignal) => Promise<void>>> = {
    async dtm(peer, _now, signal) {
      const subjects = await peer.get('/dtm/subjects', z.array(TrustSubject), signal)
      for (const [lfdi, worst] of worstOf(subjects)) trust.set(lfdi, worst)
    },
    async tracker(peer, _now, signal) {
      const list = await peer.get('/regions', RegionList, signal)
      for (const { region } of list.regions) {
        const { peers: members } = await peer.get(`/regions/${region}`, RegionDetail, signal)
        for (const { name, id } of members) for (const key of [name, id]) regions.set(key.toUpperCase(), String(region))
      }
    },
    async market(peer, now, signal) {
      const { marketId = '', parties = {} } = config.market ?? {}
      const answer = await peer.get(`/ma/${encodeURIComponent(marketId)}/positions`, CtsPositions, signal)
      const lfdiOf = (partyId: string): string => (parties[partyId] ?? partyId).toUpperCase()
      const running = runningPositions(answer.positions, now)
      positions.clear()
      for (const { partyId, quantity } of running) positions.set(lfdiOf(partyId), quantity)
    },
    async environment(peer, _now, signal) {
      const { devices } = await peer.get('/devices', PlacedDevices, signal)
      for (const device of devices) volts.set(device.lfdi, device.volts)
    },
  }

  return {
    async refresh(now, signal) {
      for (const side of sides) {
        const peer = peers[side]
        if (!peer) continue
        try {
          await readers[side](peer, now, signal)
          if (away.delete(side)) log.info({ actor: side }, 'actor is back')
        } catch (err) {
          if (signal.aborted) return
          if (!away.has(side)) log.warn({ err, actor: side }, 'actor not reached, its last word holds')
          away.add(side)
        }
      }
    },
    of(der) {
      const at = volts.get(der.lfdi)
      const positionWh = positions.get(der.lfdi)
      const region = regions.get(der.lfdi)
      const envelope = at === undefined ? undefined : envelopeOf(der, at, config.envelope)
      return {
        trust: trust.get(der.lfdi) ?? der.trust,
        ...(envelope && { envelope }),
        ...(positionWh !== undefined && { positionWh }),
        ...(region !== undefined && { region }),
      }
    },
  }
}

const sides = ['dtm', 'tracker', 'market', 'environment'] as const satisfies readonly Side[]

/** A DCM is trusted as far as the worse of itself and its DER. */
function worstOf(subjects: readonly TrustSubject[]): ReadonlyMap<string, Known['trust']> {
  const worst = new Map<string, Known['trust']>()
  for (const { id, role, vector } of subjects) {
    if (role !== 'DCM' && role !== 'DER') continue
    const lfdi = id.slice(0, 40)
    const known = worst.get(lfdi) ?? { level: 0, Te: 1 }
    worst.set(lfdi, { level: Math.max(known.level, vector.level), Te: Math.min(known.Te, vector.Te) })
  }
  return worst
}

type Position = z.infer<typeof CtsPositions>['positions'][number]

/** Of each party that which began last. */
function runningPositions(positions: readonly Position[], now: number): readonly Position[] {
  const latest = new Map<string, Position>()
  for (const position of positions) {
    const known = latest.get(position.partyId)
    if (position.dtStart <= now && (!known || known.dtStart < position.dtStart)) latest.set(position.partyId, position)
  }
  return [...latest.values()]
}
