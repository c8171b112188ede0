import type { CtsLedgerEntry, CtsLedgerPage, CtsPositions, CtsRefusalPage, CtsTracePage } from '@gridloom/contracts'
import type { Client } from '@gridloom/kit'
import type { z } from 'zod'

type LedgerEntry = z.input<typeof CtsLedgerEntry>
type Refusal = z.input<typeof CtsRefusalPage>['refusals'][number]
type TraceStep = z.input<typeof CtsTracePage>['steps'][number]

/** What a running market has on record, read page by page as its operator. */
export type MarketRecords = Readonly<{
  reference(): Promise<unknown>
  ledger(): Promise<readonly LedgerEntry[]>
  trace(): Promise<readonly TraceStep[]>
  refusals(): Promise<readonly Refusal[]>
  positions(): Promise<z.infer<typeof CtsPositions>>
}>

export function marketRecords(client: Client, marketId: string): MarketRecords {
  const path = `/ma/${marketId}`
  return {
    reference: () => readFrom(client, `${path}/reference`),
    ledger: () => allPages(client, `${path}/ledger`, (page: z.input<typeof CtsLedgerPage>) => page.entries),
    trace: () => allPages(client, `${path}/trace`, (page: z.input<typeof CtsTracePage>) => page.steps),
    refusals: () => allPages(client, `${path}/refusals`, (page: z.input<typeof CtsRefusalPage>) => page.refusals),
    positions: async () => (await readFrom(client, `${path}/positions`)) as z.infer<typeof CtsPositions>,
  }
}

async function allPages<P extends Readonly<{ next: number }>, T>(
  client: Client,
  path: string,
  rowsOf: (page: P) => readonly T[],
): Promise<readonly T[]> {
  const all: T[] = []
  for (let after = 0; ;) {
    const page = (await readFrom(client, `${path}?after=${after}`)) as P
    const rows = rowsOf(page)
    if (rows.length === 0) return all
    all.push(...rows)
    after = page.next
  }
}

/** Reads JSON, or says what the market answered. */
export async function readFrom(client: Client, path: string): Promise<unknown> {
  const { status, body } = await client.get(path)
  if (status === 200) return JSON.parse(body.toString())
  throw new Error(`GET ${client.origin}${path} was answered ${status}: ${body.toString().slice(0, 300)}`)
}

/** The market that is meant: the one that is named, or the only one. */
export async function marketIdOf(client: Client, named: string | undefined): Promise<string> {
  if (named !== undefined) return named
  const { markets } = (await readFrom(client, '/ma')) as Readonly<{
    markets: readonly Readonly<{ marketId: string }>[]
  }>
  const [only, other] = markets
  if (only && !other) return only.marketId
  throw new Error(`name one with --market: ${markets.map(({ marketId }) => marketId).join(', ')}`)
}
