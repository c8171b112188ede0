import type { DermsEvent } from '@gridloom/contracts'

export type Numbered = Readonly<{ id: number; event: DermsEvent }>

/** What happens, as it happens; the last of it is kept so that a listener can catch up. */
export type Feed = Disposable &
  Readonly<{
    publish(event: DermsEvent): void
    /** Hears everything after a number, or from now on; `ended` is called when the actor stops. */
    listen(listener: (numbered: Numbered) => void, ended: () => void, after?: number): Disposable
  }>

const mostKept = 2000

export function createFeed(): Feed {
  const kept: Numbered[] = []
  const listeners = new Map<(numbered: Numbered) => void, () => void>()
  // numbers go on after a restart, so that one from before it is older than all that is kept
  let last = Date.now() * 1000
  return {
    publish(event) {
      last += 1
      const numbered = { id: last, event }
      kept.push(numbered)
      if (kept.length > mostKept) kept.shift()
      for (const listener of listeners.keys()) listener(numbered)
    },
    listen(listener, ended, after) {
      if (after !== undefined) for (const numbered of kept) if (numbered.id > after) listener(numbered)
      listeners.set(listener, ended)
      return { [Symbol.dispose]: () => void listeners.delete(listener) }
    },
    [Symbol.dispose]() {
      for (const ended of listeners.values()) ended()
      listeners.clear()
    },
  }
}
