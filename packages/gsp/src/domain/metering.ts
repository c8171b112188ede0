import { seconds, SepError, type MirrorMeterReading, type MirrorUsagePoint, type Reading } from '@gridloom/sep2030'
import { hrefs } from './hrefs.ts'

/** What stands for a mirror on the read side: the same data with role flag bit 0 set. */
export function mirroredRoleFlags(roleFlags: string): string {
  return (Number.parseInt(roleFlags, 16) | 1).toString(16).toUpperCase().padStart(4, '0')
}

/** The definition of a series, without the readings that came with it. */
export function seriesOf({ mRID, description, version, ReadingType }: MirrorMeterReading): MirrorMeterReading {
  return {
    mRID,
    ...(description !== undefined && { description }),
    ...(version !== undefined && { version }),
    ...(ReadingType !== undefined && { ReadingType }),
  }
}

/** The definition that holds after a post: what the post leaves out stays; undefined when nothing changes. */
export function changedSeries(known: MirrorMeterReading, posted: MirrorMeterReading): MirrorMeterReading | undefined {
  // the usual post: a reading of a series that is known
  if (!posted.ReadingType && posted.description === undefined && posted.version === undefined) return undefined
  const merged = { ...known, ...seriesOf(posted), mRID: known.mRID }
  return JSON.stringify(merged) === JSON.stringify(known) ? undefined : merged
}

/** A series is known by its mRID once it came with its ReadingType. */
export function requireReadingType({ mRID, ReadingType }: MirrorMeterReading): void {
  if (!ReadingType) throw new SepError('invalid', `a new meter reading needs its ReadingType: "${mRID}"`)
}

/** Checks the body of a mirror that a caller posts (csip-server, 10). */
export function requireReadings({ MirrorMeterReading: readings = [] }: MirrorUsagePoint, profile: string): void {
  if (readings.length === 0 && profile !== 'base')
    throw new SepError('invalid', 'at least one MirrorMeterReading is needed')
}

/** A set of readings at its place; the same period again is the same set. */
export type ReadingBlock = Readonly<{
  href: string
  period: Readonly<{ start: number; duration: number }>
  mRID?: string
  description?: string
  /** Replaces what the set held before; a lone reading is added to it. */
  replaces: boolean
  readings: readonly Readonly<{ href: string; reading: Reading }>[]
}>

/** When a post came, and a name for a reading in it that says neither when nor which it is. */
export type Receipt = Readonly<{ now: number; name: () => string }>

/** Where the readings of a post belong: sets by their period, a lone reading in the set of its day. */
export function readingBlocks(series: string, posted: MirrorMeterReading, receipt: Receipt): readonly ReadingBlock[] {
  const sets = hrefs.readingSets(series)
  const blocks = (posted.MirrorReadingSet ?? []).map((set): ReadingBlock => {
    const period = { start: seconds(set.timePeriod.start), duration: set.timePeriod.duration }
    const href = `${sets}/${period.start}-${period.duration}`
    const readings = (set.Reading ?? []).map((reading, at) => placed(href, reading, () => `${at}`))
    const { mRID, description } = set
    return { href, period, mRID, ...(description !== undefined && { description }), replaces: true, readings }
  })
  return posted.Reading ? [...blocks, dayBlock(sets, posted.Reading, receipt)] : blocks
}

function dayBlock(sets: string, reading: Reading, { now, name }: Receipt): ReadingBlock {
  const start = reading.timePeriod ? seconds(reading.timePeriod.start) : now
  const day = Math.floor(start / daySeconds)
  const href = `${sets}/day-${day}`
  const period = { start: day * daySeconds, duration: daySeconds }
  return { href, period, replaces: false, readings: [placed(href, reading, () => `at-${now}-${name()}`)] }
}

const daySeconds = 86_400

/** The same period, tier and local id of one series is the same reading. */
function placed(set: string, reading: Reading, otherwise: () => string): Readonly<{ href: string; reading: Reading }> {
  const { timePeriod, localID, touTier, consumptionBlock } = reading
  let name = timePeriod ? `${seconds(timePeriod.start)}-${timePeriod.duration}` : ''
  if (localID) name += `l${localID}`
  if (name === '') name = otherwise()
  if (touTier) name += `t${touTier}`
  if (consumptionBlock) name += `b${consumptionBlock}`
  return { href: `${hrefs.readings(set)}/${name}`, reading }
}
