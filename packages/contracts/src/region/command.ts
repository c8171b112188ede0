import { z } from 'zod'

const Kw = z.number().nonnegative()

/** The version of what a tracker says: `seq` grows within an epoch, the epoch with every start of the tracker. */
const version = {
  region: z.int().nonnegative(),
  epoch: z.int().nonnegative(),
  seq: z.int().nonnegative(),
}

export const regionOps = [
  'startStoring',
  'stopStoring',
  'transition',
  'setDischarge',
  'startFixed',
  'stopFixed',
  'setOutput',
  'curtail',
  'shed',
  'release',
  'startDeferred',
] as const

/** A consumer of a tree, and where its host hears its generator. */
export const TreeConsumer = z.strictObject({ id: z.string(), url: z.url(), host: z.string(), kw: Kw })

/** tracker → peer, in the answer to a report; idempotent on (region, epoch, seq). */
export const RegionCommand = z.strictObject({
  ...version,
  id: z.string().describe('the peer that shall do it; of shed and release the generator that passes them on'),
  op: z.enum(regionOps),
  kw: Kw,
  deadline: z.number().describe('seconds since 1970; not begun later'),
  to: z.array(TreeConsumer).optional().describe('of shed and release: who, with the kW of each'),
  reason: z.string().optional(),
})

/** peer → tracker: what became of a command; of a shed one for each consumer. */
export const CommandOutcome = z.strictObject({
  ...version,
  id: z.string().describe('whom it was for in the end'),
  status: z.enum(['done', 'refused', 'stale', 'silent']),
  kw: Kw.describe('really shed, or in force'),
  readyAt: z.number().optional().describe('when a started unit delivers'),
  availableKwh: Kw.optional().describe('what a storage that discharges has to give'),
  seconds: z.number().nonnegative().optional().describe('until the answer came'),
})

/** generator's host → consumer's host `POST /region/shed`; `kw` 0 releases. The answer says what was really shed. */
export const ShedAsk = z.strictObject({
  ...version,
  generator: z.string(),
  id: z.string(),
  kw: Kw,
  reason: z.string(),
  deadline: z.number(),
})
export const ShedAnswer = z.strictObject({ id: z.string(), kw: Kw })

/** generator's host → consumer's host `POST /region/loads`: what they draw, which a tracker would have told. */
export const LoadsAsk = z.strictObject({ generator: z.string(), ids: z.array(z.string()).min(1) })

/** generator's host → consumer's host `POST /region/capacity-low`: load exceeds what is usable, and no tracker helps. */
export const CapacityLow = z.strictObject({
  region: z.int().nonnegative(),
  epoch: z.int().nonnegative(),
  generator: z.string(),
  ids: z.array(z.string()).min(1),
  overKw: Kw,
})

/** What the consumers draw from now on: the generator learns its load by it. */
export const LoadsAnswer = z.strictObject({ consumers: z.array(z.strictObject({ id: z.string(), kw: Kw })) })

/** The consumers of one generator, for a while (§2). */
export const Tree = z.strictObject({
  ...version,
  treeId: z.string(),
  generator: z.string(),
  usableKw: Kw,
  consumers: z.array(TreeConsumer),
  validUntil: z.number(),
})

/** A consumer's place in a tree; the newest (epoch, seq) is the only one that counts. */
export const Lease = z.strictObject({
  ...version,
  treeId: z.string(),
  generator: z.string(),
  generatorHost: z.string(),
  kw: Kw,
  validUntil: z.number(),
})

export type RegionOp = (typeof regionOps)[number]
export type TreeConsumer = z.infer<typeof TreeConsumer>
export type RegionCommand = z.infer<typeof RegionCommand>
export type CommandOutcome = z.infer<typeof CommandOutcome>
export type ShedAsk = z.infer<typeof ShedAsk>
export type ShedAnswer = z.infer<typeof ShedAnswer>
export type CapacityLow = z.infer<typeof CapacityLow>
export type LoadsAsk = z.infer<typeof LoadsAsk>
export type LoadsAnswer = z.infer<typeof LoadsAnswer>
export type Tree = z.infer<typeof Tree>
export type Lease = z.infer<typeof Lease>
