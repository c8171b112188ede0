import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createRandom } from '../time/random.ts'
import { expect, it } from 'vitest'
import { openDatabase } from './open-database.ts'
import type { Sql, Statement } from './sql.ts'

const readings = ['create table reading (id integer primary key, value integer not null unique) strict']

it('reads back what a commit has resolved', async () => {
  await using db = openDatabase('sqlite::memory:', readings)
  const { lastId } = await db.commit(insert(7))
  expect(db.get('select id, value from reading')).toEqual({ id: lastId, value: 7 })
})

it('shares one transaction among the works of one turn, in their order', async () => {
  const file = newFile()
  await using db = openDatabase(`sqlite:${file}`, readings)
  const before = statSync(`${file}-wal`).size
  await Promise.all(Array.from({ length: 50 }, (_, value) => db.commit(insert(value))))
  expect(db.all('select value from reading order by id').map(({ value }) => value)).toEqual([...Array(50).keys()])
  const pages = (statSync(`${file}-wal`).size - before) / 4096
  expect(pages).toBeLessThan(10) // fifty transactions would have written at least fifty
})

it('undoes a work that fails, and no other of its transaction', async () => {
  await using db = openDatabase('sqlite::memory:', readings)
  const twice = (sql: Sql): void => {
    insert(8)(sql)
    insert(7)(sql)
  }
  const outcomes = await Promise.allSettled([db.commit(insert(7)), db.commit(twice), db.commit(insert(9))])
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(db.all('select value from reading').map(({ value }) => value)).toEqual([7, 9])
})

it('lets a work see what those before it have written', async () => {
  await using db = openDatabase('sqlite::memory:', readings)
  const [, seen] = await Promise.all([db.commit(insert(1)), db.commit(count)])
  expect(seen).toBe(1)
})

it('acknowledges nothing of a transaction that the disk did not take, and goes on when there is room again', async () => {
  const file = newFile()
  await using db = openDatabase(`sqlite:${file}`, [...readings, 'create table filler (body blob not null)'])
  const pages = db.get<{ page_count: number }>('pragma page_count')?.page_count ?? 0
  db.get(`pragma max_page_count = ${pages + 1}`) // as full as a disk can be
  const outcomes = await Promise.allSettled([db.commit(insert(1)), db.commit(fill), db.commit(insert(2))])
  expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0)
  const kept = db.all('select value from reading').map(({ value }) => value)
  expect(kept).toEqual([1, 2].filter((_, index) => outcomes[index * 2]?.status === 'fulfilled'))
  db.get('pragma max_page_count = 1000000')
  await db.commit(insert(3))
  expect(db.all('select value from reading').at(-1)).toEqual({ value: 3 })
})

it('finishes what was asked for before it closes', async () => {
  const file = newFile()
  const db = openDatabase(`sqlite:${file}`, readings)
  const asked = [1, 2, 3].map((value) => db.commit(insert(value)))
  await db[Symbol.asyncDispose]()
  await Promise.all(asked)
  expect(valuesIn(file)).toEqual([1, 2, 3])
})

it('refuses a work after it has closed', async () => {
  const db = openDatabase('sqlite::memory:', readings)
  await db[Symbol.asyncDispose]()
  await expect(db.commit(insert(1))).rejects.toThrow('not open')
})

it('refuses a work that would go on after its transaction', async () => {
  await using db = openDatabase('sqlite::memory:', readings)
  await expect(db.commit(async (sql) => insert(1)(sql))).rejects.toThrow('synchronous')
  expect(db.all('select * from reading')).toEqual([])
})

it('brings an older database to the newest version, and leaves a newer one alone', async () => {
  const url = `sqlite:${newFile()}`
  await openDatabase(url, readings)[Symbol.asyncDispose]()
  const more = [...readings, 'alter table reading add column unit text']
  await using db = openDatabase(url, more)
  expect(db.get('pragma user_version')).toEqual({ user_version: 2 })
  expect(() => openDatabase(url, readings)).toThrow('version 2')
})

it('leaves a database as it was when a migration fails', async () => {
  const url = `sqlite:${newFile()}`
  expect(() => openDatabase(url, ['create table a (b); create table a (b)'])).toThrow('already exists')
  await using db = openDatabase(url, readings)
  expect(db.all("select name from sqlite_master where name = 'a'")).toEqual([])
})

it.each(['postgres://user:secret@host/db', 'gsp.db', 'sqlite:'])(
  'refuses the URL %s without telling its password',
  (url) => {
    expect(() => openDatabase(url)).toThrow(/^not a database that this version opens: "(?!.*secret)/)
  },
)

it.each(['sqlite::memory:', 'sqlite:FILE'])('writes what it is given as values, in its order: %s', async (url) => {
  await using db = openDatabase(url.replace('FILE', newFile()), readings)
  await Promise.all([db.write([insertion(1), insertion(2)]), db.write([insertion(3)])])
  await db.write([insertion(4)])
  expect(db.all('select value from reading order by id').map(({ value }) => value)).toEqual([1, 2, 3, 4])
})

it.each(['sqlite::memory:', 'sqlite:FILE'])('writes nothing behind what could not be written: %s', async (url) => {
  await using db = openDatabase(url.replace('FILE', newFile()), readings)
  await db.write([insertion(1)])
  await expect(db.write([insertion(2), insertion(1)])).rejects.toThrow('UNIQUE')
  await expect(db.write([insertion(3)])).rejects.toThrow('UNIQUE')
  expect(db.all('select value from reading').map(({ value }) => value)).toEqual([1])
})

it('finishes what it was given to write before it closes', async () => {
  const file = newFile()
  const db = openDatabase(`sqlite:${file}`, readings)
  const asked = [1, 2, 3].map((value) => db.write([insertion(value)]))
  await db[Symbol.asyncDispose]()
  await Promise.all(asked)
  expect(valuesIn(file)).toEqual([1, 2, 3])
  await expect(db.write([insertion(4)])).rejects.toThrow('not open')
})

const ways = ['commit', 'write'] as const
it.each(ways)('has everything that a %s acknowledged after kill -9', { timeout: 60_000 }, async (way) => {
  const random = createRandom('kill -9')
  const file = newFile()
  for (let round = 0; round < 5; round += 1) {
    const writer = fork(new URL('testing/writer.ts', import.meta.url), [file, String(round * 1_000_000), way])
    const acknowledged = collect(writer)
    await once(writer, 'message')
    await new Promise((resolve) => setTimeout(resolve, random.integer(20, 200)))
    writer.kill('SIGKILL')
    await once(writer, 'exit')
    const kept = new Set(valuesIn(file))
    expect(acknowledged.length).toBeGreaterThan(0)
    expect(acknowledged.filter((value) => !kept.has(value))).toEqual([])
  }
})

function insert(value: number) {
  return (sql: Sql) => sql.run('insert into reading (value) values (?)', value)
}

function insertion(value: number): Statement {
  return ['insert into reading (value) values (?)', value]
}

function count(sql: Sql): number | undefined {
  return sql.get<{ n: number }>('select count(*) n from reading')?.n
}

function fill(sql: Sql): void {
  sql.run('insert into filler values (zeroblob(1000000))')
}

function collect(writer: ChildProcess): readonly number[] {
  const values: number[] = []
  writer.on('message', (value) => values.push(Number(value)))
  return values
}

function valuesIn(file: string): readonly number[] {
  const handle = new DatabaseSync(file)
  const rows = handle.prepare('select value from reading order by id').all()
  handle.close()
  return rows.map(({ value }) => Number(value))
}

function newFile(): string {
  return join(mkdtempSync(join(tmpdir(), 'kit-store-')), 'test.db')
}
