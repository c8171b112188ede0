import type { Kind, Row } from './row.ts'

/** Which rows, in list order: the members of one list, or all rows of a kind (ordered by href). */
export type Query<K extends Kind = Kind> = Readonly<{
  kind: K
  parent?: string
  scope?: string
  /** Only rows in one of these states. */
  states?: readonly number[]
  /** Only rows whose key starts so: the responses to one event have its mRID and a slash. */
  keyPrefix?: string
  /** Only rows with a later time. */
  after?: number
  start?: number
  limit?: number
}>

/** `all` counts every row that the query lets through, whatever `start` and `limit` are. */
export type Page<K extends Kind = Kind> = Readonly<{ all: number; rows: readonly Row<K>[] }>

/** One step of a write; the steps of a write happen together or not at all. */
export type Change =
  /** Makes the row, or replaces the one with this href. */
  | Readonly<{ put: Row }>
  /** Makes the row; a taken href or key is a SepError 'conflict'. */
  | Readonly<{ create: Row }>
  /** Makes or replaces a reading, of which there are many more written than read: the cheapest of all. */
  | Readonly<{ append: Row<'Reading'> }>
  /** Removes the row and everything whose href lies below it. */
  | Readonly<{ drop: string }>
  /** The same, with a copy kept aside for the operator's history. */
  | Readonly<{ archive: string }>
  /** Removes the oldest rows of a kind below a path, those with the least time first, until `keep` are left. */
  | Readonly<{ prune: Readonly<{ below: string; kind: Kind; keep: number }> }>

/** All that the server remembers. A resolved `write` is on the disk; a rejected one has changed nothing. */
export type ResourceStore = AsyncDisposable &
  Readonly<{
    get<K extends Kind>(kind: K, href: string): Promise<Row<K> | undefined>
    find<K extends Kind>(kind: K, key: string): Promise<Row<K> | undefined>
    page<K extends Kind>(query: Query<K>): Promise<Page<K>>
    /** A number never given before for a member of this list. */
    nextId(parent: string): Promise<number>
    write(changes: readonly Change[]): Promise<void>
    /** Calls back after each write with the parents of the rows it changed. */
    watch(listener: (parents: ReadonlySet<string>) => void): Disposable
    /** Rises whenever something with this parent changes: what was made from it may be kept as long as it stands still. */
    revision(parent: string): number
  }>
