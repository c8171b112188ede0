/** What rules remember of one subject; all of it bounded, and plain JSON. Times are seconds. */
export type Memory = {
  /** TM-5. */
  rate?: { bucket: number; count: number; told: 0 | 1 | 2; mean: number; variance: number; buckets: number }
  /** TM-3: the last bodies posted, oldest first, each as one number (see the rule), and when the last came. */
  posts?: { entries: number[]; last: number }
  /** PR-10: the last 50 outcomes as bits, the newest lowest. */
  outcomes?: { bits: number; seen: number; failed: number; sinceTold: number }
  /** ID-9, AV-2, FM-2: the last few times. */
  failures?: number[]
  connects?: number[]
  faults?: number[]
  /** FM-8: paths that are unknown, as short digests, and when each was asked for. */
  lost?: { path: string; at: number }[]
  /** ID-7. */
  address?: { value: string; at: number }
  /** TM-6, by path. */
  polls?: Record<string, { last: number; fast: number }>
  /** It has an observer since then: what was said before has one witness only. */
  reportsSince?: number
  /** The registration was checked and counted. */
  isVerified?: boolean
  /** As a reporter: TM-3, TM-4, TM-7, AV-1. */
  reporter?: {
    last: number
    batch: { first: number; last: number; at: number; isRetried: boolean }
    missing: [number, number][]
    /** Between these times it lost reports, as its numbers show. */
    gap?: Interval
    skewed: number
    /** Its latest observation so far, by its own clock: what it saw before that has come. */
    front?: number
    heartbeatAt?: number
  }
  /** PR-7, of a link: unwitnessed messages by silent end, newest last. */
  unwitnessed?: Record<string, number[]>
  /** PR-8, of a server: when it last disagreed with each client. */
  disputes?: Record<string, number>
  /** Of a link: for when its polls were reported as sums, the newest last. */
  summarised?: Interval[]
  /** PR-11, by market and tender. */
  trades?: Record<string, Trade>
}

/** What a market has told of one of its tenders; watts. */
export type Trade = Readonly<{ bid?: number; award?: number; isDelivered?: boolean }>

export type Interval = Readonly<{ from: number; to: number }>

/** Keeps the newest of what is remembered by name. */
export function withinRoom<T>(some: Record<string, T>, most: number): void {
  const names = Object.keys(some)
  for (const name of names.slice(0, Math.max(0, names.length - most))) delete some[name]
}

/** Adds a time and drops those that are too old to matter or too many. */
export function remembered(
  times: readonly number[] = [],
  t: number,
  { within, most }: Readonly<{ within: number; most: number }>,
): number[] {
  return [...times.filter((at) => t - at < within), t].slice(-most)
}
