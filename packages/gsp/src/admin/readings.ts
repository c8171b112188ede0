import {
  pageOf,
  PageQuery,
  ReadingHistory,
  ReadingQuery,
  UsagePoint,
  type ReadingPoint,
  type ReadingSeries,
} from '@gridloom/contracts'
import type { JsonApp } from '@gridloom/kit'
import { seconds, SepError, unscaled } from '@gridloom/sep2030'
import { z } from 'zod'
import { hrefs } from '../domain/hrefs.ts'
import { removalOfMirror } from '../store/devices.ts'
import type { Row } from '../store/row.ts'
import type { AdminContext } from './context.ts'
import { deviceBy, idOf } from './lookup.ts'

const params = z.object({ device: z.string().describe('number or LFDI') })
const one = params.extend({ usagePoint: z.string(), series: z.string() })

/** What devices metered: their usage points, the newest value of each series, and what came before it. */
export function readingRoutes(app: JsonApp, context: AdminContext): void {
  const { store } = context
  const tags = ['readings']
  const path = '/devices/:device/usage-points'

  app.get(
    path,
    {
      schema: {
        tags,
        summary: 'Usage points with the newest readings',
        params,
        querystring: PageQuery,
        response: { 200: pageOf(UsagePoint) },
      },
    },
    async ({ params: { device }, query: { start, limit } }) => {
      const mirrors = await mirrorsOf(context, await deviceBy(store, device))
      const page = mirrors.slice(start, start + limit)
      return { all: mirrors.length, items: await Promise.all(page.map((mirror) => usagePointView(context, mirror))) }
    },
  )
  app.delete(
    path,
    { schema: { tags, summary: 'Remove all usage points with their readings', params, response: { 204: z.null() } } },
    async ({ params: { device } }, reply) => {
      const mirrors = await mirrorsOf(context, await deviceBy(store, device))
      await store.write(mirrors.flatMap(({ href }) => removalOfMirror(href)))
      return reply.code(204).send(null)
    },
  )
  app.delete(
    `${path}/:usagePoint`,
    {
      schema: {
        tags,
        summary: 'Remove a usage point with its readings',
        params: params.extend({ usagePoint: z.string() }),
        response: { 204: z.null() },
      },
    },
    async ({ params: { device, usagePoint } }, reply) => {
      const mirrors = await mirrorsOf(context, await deviceBy(store, device))
      const mirror = mirrors.find(({ href }) => idOf(href) === usagePoint)
      if (!mirror) throw new SepError('missing', `no usage point "${usagePoint}" of device "${device}"`)
      await store.write(removalOfMirror(mirror.href))
      return reply.code(204).send(null)
    },
  )
  app.get(
    `${path}/:usagePoint/series/:series`,
    {
      schema: {
        tags,
        summary: 'Readings of a series, newest first',
        params: one,
        querystring: ReadingQuery,
        response: { 200: ReadingHistory },
      },
    },
    async ({ params: { device, usagePoint, series: id }, query: { after, limit } }) => {
      const mirrors = await mirrorsOf(context, await deviceBy(store, device))
      const mirror = mirrors.find(({ href }) => idOf(href) === usagePoint)
      const series = mirror && (await store.get('MirrorMeterReading', `${hrefs.meterReadings(mirror.href)}/${id}`))
      if (!series) throw new SepError('missing', `no series "${usagePoint}/${id}" of device "${device}"`)
      return { series: await seriesView(context, series), items: await readingsOf(context, series, { after, limit }) }
    },
  )
}

const activePower = 38

/** The newest readings of a device's active power, from whichever of its usage points meters it. */
export async function powerOf(context: AdminContext, device: Row<'EndDevice'>, which: Which): Promise<ReadingPoint[]> {
  for (const { href } of await mirrorsOf(context, device)) {
    const { rows } = await context.store.page({ kind: 'MirrorMeterReading', parent: hrefs.meterReadings(href) })
    const series = rows.find(({ body }) => body.ReadingType?.uom === activePower)
    if (series) return readingsOf(context, series, which)
  }
  return []
}

type MirrorRow = Row<'MirrorUsagePoint'>
type SeriesRow = Row<'MirrorMeterReading'>

async function mirrorsOf(
  { store }: AdminContext,
  { scope, body: { lFDI } }: Row<'EndDevice'>,
): Promise<readonly MirrorRow[]> {
  const { rows } = await store.page({
    kind: 'MirrorUsagePoint',
    parent: hrefs.mirrors,
    ...(scope !== undefined && { scope }),
  })
  return rows.filter(({ body }) => body.deviceLFDI.toUpperCase() === lFDI)
}

async function usagePointView(context: AdminContext, { href, body }: MirrorRow): Promise<UsagePoint> {
  const { mRID, description, roleFlags } = body
  const { rows } = await context.store.page({ kind: 'MirrorMeterReading', parent: hrefs.meterReadings(href) })
  return {
    id: idOf(href),
    mRID,
    ...(description !== undefined && { description }),
    roleFlags,
    series: await Promise.all(rows.map((row) => seriesView(context, row))),
  }
}

async function seriesView(context: AdminContext, row: SeriesRow): Promise<ReadingSeries> {
  const { mRID, description, ReadingType: type } = row.body
  const [latest] = await readingsOf(context, row, { limit: 1 })
  const unit = type?.uom === undefined ? undefined : units[type.uom]
  return {
    id: idOf(row.href),
    mRID,
    ...(description !== undefined && { description }),
    ...(type?.uom !== undefined && { uom: type.uom }),
    ...(unit !== undefined && { unit }),
    ...(type?.kind !== undefined && { kind: type.kind }),
    ...(type?.dataQualifier !== undefined && { dataQualifier: type.dataQualifier }),
    ...(type?.flowDirection !== undefined && { flowDirection: type.flowDirection }),
    ...(type?.phase !== undefined && { phase: type.phase }),
    ...(latest && { latest }),
  }
}

const units: Readonly<Record<number, string>> = {
  5: 'A',
  23: '°C',
  29: 'V',
  33: 'Hz',
  38: 'W',
  61: 'VA',
  63: 'var',
  72: 'Wh',
  73: 'varh',
}

type Which = Readonly<{ after?: number | undefined; limit: number }>

/** The newest readings of a series: sets are kept newest first, the readings inside one are not. */
async function readingsOf(
  { store }: AdminContext,
  { href, body }: SeriesRow,
  { after, limit }: Which,
): Promise<ReadingPoint[]> {
  const points: ReadingPoint[] = []
  const multiplier = body.ReadingType?.powerOfTenMultiplier ?? 0
  for (let start = 0; points.length < limit; start += setsPerPage) {
    const { rows } = await store.page({
      kind: 'ReadingSet',
      parent: hrefs.readingSets(href),
      start,
      limit: setsPerPage,
    })
    for (const set of rows) {
      const readings = await store.page({ kind: 'Reading', parent: hrefs.readings(set.href) })
      const ofSet = readings.rows
        .map((row) => pointOf(row, multiplier))
        .filter(({ time = 0 }) => after === undefined || time > after)
      points.push(...ofSet.toSorted((a, b) => (b.time ?? 0) - (a.time ?? 0)))
    }
    if (rows.length < setsPerPage || isOlder(rows.at(-1), after)) break
  }
  return points.slice(0, limit)
}

const setsPerPage = 50

function isOlder(set: Row<'ReadingSet'> | undefined, after: number | undefined): boolean {
  if (!set || after === undefined) return false
  const { start, duration } = set.body.timePeriod
  return seconds(start) + duration <= after
}

function pointOf({ time, body }: Row<'Reading'>, multiplier: number): ReadingPoint {
  const { timePeriod, value, qualityFlags } = body
  return {
    ...(time !== undefined && { time }),
    ...(timePeriod && { duration: timePeriod.duration }),
    value: unscaled({ multiplier, value: Number(value ?? 0) }),
    ...(qualityFlags !== undefined && { quality: qualityFlags }),
  }
}
