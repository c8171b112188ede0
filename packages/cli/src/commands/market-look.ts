import type { Client } from '@gridloom/kit'
import { verifyRecord } from '@gridloom/market'
import { parse, single, UsageError } from '../command.ts'
import { connect, connectionOptions } from '../connection.ts'
import { csvOf } from '../csv.ts'
import { addressOf, openGrid } from '../grid.ts'
import { writeJson } from '../io.ts'
import { marketIdOf, marketRecords, readFrom } from '../market-records.ts'
import { table } from '../table.ts'

const options = {
  ...connectionOptions,
  url: { type: 'string' },
  market: { type: 'string' },
  json: { type: 'boolean', default: false },
  csv: { type: 'boolean', default: false },
} as const

type Values = ReturnType<typeof parse<typeof options>>['values']
type Row = Readonly<Record<string, string | number>>

export const lookUsage = `gridloom market book|prices|positions|refusals [--market ID] [--json] [--url URL] [--grid FILE | --certs FOLDER]
    shows a market of the running grid: its price levels, how its instruments have traded, who has bought and sold,
    and the messages that the callback of their party refused
gridloom market export ledger|positions|trace [--csv | --json] [--market ID] […]
    prints all of it: CSV with a head, or JSON
gridloom market verify [--market ID] [--json] […]
    checks that ledger and journal are whole and follow from one another; exits with 1 when they do not`

/** What an operator can look at in a running market. */
export const looks: Readonly<Record<string, (argv: readonly string[]) => Promise<number>>> = {
  book: (argv) => show(argv, bookRows),
  prices: (argv) => show(argv, priceRows),
  positions: (argv) => show(argv, positionRows),
  refusals: (argv) => show(argv, refusalRows),
  export: (argv) => exportRecords(argv),
  verify: (argv) => verify(argv),
}

type Asked = Readonly<{ client: Client; marketId: string; values: Values }>

async function ask<T>(values: Values, work: (asked: Asked) => Promise<T>): Promise<T> {
  const url = values.url ?? addressOf(openGrid(values.grid), 'market')
  await using client = connect(url, values)
  return await work({ client, marketId: await marketIdOf(client, values.market), values })
}

async function show(argv: readonly string[], rowsOf: (asked: Asked) => Promise<readonly Row[]>): Promise<number> {
  const { values, positionals } = parse(argv, options)
  if (positionals.length > 0) throw new UsageError(`what is "${positionals[0]}"?`)
  print(await ask(values, rowsOf), values)
  return 0
}

function print(rows: readonly Row[], { json, csv }: Values): void {
  if (json) return writeJson(rows, true)
  const heads = Object.keys(rows[0] ?? {})
  if (csv) return void process.stdout.write(csvOf(heads, rows))
  if (rows.length === 0) return void process.stdout.write('nothing yet\n')
  process.stdout.write(
    `${table(
      heads,
      rows.map((row) => heads.map((head) => row[head] ?? '')),
    )}\n`,
  )
}

async function bookRows({ client, marketId }: Asked): Promise<readonly Row[]> {
  type Level = Readonly<{ side: string; price: number; quantity: number }>
  type Instrument = Readonly<{ dtStart: string; bids: readonly Level[]; asks: readonly Level[] }>
  const book = (await readFrom(client, `/ma/${marketId}/book`)) as Readonly<{ instruments: readonly Instrument[] }>
  return book.instruments.flatMap(({ dtStart, bids, asks }) => [
    ...asks.toReversed().map(({ price, quantity }) => ({ dtStart, side: 'SELL', price, quantity })),
    ...bids.map(({ price, quantity }) => ({ dtStart, side: 'BUY', price, quantity })),
  ])
}

async function priceRows({ client, marketId }: Asked): Promise<readonly Row[]> {
  const prices = (await readFrom(client, `/ma/${marketId}/prices`)) as Readonly<{ instruments: readonly Row[] }>
  return prices.instruments
}

async function positionRows({ client, marketId }: Asked): Promise<readonly Row[]> {
  const { positions } = await marketRecords(client, marketId).positions()
  return positions.map((position) => ({ ...position }))
}

async function refusalRows({ client, marketId }: Asked): Promise<readonly Row[]> {
  const refusals = await marketRecords(client, marketId).refusals()
  return refusals.map(({ message, ...row }) => ({ ...row, message: JSON.stringify(message) }))
}

async function exportRecords(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, options)
  const what = single(positionals, 'ledger, positions or trace')
  const rowsOf = Object.hasOwn(exports, what) ? exports[what] : undefined
  if (!rowsOf) throw new UsageError(`there is no "${what}" to export: ledger, positions, trace`)
  print(await ask(values, rowsOf), { ...values, csv: !values.json })
  return 0
}

const exports: Readonly<Record<string, (asked: Asked) => Promise<readonly Row[]>>> = {
  ledger: ({ client, marketId }) => marketRecords(client, marketId).ledger(),
  positions: positionRows,
  trace: async ({ client, marketId }) => (await marketRecords(client, marketId).trace()).flatMap(traceRows),
}

/** One row for every message: what came in, what was answered, what others were told. */
function traceRows({
  seq,
  time,
  peer,
  message,
  reply,
  posted,
}: Readonly<Record<string, string | number>>): readonly Row[] {
  const told = JSON.parse(String(posted)) as readonly Readonly<{ partyId: string; message: unknown }>[]
  const head = { seq: seq ?? 0, time: time ?? '' }
  return [
    { ...head, direction: 'in', peer: peer ?? '', message: message ?? '' },
    ...(reply === '{}' ? [] : [{ ...head, direction: 'out', peer: peer ?? '', message: reply ?? '' }]),
    ...told.map((each) => ({ ...head, direction: 'out', peer: each.partyId, message: JSON.stringify(each.message) })),
  ]
}

async function verify(argv: readonly string[]): Promise<number> {
  const { values } = parse(argv, options)
  const { faults, entries, steps } = await ask(values, async ({ client, marketId }) => {
    const records = marketRecords(client, marketId)
    // the journal first: what is traded meanwhile is in the ledger and not in the journal that was read
    const [reference, trace, all] = [await records.reference(), await records.trace(), await records.ledger()]
    const booked = all.filter(({ seq }) => seq <= entriesIn(trace))
    const ledger = booked.map((entry) => {
      return { ...entry, dtStart: Date.parse(entry.dtStart) / 1000, amount: BigInt(entry.amount) }
    })
    const found = verifyRecord({ reference, journal: trace, ledger })
    return { faults: found, entries: ledger.length, steps: trace.length }
  })
  if (values.json) writeJson({ sound: faults.length === 0, steps, entries, faults }, true)
  else
    for (const line of faults.length > 0 ? faults : [`${steps} steps and ${entries} entries are sound`])
      process.stdout.write(`${line}\n`)
  return faults.length === 0 ? 0 : 1
}

function entriesIn(trace: readonly Readonly<{ posted: string }>[]): number {
  return trace.reduce((sum, { posted }) => sum + (posted.match(/"type":"EiCreateTransaction"/g)?.length ?? 0), 0)
}
