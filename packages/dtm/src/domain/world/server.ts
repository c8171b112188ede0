/** What a GSP has published, and how it answers. */
export type Server = {
  /** Shapes of paths that it named or served: numbers replaced. */
  shapes: Record<string, 1>
  /** AV-4: answers in this minute, and how many took over 10 and over 30 s. */
  answers?: { bucket: number; all: number; slow: number; slower: number }
  /** DCMs that reached level 2 or more, and when: for the group alert. */
  risen: { subject: string; at: number }[]
  /** PH-16. */
  steps: { subject: string; at: number; sign: number }[]
  toldAt?: number
  steppedAt?: number
  isHeld?: boolean
}

export const noServer = (): Server => ({ shapes: {}, risen: [], steps: [] })

/** A path without what changes from instance to instance. */
export function shapeOf(path: string): string {
  const end = path.indexOf('?')
  const bare = end < 0 ? path : path.slice(0, end)
  return bare.replace(/\d+/g, 'n').replace(/\/$/, '')
}
