import type { DerTerms, DeviceSurvey, Group, ResponseEntry } from '@gridloom/contracts'
import { derOf, type Der } from '../domain/knowledge/der.ts'
import { emptyHistory, remembered, type History } from '../domain/knowledge/history.ts'
import type { Known } from '../domain/knowledge/known.ts'
import type { Gsp } from '../links/gsp.ts'
import type { KeptDer, ServiceStore } from '../store/services.ts'
import type { Sides } from './sides.ts'

/** All DERs as they are known at the moment, and what is remembered of them. */
export type Fleet = Readonly<{
  /** Reads the fleet at the GSP; rejects when that is away, and all stays as it was known. */
  refresh(now: number, signal: AbortSignal): Promise<void>
  known(): ReadonlyMap<string, Known>
  histories(): ReadonlyMap<string, History>
  groups(): readonly Group[]
  /** A group by its number, name or mRID. */
  groupAt(where: string): Group | undefined
  /** Devices at a place: a group, a connection point or one device; undefined when there is no such place. */
  membersAt(where: string): readonly string[] | undefined
  agree(lfdi: string, terms: DerTerms): Promise<void>
  count(lfdi: string, what: Partial<Pick<KeptDer, 'asked' | 'followed' | 'dropped' | 'usedWh'>>): void
  save(): Promise<void>
}>

export type FleetOptions = Readonly<{
  gsp: Gsp
  store: ServiceStore
  sides: Sides
  /** Whether an order of ours ruled a DER at a moment. */
  wasMoved: (lfdi: string, time: number) => boolean
  /** Readings this far back are read at the start. */
  beforeSeconds: number
}>

const fresh: KeptDer = { terms: {}, usedWh: 0, asked: 0, followed: 0, dropped: 0, quarters: [] }
// a reading may come so long after its interval, from a device that was away
const lateSeconds = 300

export function createFleet({ gsp, store, sides, wasMoved, beforeSeconds }: FleetOptions): Fleet {
  const kept = new Map(store.ders())
  const histories = new Map<string, History>()
  for (const [lfdi, { quarters }] of kept) histories.set(lfdi, { recent: [], quarters: new Map(quarters) })
  let ders: ReadonlyMap<string, Readonly<{ der: Der; responses: readonly ResponseEntry[] }>> = new Map()
  let groups: readonly Group[] = []
  let readAt: number | undefined
  const groupAt = (where: string): Group | undefined =>
    groups.find(({ id, name, mRID }) => [id, name, mRID].includes(where))
  const keptOf = (lfdi: string): KeptDer => kept.get(lfdi) ?? fresh

  const learn = ({ device, power }: DeviceSurvey): void => {
    const readings = power
      .flatMap(({ time, duration, value }) =>
        time === undefined || !duration ? [] : [{ start: time, seconds: duration, watts: value }],
      )
      .toReversed()
      .map((reading) => ({ ...reading, isMoved: wasMoved(device.lfdi, reading.start + reading.seconds / 2) }))
    histories.set(device.lfdi, remembered(histories.get(device.lfdi) ?? emptyHistory, readings))
  }

  return {
    async refresh(now, signal) {
      const surveys = await gsp.survey(readAt === undefined ? now - beforeSeconds : readAt - lateSeconds, signal)
      groups = await gsp.groups()
      for (const survey of surveys) learn(survey)
      ders = new Map(
        surveys.flatMap(({ device, responses }) => {
          const der = device.enabled ? derOf(device) : undefined
          return der ? [[der.lfdi, { der, responses }]] : []
        }),
      )
      readAt = now
    },
    known: () =>
      new Map(
        [...ders].map(([lfdi, { der, responses }]) => {
          const { terms, usedWh, asked, followed, dropped } = keptOf(lfdi)
          const history = histories.get(lfdi) ?? emptyHistory
          const counts = { asked, followed, dropped }
          return [lfdi, { der, history, responses, terms, usedWh, counts, ...sides.of(der, readAt ?? 0) }]
        }),
      ),
    histories: () => histories,
    groups: () => groups,
    groupAt,
    membersAt(where) {
      const all = [...ders.values()].map(({ der }) => der)
      const lfdi = sides.lfdiOf(where)
      if (ders.has(lfdi)) return [lfdi]
      const there = all.filter((der) => der.connectionPointId === where || der.groupKeys.includes(where))
      return groupAt(where) || there.length > 0 ? there.map((der) => der.lfdi) : undefined
    },
    async agree(lfdi, terms) {
      kept.set(lfdi, { ...keptOf(lfdi), terms })
      await store.saveDers(new Map([[lfdi, keptOf(lfdi)]]))
    },
    count(lfdi, what) {
      const known = keptOf(lfdi)
      const sums = Object.entries(what).map(([name, more]) => [name, known[name as keyof typeof what] + more])
      kept.set(lfdi, { ...known, ...Object.fromEntries(sums) })
    },
    async save() {
      for (const [lfdi, { quarters }] of histories) kept.set(lfdi, { ...keptOf(lfdi), quarters: [...quarters] })
      await store.saveDers(kept)
    },
  }
}
