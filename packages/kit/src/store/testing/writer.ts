import { openDatabase } from '../open-database.ts'

/** A process that writes as fast as it can and tells what was acknowledged, until it is killed. */
const [file = '', first = '0', way = 'commit'] = process.argv.slice(2)
const db = openDatabase(`sqlite:${file}`, [
  'create table reading (id integer primary key, value integer not null unique) strict',
])
const insertion = 'insert into reading (value) values (?)'
let next = Number(first)

async function write(): Promise<never> {
  for (;;) {
    const value = next++
    if (way === 'commit') await db.commit((sql) => sql.run(insertion, value))
    else await db.write([[insertion, value]])
    await new Promise((resolve) => process.send?.(value, resolve))
  }
}

await Promise.all(Array.from({ length: 20 }, write))
