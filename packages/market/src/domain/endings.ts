import type { RestingTender } from './resting-tender.ts'

/** The tenders that expire at one instant, in the order of acceptance. */
export type DueTenders = { readonly end: number; first: RestingTender | undefined; last: RestingTender | undefined }

/** Open tenders by the instant they expire. An instant whose tenders are all gone stays until it is passed or asked for. */
export function createEndings() {
  const byEnd = new Map<number, DueTenders>()
  // falling: the next to come stands at the end
  const ends: number[] = []

  function add(resting: RestingTender): void {
    const { end } = resting.tender
    const due = byEnd.get(end) ?? open(end)
    resting.due = due
    resting.endsBefore = due.last
    if (due.last) due.last.endsAfter = resting
    else due.first = resting
    due.last = resting
  }

  function open(end: number): DueTenders {
    const due = { end, first: undefined, last: undefined }
    byEnd.set(end, due)
    const later = ends.findLastIndex((other) => other > end)
    ends.splice(later + 1, 0, end)
    return due
  }

  function remove(resting: RestingTender): void {
    const { due, endsBefore, endsAfter } = resting
    if (!due) return
    if (endsBefore) endsBefore.endsAfter = endsAfter
    else due.first = endsAfter
    if (endsAfter) endsAfter.endsBefore = endsBefore
    else due.last = endsBefore
    resting.due = resting.endsBefore = resting.endsAfter = undefined
  }

  /** The instant at which the next tender expires; undefined when none does. */
  function next(): number | undefined {
    for (let end = ends.at(-1); end !== undefined; end = ends.at(-1)) {
      if (byEnd.get(end)?.first) return end
      ends.pop()
      byEnd.delete(end)
    }
    return undefined
  }

  /** In the order of acceptance. */
  function at(end: number): RestingTender[] {
    const found: RestingTender[] = []
    for (let resting = byEnd.get(end)?.first; resting; resting = resting.endsAfter) found.push(resting)
    return found
  }

  return { add, remove, next, at }
}
