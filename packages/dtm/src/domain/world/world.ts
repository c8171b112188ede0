import type { Observation, TrustRegistration, TrustRole } from '@gridloom/contracts'
import type { Merged } from '../engine/trust-event.ts'
import type { TrustFile } from '../trust-file.ts'
import type { ControlFact } from './control-facts.ts'
import type { Device } from './device.ts'
import type { Memory } from './memory.ts'
import { noServer, type Server } from './server.ts'
import type { Timer } from './timers.ts'

/** A map as far as it is needed: a shadow copy of the world has tables that copy what is touched. */
export type Table<T> = Readonly<{
  size: number
  get: (key: string) => T | undefined
  has: (key: string) => boolean
  set: (key: string, value: T) => unknown
  delete: (key: string) => boolean
  keys: () => MapIterator<string>
  entries: () => MapIterator<[string, T]>
  values: () => MapIterator<T>
}>

/** The file of a subject or of a link, and what is told of it. */
export type Subject = {
  id: string
  role: TrustRole
  file: TrustFile
  lastAt: number
  /** Something but ID-1 counts against it: what an unknown peer did is not forgiven by registering it. */
  isStained: boolean
  /** It was blocked while blocking is held, and is not to be refused before that ends. */
  isHeld?: boolean
  merged: Record<string, Merged>
  /** It is no longer registered: its file until then. */
  left?: Readonly<{ file: TrustFile; isStained: boolean }>
}

/** One report that waits for the other end's; `blamed` are those that its message was held against at once. */
export type Pending = Readonly<{
  id: string
  key: string
  at: number
  /** Until when it waits now, because the other end is behind. */
  until?: number
  observation: Observation
  blamed?: readonly string[]
}>

/** A request whose answer may still come: when each end saw it, by its own clock. */
export type Asked = Readonly<{ seen: Readonly<Record<string, number>>; sha256: string }>

/** PH-11: the latest readings of the meters of a group. */
export type Neighbours = { volts: Seen[]; hertz: Seen[] }
type Seen = { meter: string; at: number; value: number }

/** A control as it was published last: one value for all who hold it. */
export type Published = Readonly<{ fact: ControlFact; program?: string }>

/** All that the engine knows: tables of plain JSON, so that a snapshot is a walk over them. */
export type World = Readonly<{
  registry: Table<TrustRegistration>
  subjects: Table<Subject>
  memories: Table<Memory>
  devices: Table<Device>
  servers: Table<Server>
  /** By server and mRID. */
  published: Table<Published>
  /** LFDI by server and path of an EndDevice or a mirror. */
  owners: Table<string>
  /** LFDI by serial number. */
  serials: Table<Readonly<{ lfdi: string; maker?: string }>>
  neighbours: Table<Neighbours>
  asked: Table<Asked>
  pending: Table<Pending>
  timers: Timer[]
  clock: Clock
}>

/** The latest time, a count that numbers what needs an order, and when the DTM itself was away. */
export type Clock = { now: number; count: number; awayFrom: number; awayUntil: number }

export function emptyWorld(): World {
  return {
    registry: new Map(),
    subjects: new Map(),
    memories: new Map(),
    devices: new Map(),
    servers: new Map(),
    published: new Map(),
    owners: new Map(),
    serials: new Map(),
    neighbours: new Map(),
    asked: new Map(),
    pending: new Map(),
    timers: [],
    clock: { now: 0, count: 0, awayFrom: -1, awayUntil: -1 },
  }
}

export function memoryOf({ memories }: World, id: string): Memory {
  return made(memories, id, () => ({}))
}

export function deviceOf({ devices }: World, lfdi: string): Device {
  return made(devices, lfdi, () => ({}))
}

export function serverOf({ servers }: World, lfdi: string): Server {
  return made(servers, lfdi, noServer)
}

/** A server that obeys refuses it: what follows from that is not its doing. */
export function isBlocked({ subjects }: World, id: string): boolean {
  return subjects.get(id)?.file.level === 4
}

/** It is no longer registered and has done nothing since, or belongs to one that is not. */
export function isGone({ subjects }: World, { id, file, left }: Subject): boolean {
  if (left) return file.level < 2
  const owners = id.includes('~') ? id.split('~') : id.includes('/der/') ? [id.slice(0, 40)] : []
  return owners.some((owner) => subjects.get(owner)?.left !== undefined)
}

/** A reporter has told nothing of a time yet: it may be overloaded, or what it saw waits on its disk. */
export function isBehind({ memories }: World, reporter: string, at: number): boolean {
  return (memories.get(reporter)?.reporter?.front ?? -Infinity) < at
}

/** The rated power: as registered, else as the device says itself, or has said to its server. */
export function ratedWatts({ registry, devices }: World, lfdi: string): number | undefined {
  const { rtgMaxW, reportedMaxW } = registry.get(lfdi) ?? {}
  return rtgMaxW ?? devices.get(lfdi)?.capability?.watts ?? reportedMaxW
}

/** How many DCMs are registered with a server; who has not been heard yet may be anybody's. */
export function fleetSize({ registry, devices }: World, gsp: string): number {
  let count = 0
  for (const [lfdi, { role }] of registry.entries()) {
    if (role === 'DCM' && (devices.get(lfdi)?.server ?? gsp) === gsp) count += 1
  }
  return count
}

function made<T>(table: Table<T>, key: string, make: () => T): T {
  const known = table.get(key)
  if (known !== undefined) return known
  const value = make()
  table.set(key, value)
  return value
}

/** Forgets the oldest entries of a table that must not grow for ever. */
export function bounded<T>(table: Table<T>, most: number): void {
  for (const key of table.keys()) {
    if (table.size <= most) return
    table.delete(key)
  }
}
