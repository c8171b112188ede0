import { z } from 'zod'

const Id = z.string().min(1).max(100)
const Lfdi = z.string().regex(/^[0-9A-F]{40}$/, 'not an LFDI')

/** The roles that the DTM tells apart; UNKNOWN is any other certificate or address. */
export const TrustRole = z.enum(['GSP', 'DCM', 'DER', 'DTM', 'AGG', 'OPR', 'UNKNOWN'])
export type TrustRole = z.infer<typeof TrustRole>

const End = z.strictObject({
  role: TrustRole,
  id: Id.describe('LFDI; <LFDI>/der/<n> for a DER without a certificate; addr/<ip> for an unauthenticated peer'),
})

/** What one end of an exchange saw: one message, or one handshake, of the GSP or of a DCM. */
export const Observation = z.strictObject({
  v: z.literal(1),
  seq: z.int().nonnegative().describe('per reporter, one more with each observation, also across restarts'),
  reporter: Lfdi.describe('must be the TLS peer'),
  observedAt: z.number().nonnegative().describe("reporter's clock in seconds since 1970, to the millisecond"),
  leg: z.enum(['GSP-DCM', 'DCM-DER', 'GSP-AGG', 'TLS']),
  from: End,
  to: End,
  kind: z.enum(['request', 'response', 'notification', 'device-command', 'device-reply', 'handshake', 'heartbeat']),
  corr: z.string().min(1).max(100).optional().describe('exchange id, the same for request and response'),
  method: z.string().max(10).optional(),
  path: z.string().max(2048).optional().describe('with its query'),
  status: z.int().min(100).max(599).optional(),
  contentType: z.string().max(200).optional(),
  length: z.int().nonnegative().describe('of the body, in bytes'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('of the body bytes'),
  resource: z.string().max(100).optional().describe('2030.5 root element'),
  body: z.string().optional().describe('text of the body; left out over 64 KiB or by a privacy filter'),
  tls: z
    .strictObject({
      version: z.string().optional(),
      cipher: z.string().optional(),
      peerLfdi: Lfdi.optional(),
      chainOk: z.boolean().optional(),
      notAfter: z.number().optional(),
      error: z.string().max(300).optional(),
      address: z.string().max(100).optional().describe('of the peer, without its port'),
    })
    .optional(),
  polls: z
    .strictObject({
      seconds: z.number().positive().describe('the interval that is summarised'),
      requests: z.int().positive(),
      bytes: z.int().nonnegative(),
    })
    .optional()
    .describe(
      'one observation for many plain polls of one client, above a configured rate; sha256 is over their digests',
    ),
  probe: z.boolean().optional().describe('synthetic self-test: judged on a shadow copy'),
  expects: z.array(z.string().max(10)).max(20).optional().describe('rules that a probe must trip; none: it is clean'),
})
export type Observation = z.infer<typeof Observation>

/** What the DTM answers to a batch. */
export const ObservationReceipt = z.strictObject({
  accepted: z.int().nonnegative(),
  rejected: z.array(z.strictObject({ index: z.int().nonnegative(), reason: z.string() })),
})
export type ObservationReceipt = z.infer<typeof ObservationReceipt>

/** The longest batch of one POST /dtm/observations. */
export const observationBatch = 100
