/** The event streams that are open, to end them with their actor. */
export type Streams = Disposable & Readonly<{ open(end: () => void): Disposable }>

export function createStreams(): Streams {
  const ends = new Set<() => void>()
  return {
    open: (end) => {
      ends.add(end)
      return { [Symbol.dispose]: () => void ends.delete(end) }
    },
    [Symbol.dispose]: () => {
      for (const end of ends) end()
    },
  }
}
