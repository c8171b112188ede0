import { z } from 'zod'
import { TrustRole } from './observation.ts'

const share = z.number().min(0).max(1)

/** The metric vector of trust: 17 entries, rounded to 4 decimals as published. */
export const TrustVector = z.strictObject({
  r: z.number(),
  s: z.number(),
  a: share,
  T: share,
  b: share,
  d: share,
  u: share,
  C: share,
  T_identity: share,
  T_format: share,
  T_timing: share,
  T_protocol: share,
  T_physics: share,
  T_availability: share,
  Te: share,
  n24: z.int().nonnegative(),
  level: z.int().min(0).max(4),
})
export type TrustVector = z.infer<typeof TrustVector>

export const TrustSeverity = z.enum(['info', 'minor', 'moderate', 'major', 'critical'])
export type TrustSeverity = z.infer<typeof TrustSeverity>

/** What the DTM asks of whoever receives an alert; it never operates equipment itself. */
export const Recommendation = z.enum([
  'resync',
  'readback',
  'derate',
  'hold-new-events',
  'default-control',
  'deny',
  'revoke',
])
export type Recommendation = z.infer<typeof Recommendation>

/** Delivered at least once; receivers drop duplicates by id. */
export const TrustAlert = z.strictObject({
  id: z.string(),
  seq: z.int().positive(),
  at: z.number(),
  type: z.enum(['level-change', 'finding', 'group', 'self-test']),
  subject: z.string(),
  role: TrustRole,
  levelFrom: z.int().min(0).max(4).optional(),
  levelTo: z.int().min(0).max(4).optional(),
  rule: z.string().optional(),
  severity: TrustSeverity.optional(),
  text: z.string().max(200),
  vector: TrustVector.optional(),
  recommended: z.array(Recommendation),
  count: z.int().positive(),
  firstAt: z.number(),
  lastAt: z.number(),
  eventHash: z.string().optional(),
})
export type TrustAlert = z.infer<typeof TrustAlert>

/** A subject as `GET /dtm/subjects` and `/dtm/subjects/{id}` show it. */
export const TrustSubject = z.object({
  id: z.string(),
  role: TrustRole,
  name: z.string().optional(),
  sfdi: z.string().optional(),
  serial: z.string().optional(),
  rtgMaxW: z.number().optional(),
  group: z.string().optional(),
  provisional: z.boolean(),
  held: z.boolean().describe('it is blocked, and a group alert holds that back'),
  levelSince: z.number(),
  lastAt: z.number(),
  vector: TrustVector,
})
export type TrustSubject = z.infer<typeof TrustSubject>

/** Trust of an aggregation or feeder: members weighed by rtgMaxW, and what they may be trusted with. */
export const TrustGroup = z.object({
  id: z.string(),
  members: z.array(z.object({ subject: z.string(), rtgMaxW: z.number(), Te: share, level: z.int() })),
  trust: share,
  trustedCapacityW: z.number(),
  held: z.boolean(),
})
export type TrustGroup = z.infer<typeof TrustGroup>

/** Who takes part: entered by an operator, or kept in step by the GSP that registers the devices. */
export const TrustRegistration = z.strictObject({
  lfdi: z.string().regex(/^[0-9A-F]{40}$/, 'not an LFDI'),
  role: TrustRole,
  name: z.string().max(64).optional(),
  sfdi: z.string().optional(),
  serial: z.string().max(64).optional(),
  rtgMaxW: z.number().nonnegative().optional(),
  reportedMaxW: z
    .number()
    .nonnegative()
    .optional()
    .describe('rated power as the device has told its server, which vouches for nothing'),
  rtgMaxVar: z.number().nonnegative().optional(),
  rtgMaxVA: z.number().nonnegative().optional(),
  group: z.string().max(64).optional(),
  reports: z.boolean().optional().describe('false: a client without an observer, whose silence is no finding'),
  revoked: z.boolean().optional().describe('its certificate was revoked'),
  pin: z.string().max(6).optional().describe('registration PIN as it was handed over, without leading zeros'),
  source: z.enum(['pv', 'battery', 'load', 'other']).optional().describe('what its power comes from'),
  latitude: z.number().min(-90).max(90).optional().describe('degrees north, for the height of the sun'),
  longitude: z.number().min(-180).max(180).optional().describe('degrees east'),
  envelope: z
    .strictObject({ exportW: z.number().nonnegative().optional(), importW: z.number().nonnegative().optional() })
    .optional()
    .describe('what its connection to the grid allows'),
})
export type TrustRegistration = z.infer<typeof TrustRegistration>
