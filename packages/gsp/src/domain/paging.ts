import { SepError } from '@gridloom/sep2030'

/** What a client asks of a list: skip `start` members, at most `limit` of them, only those later than `after`. */
export type Paging = Readonly<{ start: number; limit: number; after?: number }>

/**
 * Reads `s`, `l` and `a` (csip-server, 3): of a repeated parameter the first counts, unknown ones are ignored, and
 * `a` only matters on lists that are ordered by time.
 */
export function parsePaging(search: string, options: Readonly<{ timed: boolean; most: number }>): Paging {
  if (search === '') return firstMember
  const query = new URLSearchParams(search)
  const start = countOf(query, 's') ?? 0
  const limit = Math.min(countOf(query, 'l') ?? 1, options.most)
  const after = options.timed ? secondsOf(query, 'a') : undefined
  return after === undefined ? { start, limit } : { start, limit, after }
}

const firstMember: Paging = { start: 0, limit: 1 }

function countOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  if (!/^\d{1,15}$/.test(text)) throw new SepError('invalid', `not a count of members: ${name}="${text}"`)
  return Number(text)
}

function secondsOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  if (!/^-?\d{1,15}$/.test(text)) throw new SepError('invalid', `not a time in seconds: ${name}="${text}"`)
  return Number(text)
}
