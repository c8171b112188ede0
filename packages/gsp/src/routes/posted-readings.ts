import { randomBytes } from 'node:crypto'
import { seconds, SepError, type MirrorMeterReading, type Reading } from '@gridloom/sep2030'
import { derivedMrid } from '../domain/derived-mrid.ts'
import { limitReached } from '../domain/error-document.ts'
import { hrefs } from '../domain/hrefs.ts'
import { changedSeries, readingBlocks, requireReadingType, seriesOf, type ReadingBlock } from '../domain/metering.ts'
import { orderOf } from '../domain/resource-map.ts'
import { sortKey } from '../domain/sort-key.ts'
import { fullMrid, meterReadingKey, newRow } from '../store/new-row.ts'
import { createRetention } from '../store/retention.ts'
import type { Change } from '../store/resources.ts'
import type { Row } from '../store/row.ts'
import { countOf } from './list.ts'
import type { Visit, Wire } from './wire.ts'

/** What a posted meter reading changes, and where its series is. */
type PostedReading = Readonly<{ series: string; changes: readonly Change[] }>

/** Takes the meter readings that come for a mirror, alone, in a list or inside the mirror itself. */
export type TakeReadings = (
  visit: Visit,
  mirror: Readonly<{ href: string; scope?: string }>,
  readings: readonly MirrorMeterReading[],
) => Promise<readonly PostedReading[]>

export function createTakeReadings(wire: Wire): TakeReadings {
  const { limits } = wire.config
  const retainReadings = createRetention({ kind: 'Reading', keep: limits.readingsPerMeter })
  const retainSets = createRetention({ kind: 'ReadingSet', keep: limits.readingSetsPerMeter })

  const take = async (visit: Visit, series: Series, posted: MirrorMeterReading): Promise<PostedReading> => {
    const changes = [...series.changes]
    const blocks = readingBlocks(series.href, posted, { now: visit.now, name: randomName })
    const sets = hrefs.readingSets(series.href)
    for (const block of blocks) {
      await addBlock(wire, visit, block, changes)
      changes.push(...retainReadings(sets, block.readings.length))
      if (block.replaces) changes.push(...retainSets(sets, 1))
    }
    return { series: series.href, changes }
  }

  return async (visit, mirror, readings) => {
    const taken: PostedReading[] = []
    const begun = new Map<string, Series>()
    for (const posted of readings) {
      const series = begun.get(posted.mRID) ?? (await seriesFor(wire, visit, mirror, posted))
      taken.push(await take(visit, series, posted))
      // a series that comes twice in one post begins once
      if (readings.length > 1) begun.set(posted.mRID, { href: series.href, changes: [] })
    }
    return taken
  }
}

const readingOrder = orderOf('Reading')
const randomName = (): string => randomBytes(6).toString('hex')

type Series = Readonly<{ href: string; changes: readonly Change[] }>

/** The series of a meter reading in this mirror, made when it is new; what one party began nobody else takes over. */
async function seriesFor(
  wire: Wire,
  { read }: Visit,
  mirror: Readonly<{ href: string; scope?: string }>,
  posted: MirrorMeterReading,
): Promise<Series> {
  const parent = hrefs.meterReadings(mirror.href)
  const known = await read.find('MirrorMeterReading', meterReadingKey(posted.mRID, parent))
  if (known) {
    const body = changedSeries(known.body, posted)
    return { href: known.href, changes: body ? [{ put: newRow('MirrorMeterReading', known, body) }] : [] }
  }
  const namesakes = await read.page({ kind: 'MirrorMeterReading', keyPrefix: `${fullMrid(posted.mRID)}/` })
  if (namesakes.rows.some((row) => row.scope !== mirror.scope)) {
    throw new SepError('forbidden', `not your meter reading: "${posted.mRID}"`)
  }
  requireReadingType(posted)
  const most = wire.config.limits.meterReadingsPerMirror
  if ((await countOf(read, { kind: 'MirrorMeterReading', parent })) >= most) {
    throw new SepError('invalid', `no more than ${most} meter readings`, { rule: limitReached })
  }
  const href = `${parent}/${await wire.store.nextId(parent)}`
  const row = newRow('MirrorMeterReading', { href, parent, scope: mirror.scope }, seriesOf(posted))
  return { href, changes: [{ create: row }] }
}

async function addBlock(wire: Wire, { read }: Visit, block: ReadingBlock, changes: Change[]): Promise<void> {
  const known = await read.get('ReadingSet', block.href)
  if (known && block.replaces) changes.push({ drop: block.href })
  if (!known || block.replaces) changes.push({ put: setRow(wire, block) })
  for (const { href, reading } of block.readings) changes.push(readingRow(href, block, reading))
}

function setRow({ config }: Wire, { href, period, mRID, description }: ReadingBlock): Row<'ReadingSet'> {
  const parent = href.slice(0, href.lastIndexOf('/'))
  return newRow(
    'ReadingSet',
    { href, parent },
    {
      mRID: mRID ?? derivedMrid(config, href),
      ...(description !== undefined && { description }),
      timePeriod: period,
    },
  )
}

function readingRow(href: string, { href: set, period }: ReadingBlock, reading: Reading): Change {
  const time = seconds(reading.timePeriod?.start ?? period.start)
  const sort = sortKey(readingOrder, reading)
  return { append: { href, parent: hrefs.readings(set), kind: 'Reading', sort, time, body: reading } }
}
