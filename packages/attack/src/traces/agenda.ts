/** What is to happen, in the order of its time; what has the same time keeps the order in which it was entered. */
export type Agenda<Item> = Readonly<{
  add(at: number, item: Item): void
  /** Takes what comes first; undefined when nothing is left. */
  next(): Entry<Item> | undefined
}>

type Entry<Item> = Readonly<{ at: number; order: number; item: Item }>

/** A binary heap. */
export function createAgenda<Item>(): Agenda<Item> {
  const heap: Entry<Item>[] = []
  let entered = 0

  const isFirst = (a: Entry<Item> | undefined, b: Entry<Item> | undefined): boolean =>
    a !== undefined && (b === undefined || a.at < b.at || (a.at === b.at && a.order < b.order))

  const rise = (from: number): void => {
    let child = from
    while (child > 0) {
      const parent = (child - 1) >> 1
      if (!isFirst(heap[child], heap[parent])) return
      swap(child, parent)
      child = parent
    }
  }
  const sink = (): void => {
    for (let parent = 0; ;) {
      const [left, right] = [2 * parent + 1, 2 * parent + 2]
      const child = isFirst(heap[right], heap[left]) ? right : left
      if (!isFirst(heap[child], heap[parent])) return
      swap(child, parent)
      parent = child
    }
  }
  const swap = (a: number, b: number): void => {
    const [first, second] = [heap[a], heap[b]]
    if (!first || !second) return
    heap[a] = second
    heap[b] = first
  }

  return {
    add(at, item) {
      heap.push({ at, order: entered++, item })
      rise(heap.length - 1)
    },
    next() {
      const [first] = heap
      const last = heap.pop()
      if (first && last && heap.length > 0) {
        heap[0] = last
        sink()
      }
      return first
    },
  }
}
