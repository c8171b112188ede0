import { openDatabase } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import { createCounter } from './counter.ts'
import { applyChange } from './apply-change.ts'
import { createIntake } from './intake.ts'
import { pageOf } from './page-query.ts'
import type { ResourceStore } from './resources.ts'
import { createRevisions } from './revisions.ts'
import { createRowCache } from './row-cache.ts'
import { migrations } from './schema.ts'

export type StoreOptions = Readonly<{
  /** Rows kept aside of what was deleted. */
  archivedRows?: number
}>

/** The resources in 'sqlite:FILE' or 'sqlite::memory:'. */
export function openResources(url: string, { archivedRows = 1_000_000 }: StoreOptions = {}): ResourceStore {
  const database = openDatabase(url, migrations)
  // four times the usual: pages that change often are then copied into the database seldom
  database.get('PRAGMA wal_autocheckpoint = 4000')
  const revisions = createRevisions()
  const cache = createRowCache(database)
  const counter = createCounter(database)
  const intake = createIntake(database)
  const listeners = new Set<(parents: ReadonlySet<string>) => void>()

  const settled = async (): Promise<void> => {
    if (!intake.isEmpty()) await database.commit(intake.settle)
  }

  return {
    get: async (kind, href) => {
      if (kind === 'Reading') await settled()
      return cache.get(kind, href)
    },
    find: async (kind, key) => cache.find(kind, key),
    page: async (query) => {
      if (query.kind === 'Reading') await settled()
      return pageOf(database, query)
    },
    nextId: async (parent) => counter.next(parent),
    write: async (changes) => {
      const parents = new Set<string>()
      try {
        await database.commit((sql) => {
          for (const change of changes)
            applyChange(change, { sql, revisions, cache, counter, intake, parents, archivedRows })
        })
      } catch (error) {
        cache.clear()
        intake.recount()
        revisions.reset()
        throw conflictOf(error)
      }
      for (const listener of listeners) listener(parents)
    },
    watch: (listener) => {
      listeners.add(listener)
      return { [Symbol.dispose]: () => void listeners.delete(listener) }
    },
    revision: revisions.of,
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}

function conflictOf(error: unknown): unknown {
  if (!(error instanceof Error) || !error.message.includes('UNIQUE constraint failed')) return error
  return new SepError('conflict', 'already there', { cause: error })
}
