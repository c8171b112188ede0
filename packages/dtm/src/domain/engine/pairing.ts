import type { Observation } from '@gridloom/contracts'
import type { Pending, World } from '../world/world.ts'

/** What the ends of a message told: both alike, both but not alike, one where two were to be expected, or one. */
export type Testimony = Readonly<{
  /** When the first of them was received. */
  at: number
  /** The sender's own report when there is one. */
  observation: Observation
  other?: Observation
  /** The end that should have reported and did not. */
  silent?: string
  /** It was judged already as far as one witness is enough, and held against these. */
  blamed?: readonly string[]
}>

/** What a report comes to: a message to judge, or one to wait for under a number. */
export type Pairing = Readonly<{ kind: 'told'; testimony: Testimony } | { kind: 'waits'; id: string }>

const apartSeconds = 5

/** Which messages wait for a second report: an index over the pending ones, made anew from them after a restart. */
export type Waiting = Map<string, string[]>

export function waitingOf({ pending }: World): Waiting {
  const waiting: Waiting = new Map()
  for (const { id, key } of pending.values()) wait(waiting, key, id)
  return waiting
}

/** Finds the other end's report of the same message, or keeps this one until it comes. */
export function pair(
  observation: Observation,
  { world, waiting, t }: Readonly<{ world: World; waiting: Waiting; t: number }>,
): Pairing {
  const key = keyOf(observation)
  const id = waiting.get(key)?.find((one) => isOther(world.pending.get(one)?.observation, observation))
  const first = id === undefined ? undefined : world.pending.get(id)
  if (!first) return { kind: 'waits', id: keep(observation, { world, waiting, t, key }) }
  drop(first, { world, waiting })
  const isSenders = first.observation.reporter === first.observation.from.id
  const testimony = {
    at: first.at,
    observation: isSenders ? first.observation : observation,
    other: isSenders ? observation : first.observation,
    ...(first.blamed && { blamed: first.blamed }),
  }
  return { kind: 'told', testimony }
}

/** The oldest report that has waited long enough. */
export function firstPending({ pending }: World): Pending | undefined {
  return pending.values().next().value
}

export function drop({ id, key }: Pending, { world, waiting }: Readonly<{ world: World; waiting: Waiting }>): void {
  world.pending.delete(id)
  const others = waiting.get(key)?.filter((one) => one !== id) ?? []
  if (others.length === 0) waiting.delete(key)
  else waiting.set(key, others)
}

function keep(
  observation: Observation,
  { world, waiting, t, key }: Readonly<{ world: World; waiting: Waiting; t: number; key: string }>,
): string {
  world.clock.count += 1
  const id = String(world.clock.count)
  world.pending.set(id, { id, key, at: t, observation })
  wait(waiting, key, id)
  return id
}

function wait(waiting: Waiting, key: string, id: string): void {
  const known = waiting.get(key)
  if (known) known.push(id)
  else waiting.set(key, [id])
}

function keyOf({ corr, kind, method, path, sha256, from, to }: Observation): string {
  const ends = from.id < to.id ? `${from.id}~${to.id}` : `${to.id}~${from.id}`
  return corr === undefined ? `${ends} ${kind} ${method} ${path} ${sha256}` : `${ends} ${kind} ${corr}`
}

function isOther(first: Observation | undefined, second: Observation): boolean {
  if (!first || first.reporter === second.reporter) return false
  return first.corr !== undefined || Math.abs(first.observedAt - second.observedAt) <= apartSeconds
}
