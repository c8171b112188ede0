import { z } from 'zod'
import { FleetEvent } from './fleet-events.ts'
import { TrustRole } from './trust/observation.ts'

const keyPair = { cert: z.string().describe('file'), key: z.string().describe('file') }

/** What a local grid says of itself when it is ready, and keeps in grid.json for the operator's commands. */
export const GridReady = z.object({
  event: z.literal('ready'),
  actors: z.array(
    z.object({ actor: z.string(), url: z.url(), admin: z.url().optional(), metrics: z.url().optional() }),
  ),
  certs: z.object({
    ca: z.string().describe('file with the trust anchor'),
    operator: z.object(keyPair),
    devices: z.array(z.object({ name: z.string(), lfdi: z.string(), sfdi: z.int(), pin: z.int(), ...keyPair })),
  }),
  data: z.string().describe('folder of this run'),
})

export type GridReady = z.infer<typeof GridReady>

/** How far a subject is trusted: told when its level changes, or its trust by more than a hundredth. */
export const GridTrust = z.object({
  event: z.literal('trust'),
  subject: z.string(),
  name: z.string(),
  role: TrustRole,
  level: z.int().min(0).max(4),
  Te: z.number(),
  at: z.int(),
})

export type GridTrust = z.infer<typeof GridTrust>

/** One side of a trade, as the ledger of the market has it. Quantity and price are in the units of the market. */
export const GridTrade = z.object({
  event: z.literal('trade'),
  match: z.int(),
  partyId: z.string(),
  side: z.enum(['BUY', 'SELL']),
  price: z.int(),
  quantity: z.int(),
  start: z.int().describe('of the interval, seconds since 1970'),
})

export type GridTrade = z.infer<typeof GridTrade>

/** What happens in a grid while it runs. */
export const GridEvent = z.discriminatedUnion('event', [...FleetEvent.options, GridTrust, GridTrade])

export type GridEvent = z.infer<typeof GridEvent>

/** The last line of a run: what happened in it. */
export const GridSummary = z.object({
  event: z.literal('summary'),
  seconds: z.number(),
  devices: z.int(),
  controls: z.int().describe('controls that at least one device answered'),
  responses: z.record(z.string(), z.int()).describe('accepted responses by status'),
  trades: z.int().describe('matches in the market'),
  distrusted: z.array(z.string()).describe('names of those who were at trust level 2 or above'),
})

export type GridSummary = z.infer<typeof GridSummary>

/** One line of `gridloom up --json`. */
export const GridLine = z.union([GridReady, GridSummary, GridEvent])

export type GridLine = z.infer<typeof GridLine>
