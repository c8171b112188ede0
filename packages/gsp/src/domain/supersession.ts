/** What an event lays claim to: when, for which device categories (a bit mask), and which control fields. */
export type Claim = Readonly<{
  mRID: string
  creationTime: number
  start: number
  duration: number
  categories: number
  fields: readonly string[]
}>

export type Overlap = 'none' | 'partial' | 'full'

/** The mask of an event that names no category: it is for every device. */
export const allCategories = 0xffffffff

/** Within one program the later creation wins, then the larger mRID (function-sets, D9). */
export function isNewer(a: Claim, b: Claim): boolean {
  if (a.creationTime !== b.creationTime) return a.creationTime > b.creationTime
  return a.mRID > b.mRID
}

/** How much of the older event's categories and controls the newer one takes while their specified intervals overlap. */
export function overlapOf(older: Claim, newer: Claim): Overlap {
  if (!overlapInTime(older, newer) || (older.categories & newer.categories) === 0) return 'none'
  const common = older.fields.filter((field) => newer.fields.includes(field))
  if (common.length === 0) return 'none'
  const covered = common.length === older.fields.length && (older.categories & ~newer.categories) === 0
  return covered ? 'full' : 'partial'
}

// half-open intervals: an event that starts in the second another ends follows it (D4)
function overlapInTime(a: Claim, b: Claim): boolean {
  return a.start < b.start + b.duration && b.start < a.start + a.duration
}
