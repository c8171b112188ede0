type Generator = Readonly<{ id: string; usable: number; feeder?: string | undefined }>
type Slot = { readonly id: string; readonly index: number; readonly shelves: readonly Slot[][]; free: number }

/** The free power of every generator, in ascending order; equal ones stand in the order of the list. */
export type Residuals = Readonly<{
  /** Takes power from the generator with the least that still fits and may feed there; `undefined` when none has it. */
  bestFit: (power: number, feeder?: string) => string | undefined
  /** Takes power from one generator, if it is there, may feed there and has it; below zero gives it back. */
  take: (id: string, power: number, feeder?: string) => boolean
  /** Where the power would fit: the generator with the least that fits, and the one with the most. */
  fitting: (power: number, feeder?: string) => readonly string[]
  mayFeed: (id: string, feeder: string | undefined) => boolean
  entries: () => readonly (readonly [string, number])[]
}>

/** A generator without feeder may feed everybody, a consumer without feeder may hang on anything. */
export function createResiduals(generators: readonly Generator[]): Residuals {
  const all: Slot[] = []
  const common: Slot[] = []
  const byFeeder = new Map<string, Slot[]>()
  const isDivided = generators.some(({ feeder }) => feeder !== undefined)
  const feeders = new Map(generators.map(({ id, feeder }) => [id, feeder]))

  const shelfOf = (feeder: string | undefined): Slot[] => {
    if (feeder === undefined) return common
    const shelf = byFeeder.get(feeder) ?? []
    byFeeder.set(feeder, shelf)
    return shelf
  }
  const slots = new Map(
    generators.map(({ id, usable, feeder }, index) => {
      const shelves = isDivided ? [all, shelfOf(feeder)] : [all]
      return [id, { id, index, shelves, free: usable } satisfies Slot]
    }),
  )
  for (const slot of slots.values()) for (const shelf of slot.shelves) shelf.push(slot)
  for (const shelf of [all, common, ...byFeeder.values()]) shelf.sort(bySize)

  const smallest = (power: number, feeder: string | undefined): Slot | undefined => {
    if (!isDivided || feeder === undefined) return all[placeOf(all, power, -1)]
    const near = byFeeder.get(feeder) ?? []
    const [own, shared] = [near[placeOf(near, power, -1)], common[placeOf(common, power, -1)]]
    if (!own || !shared) return own ?? shared
    return bySize(own, shared) < 0 ? own : shared
  }
  const mayFeed = (id: string, feeder: string | undefined): boolean => {
    const own = feeders.get(id)
    return own === undefined || feeder === undefined || own === feeder
  }

  return {
    mayFeed,
    bestFit: (power, feeder) => {
      const slot = smallest(power, feeder)
      if (slot) draw(slot, power)
      return slot?.id
    },
    take: (id, power, feeder) => {
      const slot = slots.get(id)
      if (!slot || slot.free < power || !mayFeed(id, feeder)) return false
      draw(slot, power)
      return true
    },
    fitting: (power, feeder) => {
      const shelves = !isDivided || feeder === undefined ? [all] : [byFeeder.get(feeder) ?? [], common]
      const ends = shelves.flatMap((shelf) => [shelf[placeOf(shelf, power, -1)], shelf.at(-1)])
      return ends.flatMap((slot) => (slot && slot.free >= power ? [slot.id] : []))
    },
    entries: () => generators.map(({ id }) => [id, slots.get(id)?.free ?? 0] as const),
  }
}

function draw(slot: Slot, power: number): void {
  const free = slot.free - power
  for (const shelf of slot.shelves) shift(shelf, placeOf(shelf, slot.free, slot.index), free, slot)
  slot.free = free
}

/** Moves a slot to where its new size belongs, past those in between and no others. */
function shift(shelf: Slot[], from: number, free: number, slot: Slot): void {
  let at = from
  for (let near = shelf[at - 1]; near && !isBefore(near, free, slot.index); near = shelf[at - 1]) shelf[at--] = near
  for (let next = shelf[at + 1]; next && isBefore(next, free, slot.index); next = shelf[at + 1]) shelf[at++] = next
  shelf[at] = slot
}

function isBefore(slot: Slot, free: number, index: number): boolean {
  return slot.free < free || (slot.free === free && slot.index < index)
}

function bySize(a: Slot, b: Slot): number {
  return a.free - b.free || a.index - b.index
}

/** The first place at or above (free, index). */
function placeOf(sorted: readonly Slot[], free: number, index: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const slot = sorted[middle]
    if (slot && isBefore(slot, free, index)) low = middle + 1
    else high = middle
  }
  return low
}
