export type Numbered<E> = Readonly<{ id: number; event: E }>
type Listener<E> = (numbered: Numbered<E>) => void

/** What happens, as it happens; the last of it is kept so that a listener can catch up. */
export type Feed<E> = Disposable &
  Readonly<{
    publish(event: E): void
    /** Hears everything after a number, or from now on; `ended` is called when the actor stops. */
    listen(listener: Listener<E>, ended: () => void, after?: number): Disposable
  }>

export function createFeed<E>(mostKept = 5000): Feed<E> {
  const kept: Numbered<E>[] = []
  const listeners = new Map<Listener<E>, () => void>()
  // numbers go on after a restart, so that one from before it is older than all that is kept
  let last = Date.now() * 1000
  return {
    publish: (event) => {
      last += 1
      const numbered = { id: last, event }
      kept.push(numbered)
      if (kept.length > mostKept) kept.shift()
      for (const listener of listeners.keys()) listener(numbered)
    },
    listen: (listener, ended, after) => {
      if (after !== undefined) for (const numbered of kept) if (numbered.id > after) listener(numbered)
      listeners.set(listener, ended)
      return { [Symbol.dispose]: () => void listeners.delete(listener) }
    },
    [Symbol.dispose]: () => {
      for (const ended of listeners.values()) ended()
      listeners.clear()
    },
  }
}
