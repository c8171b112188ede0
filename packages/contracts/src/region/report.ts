import { z } from 'zod'
import { CommandOutcome, Lease, RegionCommand, Tree } from './command.ts'

const Kw = z.number().nonnegative()
const Kwh = z.number().nonnegative()

const generator = {
  id: z.string(),
  capacityKw: Kw,
  outputKw: Kw.describe('delivered at present'),
  loadKw: Kw.default(0).describe('of its tree, as it sees it'),
}

/** Generation that weather makes: a tracker may only curtail it. */
const StochasticReport = z.strictObject({ ...generator, kind: z.literal('stochastic'), availableKw: Kw })
const FixedReport = z.strictObject({ ...generator, kind: z.literal('fixed'), online: z.boolean() })
const ContinuousReport = z.strictObject({ ...generator, kind: z.literal('continuous'), merit: z.number().default(1) })

const StorageReport = z.strictObject({
  id: z.string(),
  kind: z.literal('storage'),
  mode: z.enum(['charging', 'idle', 'discharging', 'sleeping']),
  chargingRateKw: Kw,
  dischargeRateKw: Kw,
  dischargeKw: Kw.default(0),
  availableKwh: Kwh,
  capacityKwh: z.number().positive(),
  reserveKwh: Kwh.default(0),
  loadKw: Kw.default(0),
})

const ConsumerReport = z.strictObject({
  id: z.string(),
  kind: z.literal('consumer'),
  class: z.int().min(0).max(9).describe('0 is critical'),
  stochasticKw: Kw,
  stochasticMaxKw: Kw,
  deferrableKw: Kw.describe('that runs, with what is shed of it'),
  drKw: Kw.describe('the part of it that can be shed'),
  shedKw: Kw.default(0),
  waiting: z
    .strictObject({ kw: Kw, since: z.number(), latest: z.number().describe('starts by itself then') })
    .optional()
    .describe('a deferrable load that has not begun'),
  lease: Lease.optional().describe('that it lives by: a tracker that starts again learns its trees so'),
})

export const PeerReport = z.discriminatedUnion('kind', [
  StochasticReport,
  FixedReport,
  ContinuousReport,
  StorageReport,
  ConsumerReport,
])

/** peer's host → tracker `POST /regions/{region}/reports`, every period. */
export const ReportBatch = z.strictObject({
  ts: z.number(),
  lamport: z.int().nonnegative(),
  reports: z.array(PeerReport),
  outcomes: z.array(CommandOutcome).default([]),
})

/** What a tracker has for a peer; a consumer without lease starves. */
const PeerAnswer = z.strictObject({
  id: z.string(),
  commands: z.array(RegionCommand).default([]),
  tree: Tree.optional(),
  lease: Lease.optional(),
})

export const ReportAnswer = z.strictObject({
  region: z.int().nonnegative(),
  epoch: z.int().nonnegative(),
  lamport: z.int().nonnegative(),
  phase: z.enum(['listening', 'steering']),
  periodSeconds: z.number().positive(),
  peers: z.array(PeerAnswer),
  unknown: z.array(z.string()).describe('peers that have to join again'),
})

/** peer's host → tracker `POST /regions/{region}/outcomes`: acknowledgements that do not wait for the next report. */
export const OutcomeBatch = z.strictObject({ lamport: z.int().nonnegative(), outcomes: z.array(CommandOutcome) })

/** peer's host → tracker `POST /regions/{region}/leave`. */
export const LeaveAsk = z.strictObject({ ids: z.array(z.string()) })

export type PeerReport = z.infer<typeof PeerReport>
export type ReportBatch = z.infer<typeof ReportBatch>
export type ReportAnswer = z.infer<typeof ReportAnswer>
