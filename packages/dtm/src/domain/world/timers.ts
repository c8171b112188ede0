/** Something that is looked at when its time has come, whether anything was heard or not. */
export type Timer = Readonly<{
  due: number
  /** Tells apart what is due at the same time. */
  order: number
}> &
  Readonly<
    | { kind: 'response'; subject: string; server: string; mRID: string; anyOf: readonly number[] }
    | { kind: 'heartbeat'; subject: string }
    | { kind: 'posting'; subject: string }
  >

/** Adds a timer to the heap. */
export function plan(heap: Timer[], timer: Timer): void {
  let at = heap.length
  heap.push(timer)
  while (at > 0) {
    const parent = (at - 1) >> 1
    const above = heap[parent]
    if (above === undefined || !isBefore(timer, above)) break
    heap[at] = above
    at = parent
  }
  heap[at] = timer
}

/** Takes the timer that is due first. */
export function takeFirst(heap: Timer[]): Timer | undefined {
  const first = heap[0]
  const last = heap.pop()
  if (first === undefined || last === undefined || heap.length === 0) return first
  let at = 0
  for (;;) {
    const left = 2 * at + 1
    const [one, other] = [heap[left], heap[left + 1]]
    if (one === undefined) break
    const child = other !== undefined && isBefore(other, one) ? left + 1 : left
    const lesser = heap[child]
    if (lesser === undefined || !isBefore(lesser, last)) break
    heap[at] = lesser
    at = child
  }
  heap[at] = last
  return first
}

function isBefore(one: Timer, other: Timer): boolean {
  return one.due < other.due || (one.due === other.due && one.order < other.order)
}
