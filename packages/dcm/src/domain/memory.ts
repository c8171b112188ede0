import type { ServerTime } from './server-time.ts'
import type { Branch, Tree } from './tree.ts'

/** The last good copies of what a server said, as a JSON document: with it a restart needs no network to go on. */
export type Memory = Readonly<{
  copies: readonly (readonly [kind: Branch['kind'], href: string, value: unknown])[]
  times: readonly (readonly [href: string, time: ServerTime])[]
}>

type Known = Readonly<{ tree: Tree; times: ReadonlyMap<string, ServerTime> }>

/** A copy of Time is worthless later on: the offset of the clock is what is kept of it. */
export function memoryOf({ tree, times }: Known): Memory {
  const branches = [...tree.values()].filter(({ kind }) => kind !== 'Time')
  return { copies: branches.map(({ kind, href, value }) => [kind, href, value]), times: [...times] }
}

export function knownFrom({ copies, times }: Memory): Known {
  const branches = copies.map(([kind, href, value]) => ({
    kind,
    href,
    due: 0,
    failures: 0,
    ...(value !== null && { value }),
  }))
  return { tree: new Map(branches.map((branch) => [branch.href, branch as Branch])), times: new Map(times) }
}
