/** Counts changes by topic, for those topics that somebody asked about. */
export type Revisions = Readonly<{
  of(topic: string): number
  touch(topic: string): void
  /** As if everything had changed. */
  reset(): void
}>

export function createRevisions(most = 200_000): Revisions {
  const known = new Map<string, number>()
  let last = 0
  return {
    of: (topic) => {
      const revision = known.get(topic)
      if (revision !== undefined) return revision
      if (known.size >= most) known.clear()
      known.set(topic, ++last)
      return last
    },
    // a topic that nobody asked about has no answer that depends on it
    touch: (topic) => {
      if (known.has(topic)) known.set(topic, ++last)
    },
    reset: () => known.clear(),
  }
}
