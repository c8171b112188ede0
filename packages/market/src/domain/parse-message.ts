/** No message needs more levels; members that are unknown are compared when a request is repeated, level by level. */
export const mostNesting = 32

/** The JSON of a message; undefined when it is none, or is nested deeper than any message. */
export function parseMessage(text: string): unknown {
  try {
    const message: unknown = JSON.parse(text)
    return isWithin(mostNesting, message) ? message : undefined
  } catch {
    return undefined
  }
}

function isWithin(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  return levels > 0 && Object.values(value).every((member) => isWithin(levels - 1, member))
}
