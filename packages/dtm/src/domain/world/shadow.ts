import type { Table, World } from './world.ts'

/** A copy of the world that costs only what is touched: whatever happens in it, the world stays as it is. */
export function shadowOf(world: World): World {
  return {
    registry: overlay(world.registry),
    subjects: overlay(world.subjects),
    memories: overlay(world.memories),
    devices: overlay(world.devices),
    servers: overlay(world.servers),
    published: overlay(world.published),
    owners: overlay(world.owners),
    serials: overlay(world.serials),
    neighbours: overlay(world.neighbours),
    asked: overlay(world.asked),
    pending: overlay(world.pending),
    timers: [],
    clock: { ...world.clock },
  }
}

/** Reads copy, writes stay here; going through all of them shows the table as it was before. */
function overlay<T>(table: Table<T>): Table<T> {
  const own = new Map<string, T | undefined>()
  const get = (key: string): T | undefined => {
    if (own.has(key)) return own.get(key)
    const value = table.get(key)
    if (value === undefined) return undefined
    const copy = structuredClone(value)
    own.set(key, copy)
    return copy
  }
  return {
    size: table.size,
    get,
    has: (key) => get(key) !== undefined,
    set: (key, value) => own.set(key, value),
    delete: (key) => {
      const had = get(key) !== undefined
      own.set(key, undefined)
      return had
    },
    keys: () => table.keys(),
    entries: () => table.entries(),
    values: () => table.values(),
  }
}
