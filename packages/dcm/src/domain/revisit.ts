import type { Outcome } from './outcome.ts'
import { pollSeconds } from './poll-rate.ts'
import { rateOf, type Branch, type Kind, type Tree } from './tree.ts'

export type Timing = Readonly<{
  now: number
  /** Least poll period in seconds. */
  least: number
  /** One factor for all that is read together. */
  jitter: number
  /** Poll rate of DeviceCapability: how often to ask again what is forbidden. */
  dcapRate: number | undefined
  backoff: (attempt: number) => number
}>

// A request that the server calls wrong stays wrong until something changes.
const afterRejection = 3600

/** The branch after a read: the new copy, or the last good one, and when to read it again (csip-client §3 and §6). */
export function revisited(branch: Branch, outcome: Outcome<unknown>, timing: Timing): Branch {
  if (outcome.kind === 'ok') return rested({ ...branch, value: outcome.value, failures: 0 } as Branch, timing)
  switch (outcome.kind) {
    case 'missing':
      return rested(emptied(branch), timing)
    case 'garbled':
      return rested(branch, timing)
    case 'forbidden':
      return rested(branch, { ...timing, least: pollSeconds([timing.dcapRate], timing.least) ?? timing.least })
    case 'rejected':
      return { ...branch, due: timing.now + afterRejection }
    case 'later':
      return delayed(branch, timing, outcome.seconds)
    case 'conflict':
    case 'tooLarge':
    case 'moved':
    case 'unreachable':
      return delayed(branch, timing)
    default:
      return outcome satisfies never
  }
}

/** Makes all resources of some types due at once: an event starts, or an answer is awaited. */
export function hastened(tree: Tree, kinds: ReadonlySet<Kind>, now: number): Tree {
  return new Map([...tree].map(([href, branch]) => [href, kinds.has(branch.kind) ? { ...branch, due: now } : branch]))
}

/** Makes everything due at once, and keeps the copies at hand until then. */
export function overdue(tree: Tree): Tree {
  return new Map([...tree].map(([href, branch]) => [href, { ...branch, due: 0 }]))
}

/** Makes the list due that a missing resource was found in, but not sooner than the least poll period allows. */
export function doubted(tree: Tree, { parent }: Branch, { now, least }: Pick<Timing, 'now' | 'least'>): Tree {
  const list = parent === undefined ? undefined : tree.get(parent)
  return list ? new Map(tree).set(list.href, { ...list, due: Math.min(list.due, now + least) }) : tree
}

/** The first resource that is due, parents before children. */
export function dueFirst(tree: Tree, now: number): Branch | undefined {
  return tree.values().find(({ due }) => due <= now)
}

export function nextDue(tree: Tree): number {
  return tree.values().reduce((next, { due }) => Math.min(next, due), Number.POSITIVE_INFINITY)
}

function rested(branch: Branch, { now, least, jitter }: Timing): Branch {
  const seconds = pollSeconds([rateOf(branch), branch.inherited], least)
  return { ...branch, due: seconds === undefined ? Number.POSITIVE_INFINITY : now + Math.max(seconds * jitter, least) }
}

function delayed(branch: Branch, { now, backoff }: Timing, seconds = backoff(branch.failures)): Branch {
  return { ...branch, failures: branch.failures + 1, due: now + seconds }
}

// A list that is not there is an empty list; anything else is unknown from now on.
function emptied(missing: Branch): Branch {
  const { value: _, ...branch } = missing
  return { ...branch, failures: 0, ...(branch.kind.endsWith('List') && { value: { all: 0, results: 0 } }) } as Branch
}
