/** The event streams that are open, to end them with their actor. */
export type Streams = Disposable & Readonly<{ open(end: () => void): () => void }>

export function createStreams(): Streams {
  const ends = new Set<() => void>()
  return {
    open: (end) => {
      ends.add(end)
      return () => void ends.delete(end)
    },
    [Symbol.dispose]: () => {
      for (const end of ends) end()
    },
  }
}
