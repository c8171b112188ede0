import type { Clock } from '@gridloom/kit'
import { knownFrom, memoryOf, type Memory } from './domain/memory.ts'
import { serverSecond } from './domain/server-time.ts'
import { seedling, type FindSelf } from './domain/tree.ts'
import { viewOf, type View } from './domain/view.ts'
import type { Sweep } from './loops/walk.ts'
import type { Journal } from './store/journal.ts'

/** What a DCM knows of its server, now and after a restart, and what time it is there. */
export type Knowledge = Readonly<{
  /** What was known before the last stop. */
  known: Sweep | undefined
  view(): View
  learn(sweep: Sweep): Promise<void>
  /** The whole second that the server's clock shows. */
  serverNow(): number
  /** Our time at which it comes to a second. */
  whenServer(second: number): number
}>

export type KnowledgeOptions = Readonly<{ journal: Journal; clock: Clock; dcap: string; findSelf: FindSelf }>

export function createKnowledge({ journal, clock, dcap, findSelf }: KnowledgeOptions): Knowledge {
  const memory = journal.recall('server') as Memory | undefined
  const known = memory && knownFrom(memory)
  let written = JSON.stringify(memory)
  let view = viewOf(known?.tree ?? seedling(dcap), known?.times ?? new Map(), findSelf)
  return {
    known,
    view: () => view,
    async learn(sweep) {
      view = viewOf(sweep.tree, sweep.times, findSelf)
      const server = memoryOf(sweep)
      const body = journal.wordsOf(server)
      if (body !== written) await journal.remember({ documents: { server } })
      written = body
    },
    serverNow: () => serverSecond(view.time, clock.exact()),
    whenServer: (second) => second - (view.time?.offset ?? 0),
  }
}
