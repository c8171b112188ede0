/** How much of a document is read before it is refused; a peer's message must not cost more than it is worth. */
export type Limits = Readonly<{
  /** Length of the whole document in bytes. */
  bytes: number
  /** Elements within elements. */
  depth: number
  /** Occurrences of one repeated element, as the members of a list are. */
  occurrences: number
  /** Attributes and namespace declarations of one element. */
  attributes: number
}>

export const defaultLimits: Limits = { bytes: 4 * 1024 * 1024, depth: 32, occurrences: 10_000, attributes: 64 }
