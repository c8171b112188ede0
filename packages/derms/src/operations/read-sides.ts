import {
  CtsPositions,
  MarketReference,
  PlacedDevices,
  RegionDetail,
  RegionList,
  ScheduledDevices,
  ScheduleForecast,
  TrustSubject,
} from '@gridloom/contracts'
import { z } from 'zod'
import type { Commitments, Position } from '../domain/knowledge/expected.ts'
import type { Known } from '../domain/knowledge/known.ts'
import type { Peer } from '../links/peer.ts'

type LfdiOf = (name: string) => string

/** A DCM is trusted as far as the worse of itself and its DER. */
export async function readTrust(peer: Peer, signal: AbortSignal): Promise<ReadonlyMap<string, Known['trust']>> {
  const subjects = await peer.get('/dtm/subjects', z.array(TrustSubject), signal)
  const worst = new Map<string, Known['trust']>()
  for (const { id, role, vector } of subjects) {
    if (role !== 'DCM' && role !== 'DER') continue
    const lfdi = id.slice(0, 40)
    const known = worst.get(lfdi) ?? { level: 0, Te: 1 }
    worst.set(lfdi, { level: Math.max(known.level, vector.level), Te: Math.min(known.Te, vector.Te) })
  }
  return worst
}

/** The region of each peer, by its name. */
export async function readRegions(
  peer: Peer,
  lfdiOf: LfdiOf,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  const list = await peer.get('/regions', RegionList, signal)
  for (const { region } of list.regions) {
    const { peers } = await peer.get(`/regions/${region}`, RegionDetail, signal)
    for (const { name } of peers) found.set(lfdiOf(name), String(region))
  }
  return found
}

export type MarketQuery = Readonly<{ marketId: string; lfdiOf: LfdiOf; now: number }>

/** What each party sold or bought for the running interval and those to come. */
export async function readMarket(
  peer: Peer,
  { marketId, lfdiOf, now }: MarketQuery,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly Position[]>> {
  const path = `/ma/${encodeURIComponent(marketId)}`
  const { intervalSeconds: seconds, quantityScale } = await peer.get(`${path}/reference`, MarketReference, signal)
  const { positions } = await peer.get(`${path}/positions`, CtsPositions, signal)
  const ahead = positions.filter(({ dtStart }) => dtStart + seconds > now).toSorted((a, b) => a.dtStart - b.dtStart)
  const perParty = Map.groupBy(ahead, ({ partyId }) => lfdiOf(partyId))
  // what is bought is drawn
  const powerOf = (quantity: number): number => (-quantity * 10 ** quantityScale * 3600) / seconds
  return new Map(
    [...perParty].map(([lfdi, own]) => [
      lfdi,
      own.map(({ dtStart, quantity }) => ({ start: dtStart, seconds, W: powerOf(quantity) })),
    ]),
  )
}

export type ScheduleQuery = Readonly<{ lfdiOf: LfdiOf; from: number; to: number }>

/** What decides over each device that a scheduling service drives, and its set points to come. */
export async function readSchedules(
  peer: Peer,
  { lfdiOf, from, to }: ScheduleQuery,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Pick<Commitments, 'schedules' | 'plan'>>> {
  const found = new Map<string, Pick<Commitments, 'schedules' | 'plan'>>()
  const { devices } = await peer.get('/scheduling/devices', ScheduledDevices, signal)
  const span = `from=${Math.floor(from)}&to=${Math.ceil(to)}`
  for (const { name, quantities, outputs } of devices) {
    const schedules = outputs.map(({ quantity, value, source, priority }) => ({ quantity, value, source, priority }))
    const path = `/scheduling/devices/${encodeURIComponent(name)}/ActPow/forecast?${span}`
    const forecast = quantities.includes('ActPow') ? await peer.get(path, ScheduleForecast, signal) : undefined
    const plan = forecast?.changes.map(({ at, value }) => ({ at, W: typeof value === 'number' ? value : null }))
    found.set(lfdiOf(name), { schedules, ...(plan && { plan }) })
  }
  return found
}

/** Where a device stands on the modelled feeder. */
export type Place = Readonly<{ name: string; volts: number; nominalVolts: number; hertz: number }>

export async function readPlaces(peer: Peer, signal: AbortSignal): Promise<ReadonlyMap<string, Place>> {
  const { devices } = await peer.get('/devices', PlacedDevices, signal)
  return new Map(
    devices.map(({ lfdi, name, volts, nominalVolts, hertz }) => [lfdi, { name, volts, nominalVolts, hertz }]),
  )
}
