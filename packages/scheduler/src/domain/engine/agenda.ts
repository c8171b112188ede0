/** What is due when: a binary heap, smallest time first; an item stands in it once, at the time that was set last. */
export type Agenda<T extends object> = Readonly<{
  /** Infinity: never. */
  set(item: T, at: number): void
  drop(item: T): void
  /** Takes out the first item that is due at `now`. */
  takeDue(now: number): T | undefined
  /** When the first one is due; Infinity for an empty agenda. */
  nextAt(): number
}>

type Node<T> = { readonly item: T; at: number; index: number }

export function createAgenda<T extends object>(): Agenda<T> {
  const heap: Node<T>[] = []
  const nodes = new Map<T, Node<T>>()

  const place = (node: Node<T>, index: number): void => {
    heap[index] = node
    node.index = index
  }
  const rise = (node: Node<T>): void => {
    let index = node.index
    while (index > 0) {
      const above = (index - 1) >> 1
      const parent = heap[above]
      if (!parent || parent.at <= node.at) break
      place(parent, index)
      index = above
    }
    place(node, index)
  }
  const sink = (node: Node<T>): void => {
    let index = node.index
    for (;;) {
      const left = 2 * index + 1
      const [first, second] = [heap[left], heap[left + 1]]
      if (!first) break
      const child = second && second.at < first.at ? second : first
      if (child.at >= node.at) break
      const below = child.index
      place(child, index)
      index = below
    }
    place(node, index)
  }
  const remove = (node: Node<T>): void => {
    nodes.delete(node.item)
    const last = heap.pop()
    if (!last || last === node) return
    place(last, node.index)
    rise(last)
    sink(last)
  }

  return {
    set(item, at) {
      const known = nodes.get(item)
      if (at === Infinity) return known && remove(known)
      const node = known ?? { item, at, index: heap.length }
      node.at = at
      if (!known) {
        nodes.set(item, node)
        heap.push(node)
      }
      rise(node)
      sink(node)
    },
    drop(item) {
      const node = nodes.get(item)
      if (node) remove(node)
    },
    takeDue(now) {
      const [first] = heap
      if (!first || first.at > now) return undefined
      remove(first)
      return first.item
    },
    nextAt: () => heap[0]?.at ?? Infinity,
  }
}
