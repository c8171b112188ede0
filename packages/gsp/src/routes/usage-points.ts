import {
  MeterReading,
  MeterReadingList,
  Reading,
  ReadingList,
  ReadingSet,
  ReadingSetList,
  ReadingType,
  UsagePoint,
  UsagePointList,
} from '@gridloom/sep2030'
import { scopeOf, type Target } from '../domain/access.ts'
import { hrefs } from '../domain/hrefs.ts'
import { mirroredRoleFlags } from '../domain/metering.ts'
import type { Recorder } from '../store/recorder.ts'
import type { Row } from '../store/row.ts'
import { countOf, plainView, rowsShown } from './list.ts'
import { found, ownedBy } from './visit-rules.ts'
import { shown, type Visit, type Wire } from './wire.ts'

/** The read side of what was mirrored: usage point, meter reading, reading set, reading. */
export function usagePointRoutes(wire: Wire): void {
  const usagePoint = `${hrefs.usagePoints}/:mirror`
  wire.serve({
    path: hrefs.usagePoints,
    target: () => ({ kind: 'usagePoints' }),
    GET: async (visit) => {
      const scope = found(visit, scopeOf(visit.caller))
      return rowsShown(wire, visit, {
        element: UsagePointList,
        query: { kind: 'MirrorUsagePoint', parent: hrefs.mirrors, scope },
        view: (row) => usagePointView(row, visit.read),
      })
    },
  })
  wire.serve({
    path: usagePoint,
    target: ofOwnMirror,
    GET: async (visit) => shown(UsagePoint, await usagePointView(found(visit, await mirrorOf(visit)), visit.read)),
  })
  serveMeterReadings(wire, `${usagePoint}/mr`)
  serveReadingSets(wire, `${usagePoint}/mr/:meterReading/rs`)
}

function serveMeterReadings(wire: Wire, path: string): void {
  wire.serve({
    path,
    target: ofOwnMirror,
    GET: (visit) =>
      rowsShown(wire, visit, {
        element: MeterReadingList,
        query: { kind: 'MirrorMeterReading', parent: visit.path },
        view: (row) => meterReadingView(row, visit.read),
      }),
  })
  wire.serve({
    path: `${path}/:meterReading`,
    target: ofOwnMirror,
    GET: async (visit) => {
      const series = found(visit, await visit.read.get('MirrorMeterReading', visit.path))
      return shown(MeterReading, await meterReadingView(series, visit.read))
    },
  })
  wire.serve({
    path: hrefs.readingType(`${path}/:meterReading`),
    target: ofOwnMirror,
    GET: async (visit) => {
      const series = await visit.read.get('MirrorMeterReading', visit.path.slice(0, -'/rt'.length))
      return shown(ReadingType, { ...found(visit, series?.body.ReadingType), href: visit.path })
    },
  })
}

function serveReadingSets(wire: Wire, path: string): void {
  wire.serve({
    path,
    target: ofOwnMirror,
    GET: (visit) =>
      rowsShown(wire, visit, {
        element: ReadingSetList,
        query: { kind: 'ReadingSet', parent: visit.path },
        view: (row) => readingSetView(row, visit.read),
      }),
  })
  wire.serve({
    path: `${path}/:set`,
    target: ofOwnMirror,
    GET: async (visit) =>
      shown(ReadingSet, await readingSetView(found(visit, await visit.read.get('ReadingSet', visit.path)), visit.read)),
  })
  wire.serve({
    path: hrefs.readings(`${path}/:set`),
    target: ofOwnMirror,
    GET: (visit) =>
      rowsShown(wire, visit, {
        element: ReadingList,
        query: { kind: 'Reading', parent: visit.path },
        view: plainView,
      }),
  })
  wire.serve({
    path: `${hrefs.readings(`${path}/:set`)}/:reading`,
    target: ofOwnMirror,
    GET: async (visit) => {
      const { href, body } = found(visit, await visit.read.get('Reading', visit.path))
      return shown(Reading, { ...body, href })
    },
  })
}

function mirrorOf({ params, read }: Visit): Promise<Row<'MirrorUsagePoint'> | undefined> {
  return read.get('MirrorUsagePoint', `${hrefs.mirrors}/${params['mirror']}`)
}

async function ofOwnMirror(visit: Visit): Promise<Target> {
  return ownedBy(visit, await mirrorOf(visit))
}

async function usagePointView({ href, body }: Row<'MirrorUsagePoint'>, read: Recorder): Promise<UsagePoint> {
  const { postRate: _postRate, ...usagePoint } = body
  const parent = hrefs.meterReadings(href)
  return {
    ...usagePoint,
    href: hrefs.usagePoint(href),
    roleFlags: mirroredRoleFlags(body.roleFlags),
    MeterReadingListLink: { href: parent, all: await countOf(read, { kind: 'MirrorMeterReading', parent }) },
  }
}

async function meterReadingView({ href, body }: Row<'MirrorMeterReading'>, read: Recorder): Promise<MeterReading> {
  const { ReadingType: _type, ...meterReading } = body
  const sets = hrefs.readingSets(href)
  const latest = await latestOf(sets, read)
  return {
    ...meterReading,
    href,
    ...(latest && { ReadingLink: { href: latest } }),
    ReadingSetListLink: { href: sets, all: await countOf(read, { kind: 'ReadingSet', parent: sets }) },
    ReadingTypeLink: { href: hrefs.readingType(href) },
  }
}

/** The last reading of the newest set. */
async function latestOf(sets: string, read: Recorder): Promise<string | undefined> {
  const newest = await read.page({ kind: 'ReadingSet', parent: sets, limit: 1 })
  const [set] = newest.rows
  if (!set) return undefined
  const readings = { kind: 'Reading', parent: hrefs.readings(set.href) } as const
  const count = await countOf(read, readings)
  const last = await read.page({ ...readings, start: Math.max(0, count - 1), limit: 1 })
  return last.rows[0]?.href
}

async function readingSetView({ href, body }: Row<'ReadingSet'>, read: Recorder): Promise<ReadingSet> {
  const parent = hrefs.readings(href)
  return { ...body, href, ReadingListLink: { href: parent, all: await countOf(read, { kind: 'Reading', parent }) } }
}
