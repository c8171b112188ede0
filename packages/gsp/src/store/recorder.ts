import type { ResourceStore } from './resources.ts'

/** What an answer was made from, and how it stood then. */
export type Sources = ReadonlyMap<string, number>

/** Reads of one request; `sources` fills up with everything that was asked for, also what was not there. */
export type Recorder = Pick<ResourceStore, 'get' | 'find' | 'page'> &
  Readonly<{ sources: Sources; note(topic: string): void }>

/** Reads for a request that changes something: nothing is made from it that could be kept. */
export function reader({ get, find, page }: ResourceStore): Recorder {
  return { sources: new Map(), note: () => undefined, get, find, page }
}

/** Watches what is read, so that the answer may be kept until something of it changes. */
export function recorder(store: ResourceStore): Recorder {
  const sources = new Map<string, number>()
  // before the read: a change that comes between makes the answer old, never the other way round
  const note = (topic: string): void => {
    if (!sources.has(topic)) sources.set(topic, store.revision(topic))
  }
  return {
    sources,
    note,
    get: (kind, href) => {
      note(href)
      return store.get(kind, href)
    },
    find: (kind, key) => {
      note(`${kind} ${key}`)
      return store.find(kind, key)
    },
    page: (query) => {
      if (query.parent !== undefined) note(query.parent)
      return store.page(query)
    },
  }
}
