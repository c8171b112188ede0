import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openResources, type StoreOptions } from './open-resources.ts'
import type { ResourceStore } from './resources.ts'
import type { Row } from './row.ts'

it('gives back what was written, by href and by key', async () => {
  const store = open()
  await store.write([{ put: logEvent(1) }])
  expect(await store.get('LogEvent', '/edev/1/lel/1')).toEqual(logEvent(1))
  expect(await store.find('LogEvent', 'key 1')).toEqual(logEvent(1))
  expect(await store.get('EndDevice', '/edev/1/lel/1')).toBeUndefined()
})

it('pages a list in its order and counts the whole', async () => {
  const store = open()
  await store.write([5, 3, 1, 4, 2].map((n) => ({ put: logEvent(n) })))
  const page = await store.page({ kind: 'LogEvent', parent: '/edev/1/lel', start: 1, limit: 2 })
  expect(page.rows.map((row) => row.time)).toEqual([2, 3])
  expect(page.all).toBe(5)
})

it('counts only what is after, in a state or of a scope', async () => {
  const store = open()
  await store.write([
    { put: { ...logEvent(1), state: 1, scope: 'A' } },
    { put: { ...logEvent(2), state: 2, scope: 'B' } },
    { put: { ...logEvent(3), state: 1, scope: 'B' } },
  ])
  const list = { kind: 'LogEvent', parent: '/edev/1/lel', start: 0, limit: 0 } as const
  expect(await store.page({ ...list, after: 1 })).toEqual({ all: 2, rows: [] })
  expect(await store.page({ ...list, states: [1] })).toMatchObject({ all: 2 })
  expect(await store.page({ ...list, scope: 'B' })).toMatchObject({ all: 2 })
  expect(await store.page({ kind: 'LogEvent', keyPrefix: 'key ' })).toMatchObject({ all: 3 })
  expect(await store.page({ ...list, start: 9, limit: 5 })).toEqual({ all: 3, rows: [] })
})

it('refuses to create what is there, by href or by key, and then changes nothing', async () => {
  const store = open()
  await store.write([{ create: logEvent(1) }])
  const second = { ...logEvent(2), key: 'key 1' }
  await expect(store.write([{ create: logEvent(3) }, { create: second }])).rejects.toMatchObject({ code: 'conflict' })
  await expect(store.write([{ create: { ...logEvent(1), key: 'other' } }])).rejects.toMatchObject({ code: 'conflict' })
  expect(await store.page({ kind: 'LogEvent' })).toMatchObject({ all: 1 })
})

it('never gives a number twice, though the member is gone and the store was closed', async () => {
  const url = fileUrl()
  const first = openResources(url)
  const href = `/edev/1/lel/${await first.nextId('/edev/1/lel')}`
  await first.write([{ put: { ...logEvent(1), href } }])
  await first.write([{ drop: href }])
  await first[Symbol.asyncDispose]()
  await using second = openResources(url)
  expect(href).toBe('/edev/1/lel/1')
  expect(await second.nextId('/edev/1/lel')).toBe(2)
})

it('drops and archives a row with all below it and nothing beside it', async () => {
  const store = open()
  await store.write(
    ['/edev/1', '/edev/1/rg', '/edev/10', '/edev/1-x'].map((href) => ({ put: { ...logEvent(1), href, key: href } })),
  )
  await store.write([{ archive: '/edev/1' }])
  const left = await store.page({ kind: 'LogEvent' })
  expect(left.rows.map((row) => row.href)).toEqual(['/edev/1-x', '/edev/10'])
})

it('prunes the oldest first', async () => {
  const store = open()
  await store.write([3, 1, 2].map((n) => ({ put: logEvent(n) })))
  await store.write([{ prune: { below: '/edev/1/lel', kind: 'LogEvent', keep: 2 } }])
  const left = await store.page({ kind: 'LogEvent', parent: '/edev/1/lel' })
  expect(left.rows.map((row) => row.time)).toEqual([2, 3])
})

it('raises the revision of a list, its member and its key, and of nothing else', async () => {
  const store = open()
  await store.write([{ put: logEvent(1) }])
  const topics = ['/edev/1/lel', '/edev/1/lel/1', 'LogEvent key 1', '/edev/2/lel']
  const before = topics.map((topic) => store.revision(topic))
  await store.write([{ put: logEvent(1) }])
  expect(topics.map((topic, at) => store.revision(topic) !== before[at])).toEqual([true, true, true, false])
})

it('tells a watcher which lists changed, both when a row moves between two', async () => {
  const store = open()
  await store.write([{ put: logEvent(1) }])
  const seen: string[][] = []
  using watch = store.watch((parents) => seen.push([...parents]))
  await store.write([{ put: { ...logEvent(1), parent: '/edev/1/past' } }])
  expect(seen).toEqual([['/edev/1/lel', '/edev/1/past']])
  expect(watch).toBeDefined()
})

it('keeps an integer beyond 2^53', async () => {
  const store = open()
  const row = logEvent(1)
  const body = { ...row.body, createdDateTime: 2n ** 62n }
  await store.write([{ put: { ...row, body } as Row }])
  expect((await store.get('LogEvent', row.href))?.body).toEqual(body)
})

it('shows an appended reading at once, the last word of the same one, and keeps it over a restart', async () => {
  const url = fileUrl()
  const first = openResources(url)
  await first.write([1, 2, 1].map((n, at) => ({ append: reading(n, at) })))
  expect(await first.page({ kind: 'Reading' })).toMatchObject({
    all: 2,
    rows: [{ body: { value: 2 } }, { body: { value: 1 } }],
  })
  await first.write([{ append: reading(3, 9) }])
  await first[Symbol.asyncDispose]()
  await using second = openResources(url)
  expect(await second.get('Reading', '/upt/1/r/3')).toMatchObject({ body: { value: 9 } })
})

it('never shows an appended reading again once what it hangs from is gone', async () => {
  const store = open()
  await store.write([{ append: reading(1, 1) }])
  await store.write([{ drop: '/upt/1' }])
  expect(await store.page({ kind: 'Reading' })).toEqual({ all: 0, rows: [] })
})

function reading(n: number, value: number): Row<'Reading'> {
  return { href: `/upt/1/r/${n}`, parent: '/upt/1/r', kind: 'Reading', sort: '', time: n, body: { value } }
}

function open(options?: StoreOptions): ResourceStore {
  const store = openResources('sqlite::memory:', options)
  onTestFinished(() => store[Symbol.asyncDispose]())
  return store
}

function fileUrl(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gsp-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return `sqlite:${join(folder, 'gsp.db')}`
}

function logEvent(n: number): Row<'LogEvent'> {
  const body = { createdDateTime: n, functionSet: 11, logEventCode: 0, logEventID: n, logEventPEN: 40732, profileID: 2 }
  return {
    href: `/edev/1/lel/${n}`,
    parent: '/edev/1/lel',
    kind: 'LogEvent',
    sort: `${n}`,
    time: n,
    key: `key ${n}`,
    body,
  }
}
