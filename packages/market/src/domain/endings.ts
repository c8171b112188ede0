import type { RestingTender } from './resting-tender.ts'

/** The tenders that end at one instant, in the order of acceptance. */
export type DueTenders = { readonly end: number; first: RestingTender | undefined; last: RestingTender | undefined }

/** Open tenders by the instant they end. An instant whose tenders are all gone stays until it is passed or asked for. */
export function createEndings() {
  const byEnd = new Map<number, DueTenders>()
  // falling: the next to come stands at the end
  const ends: number[] = []

  function add(tender: RestingTender): void {
    const due = byEnd.get(tender.end) ?? open(tender.end)
    tender.due = due
    tender.endsBefore = due.last
    if (due.last) due.last.endsAfter = tender
    else due.first = tender
    due.last = tender
  }

  function open(end: number): DueTenders {
    const due = { end, first: undefined, last: undefined }
    byEnd.set(end, due)
    const at = ends.findLastIndex((other) => other > end)
    ends.splice(at + 1, 0, end)
    return due
  }

  function remove(tender: RestingTender): void {
    const { due, endsBefore, endsAfter } = tender
    if (!due) return
    if (endsBefore) endsBefore.endsAfter = endsAfter
    else due.first = endsAfter
    if (endsAfter) endsAfter.endsBefore = endsBefore
    else due.last = endsBefore
    tender.due = tender.endsBefore = tender.endsAfter = undefined
  }

  /** The tender that ends first; undefined when none is open. */
  function first(): RestingTender | undefined {
    for (let end = ends.at(-1); end !== undefined; end = ends.at(-1)) {
      const tender = byEnd.get(end)?.first
      if (tender) return tender
      ends.pop()
      byEnd.delete(end)
    }
    return undefined
  }

  return { add, remove, first }
}
