import { createBell, backoffSeconds, type Clock, type Logger, type Random } from '@gridloom/kit'
import type { Outcome } from '../domain/outcome.ts'
import { drawJitter } from '../domain/poll-rate.ts'
import { doubted, dueFirst, hastened, nextDue, overdue, revisited } from '../domain/revisit.ts'
import { serverTimeOf, steadied, type ServerTime } from '../domain/server-time.ts'
import {
  grown,
  rateOf,
  seedling,
  type Branch,
  type FindSelf,
  type Kind,
  type Resources,
  type Tree,
} from '../domain/tree.ts'
import { readResource } from '../read-resource.ts'
import type { Session } from '../session.ts'

/** What is known of a server after everything due was read. */
export type Sweep = Readonly<{ tree: Tree; times: ReadonlyMap<string, ServerTime> }>

export type WalkOptions = Readonly<{
  session: Session
  clock: Clock
  random: Random
  log: Logger
  dcap: string
  /** Least poll period in seconds. */
  least: number
  findSelf: FindSelf
  /** What was known before the last stop. */
  known: Sweep | undefined
  /** Told after each try whether the server answers. */
  heard: (isReachable: boolean) => void
}>

export type Walk = Readonly<{
  /** Reads what is due, follows new links at once, and yields after each round; ends with the signal. */
  sweeps(signal: AbortSignal): AsyncGenerator<Sweep, void, undefined>
  /** Reads the resources of a type as soon as possible. */
  soon(kind: Kind): void
}>

type Round = Readonly<{ tree: Tree; reached: true } | { tree: Tree; reached: false; reason: string }>

export function createWalk({ session, clock, random, log, dcap, least, findSelf, known, heard }: WalkOptions): Walk {
  const bell = createBell(clock)
  const wanted = new Set<Kind>()
  const times = new Map(known?.times)

  const visit = async (branch: Branch, signal: AbortSignal): Promise<Outcome<unknown>> => {
    const sent = clock.exact()
    const outcome = await readResource(session, branch.kind, branch.href, signal)
    if (outcome.kind === 'ok' && branch.kind === 'Time') {
      const read = serverTimeOf(outcome.value as Resources['Time'], sent, clock.exact())
      times.set(branch.href, steadied(times.get(branch.href), read))
    }
    if (outcome.kind !== 'ok' && outcome.kind !== 'missing' && outcome.kind !== 'unreachable') {
      log.warn({ href: branch.href, outcome }, 'resource not read')
    }
    return outcome
  }

  const round = async (start: Tree, signal: AbortSignal): Promise<Round> => {
    const jitter = drawJitter(random)
    let tree = start
    for (let branch = dueFirst(tree, clock.exact()); branch; branch = dueFirst(tree, clock.exact())) {
      const outcome = await visit(branch, signal)
      if (outcome.kind === 'unreachable') return { tree, reached: false, reason: outcome.reason }
      // A server that sends us elsewhere is discovered anew, from what it is configured to be.
      if (outcome.kind === 'moved') {
        return { tree: overdue(tree), reached: false, reason: `sent to "${outcome.to}"` }
      }
      const timing = { now: clock.exact(), least, jitter, dcapRate: dcapRateOf(tree), backoff: backoffOf(random) }
      tree = new Map(tree).set(branch.href, revisited(branch, outcome, timing))
      if (outcome.kind === 'missing') tree = doubted(tree, branch, timing)
      tree = grown(tree, findSelf)
    }
    return { tree, reached: true }
  }

  return {
    soon(kind) {
      wanted.add(kind)
      bell.ring()
    },
    async *sweeps(signal) {
      let tree = grown(known?.tree ?? seedling(dcap), findSelf)
      for (let failures = 0; ;) {
        const end = await round(tree, signal)
        heard(end.reached)
        tree = end.tree
        if (!end.reached && failures === 0) log.warn({ reason: end.reason }, 'server lost')
        if (end.reached && failures > 0) log.info('server back')
        failures = end.reached ? 0 : failures + 1
        if (end.reached) {
          yield { tree, times: new Map(times) }
          await bell.restUntil(nextDue(tree), signal)
          tree = hastened(tree, wanted, clock.exact())
          wanted.clear()
        } else {
          await clock.sleep(backoffSeconds(failures - 1, random), signal)
        }
      }
    },
  }
}

function dcapRateOf(tree: Tree): number | undefined {
  const [root] = tree.values()
  return root && rateOf(root)
}

function backoffOf(random: Random) {
  return (attempt: number) => backoffSeconds(attempt, random)
}
