import { z } from 'zod'

const Kw = z.number().nonnegative()
const Lfdi = z.string().regex(/^[0-9A-F]{40}$/)

/** What a peer is in its region: a generator of one of three kinds, a storage, or a consumer. */
export const PeerKind = z.enum(['stochastic', 'fixed', 'continuous', 'storage', 'consumer'])

/** What a peer says of itself when it joins; the certificate of its host says who may speak for it. */
export const PeerMetadata = z.strictObject({
  name: z.string().min(1).max(128).describe('unique in the grid; its hash chooses the region'),
  kind: PeerKind,
  capacityKw: Kw,
  url: z.url().describe('where its host hears other peers and trackers'),
  lfdi: Lfdi.optional().describe('of the device itself, where the DTM knows it'),
  feeder: z.string().min(1).optional().describe('absent: electrically in reach of all'),
})

export const RegionMember = z.strictObject({
  name: z.string(),
  id: z.string().describe('8 hex digits for generators and storages, 32 for consumers'),
  region: z.int().nonnegative(),
  tracker: z.strictObject({ url: z.url(), lfdi: Lfdi }),
})

/** peer → bootstrap `POST /join`, a whole host at once, and the answer: who they are and who steers them. */
export const JoinAsk = z.strictObject({ peers: z.array(PeerMetadata).min(1) })
export const JoinAnswer = z.strictObject({
  members: z.array(RegionMember),
  refused: z.array(z.strictObject({ name: z.string(), reason: z.string() })),
})

/** bootstrap → tracker `POST /regions/{region}/register`: from now on `host` speaks for these. */
export const RegisteredPeer = PeerMetadata.extend({ id: z.string(), host: Lfdi })
export const Registration = z.strictObject({ peers: z.array(RegisteredPeer) })

/** tracker → peer's host `POST /region/hello`: a claim, answered with what the host knows these peers by. */
export const Hello = z.strictObject({
  region: z.int().nonnegative(),
  epoch: z.int().nonnegative(),
  tracker: z.strictObject({ url: z.url(), lfdi: Lfdi }),
  peers: z.array(z.strictObject({ id: z.string(), name: z.string(), kind: PeerKind, hashRegion: z.int() })),
})
export const HelloAnswer = z.strictObject({
  peers: z.array(
    z.strictObject({
      id: z.string(),
      accepted: z.boolean(),
      metadata: PeerMetadata.optional(),
      reason: z.string().optional(),
    }),
  ),
})

export type PeerKind = z.infer<typeof PeerKind>
export type PeerMetadata = z.infer<typeof PeerMetadata>
export type RegionMember = z.infer<typeof RegionMember>
export type JoinAnswer = z.infer<typeof JoinAnswer>
export type RegisteredPeer = z.infer<typeof RegisteredPeer>
export type Registration = z.infer<typeof Registration>
export type Hello = z.infer<typeof Hello>
export type HelloAnswer = z.infer<typeof HelloAnswer>
