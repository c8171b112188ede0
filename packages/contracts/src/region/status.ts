import { z } from 'zod'
import { Lease } from './command.ts'
import { PeerKind } from './peer.ts'

/** The books of one round, in kW: demandKw = servedKw + shedKw + deferredKw + starvingKw. */
export const RegionBooks = z.strictObject({
  demandKw: z.number(),
  servedKw: z.number(),
  shedKw: z.number(),
  deferredKw: z.number(),
  starvingKw: z.number(),
  chargingKw: z.number(),
  supplyKw: z.number(),
  unservedKw: z.number(),
  exportedKw: z.number(),
  curtailedKw: z.number(),
  spillKw: z.number(),
})

/** A region in one line. */
export const RegionSummary = z.strictObject({
  region: z.int(),
  epoch: z.int(),
  phase: z.enum(['listening', 'steering']),
  rounds: z.int(),
  at: z.number(),
  generators: z.int(),
  storages: z.int(),
  consumers: z.int(),
  starving: z.int(),
  lent: z.int(),
  guests: z.int(),
  moves: z.int(),
  books: RegionBooks,
})

/** A region with its peers and trees. */
export const RegionDetail = RegionSummary.extend({
  peers: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      kind: PeerKind,
      host: z.string(),
      state: z.enum(['live', 'lost', 'joining']),
      kw: z.number().describe('delivered above zero, drawn below'),
      note: z.string().optional(),
      generator: z.string().optional(),
      trust: z.number().optional().describe('share of its capacity that counts, when that is not all'),
    }),
  ),
  leases: z
    .array(Lease.extend({ consumer: z.string() }))
    .describe('by which its consumers live, here or at a neighbour, and those of guests'),
})

export const RegionList = z.strictObject({ regions: z.array(RegionSummary) })

export type RegionBooks = z.infer<typeof RegionBooks>
export type RegionSummary = z.infer<typeof RegionSummary>
export type RegionDetail = z.infer<typeof RegionDetail>
export type RegionList = z.infer<typeof RegionList>
