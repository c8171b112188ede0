import { emptyWorld, type Clock, type World } from '../world/world.ts'
import type { Timer } from '../world/timers.ts'
import type { SnapshotRecord } from './trust-engine.ts'

const tables = [
  'registry',
  'subjects',
  'memories',
  'devices',
  'servers',
  'published',
  'owners',
  'serials',
  'neighbours',
  'asked',
  'pending',
] as const

/** The whole state row by row; the rows are live and must be stored before the next input. */
export function* recordsOf(world: World): Generator<SnapshotRecord> {
  yield { table: 'clock', key: 'trust-engine/1', value: world.clock }
  for (const table of tables) for (const [key, value] of world[table].entries()) yield { table, key, value }
  for (const [index, timer] of world.timers.entries()) yield { table: 'timers', key: String(index), value: timer }
}

/** The world of a snapshot; rows of tables that are not known are those of a newer engine, and refused. */
export function worldOf(records: Iterable<SnapshotRecord>): World {
  const world = emptyWorld()
  for (const { table, key, value } of records) {
    const copy: unknown = structuredClone(value)
    if (table === 'clock') Object.assign(world.clock, copy as Clock)
    else if (table === 'timers') world.timers.push(copy as Timer)
    else tableOf(world, table).set(key, copy)
  }
  return world
}

function tableOf(world: World, name: string): Readonly<{ set: (key: string, value: unknown) => unknown }> {
  const table = tables.find((one) => one === name)
  if (!table) throw new RangeError(`no such table in a snapshot: "${name}"`)
  return world[table] as Readonly<{ set: (key: string, value: unknown) => unknown }>
}
