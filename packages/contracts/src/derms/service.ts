import { z } from 'zod'
import { ServiceRequest } from './service-request.ts'

const at = z.number().describe('seconds since 1970')

export const ServiceStatus = z.enum(['requested', 'feasible', 'refused', 'scheduled', 'active', 'settled', 'cancelled'])
export type ServiceStatus = z.infer<typeof ServiceStatus>

/** What a DER was given to do in a service. */
export const Award = z.object({
  lfdi: z.string(),
  name: z.string().optional(),
  W: z.number().describe('of the running order; export positive'),
  baseW: z.number().describe('what it would have done'),
  mRID: z.string().optional().describe('of the control at the GSP'),
  steering: z
    .enum(['target', 'export-cap', 'import-cap', 'none'])
    .describe('none: a setting that moves no power by itself'),
  control: z.string().describe('how it was said'),
  since: at,
  status: z.enum(['ordered', 'received', 'following', 'dropped']),
  reason: z.string().optional().describe('why it was dropped and replaced'),
})
export type Award = z.infer<typeof Award>

/** One service through its life. */
export const Service = z.object({
  id: z.string(),
  request: ServiceRequest,
  operator: z.string().describe('LFDI of who asked'),
  created: at,
  start: at,
  end: at,
  status: ServiceStatus,
  history: z.array(z.object({ status: ServiceStatus, at, reason: z.string().optional() })),
  devices: z.int().describe('that stand at the point'),
  best: z.object({ shortW: z.number(), text: z.string() }).optional().describe('the best that was possible'),
  cost: z.number().describe('of the plan, by the terms of the DERs'),
  countsFrom: at
    .optional()
    .describe('of a service that began sooner than orders are followed: what is missing before is nobody’s fault'),
  warning: z.string().optional(),
  awards: z.array(Award),
  standing: z.string().optional().describe('default control of the group'),
  signal: z.object({ value: z.number(), at }).optional().describe('the last one'),
  call: z.object({ at, until: at, watts: z.number() }).optional().describe('of a reserve'),
  pickedUp: z.array(z.object({ group: z.string(), at, loadW: z.number() })).optional(),
  groups: z
    .array(z.object({ group: z.string(), status: z.enum(['dark', 'live', 'given-up']), since: at, trips: z.int() }))
    .optional()
    .describe('of a black start'),
  hertz: z.number().optional().describe('that a black start saw last'),
  waitsFor: z.string().optional().describe('what keeps a black start from going on'),
})
export type Service = z.infer<typeof Service>

/** How well a signal was followed, each from 0 to 1. */
export const FollowingScore = z.object({
  correlation: z.number().describe('how alike the two are in shape, at the delay that suits best'),
  delaySeconds: z.number(),
  delay: z.number().describe('1 without, 0 after five minutes'),
  precision: z.number().describe('1 less the mean error as a part of the mean of what was asked'),
  score: z.number().describe('the mean of the three'),
})
export type FollowingScore = z.infer<typeof FollowingScore>

/** One interval of a service: asked band, what was there, and what would have been. W, export positive. */
export const DeliveryInterval = z.object({
  start: at,
  end: at,
  lowW: z.number().nullable().describe('least that was asked; null: none'),
  highW: z.number().nullable().describe('most that was asked; null: none'),
  baselineW: z.number(),
  actualW: z.number().nullable().describe('null: nobody was metered'),
  metered: z.int().describe('devices with a reading'),
  delivered: z.boolean().nullable(),
  heldW: z.number().optional().describe('of a reserve: to be held'),
  readyW: z.number().optional().describe('of that, what could have been given, or was'),
  score: FollowingScore.optional().describe('of a regulation'),
})
export type DeliveryInterval = z.infer<typeof DeliveryInterval>

export const Delivery = z.object({
  id: z.string(),
  unit: z.enum(['W', 'var']),
  intervals: z.array(DeliveryInterval),
  share: z.number().nullable().describe('of the metered intervals that were delivered'),
  score: FollowingScore.optional().describe('of a regulation, over all intervals'),
})
export type Delivery = z.infer<typeof Delivery>

const totals = {
  askedMilliWh: z.int().describe('beyond its baseline'),
  deliveredMilliWh: z.int(),
  missedMilliWh: z.int(),
  performance: z.number().describe('0 to 1; of a regulation the score'),
  heldMilliWh: z.int().describe('a mW that was to be held for an hour counts as a mWh'),
  readyMilliWh: z.int().describe('that could have been given, or was'),
  payment: z.int().describe('for what was delivered'),
  holding: z.int().describe('for what was held ready'),
  penalty: z.int(),
  net: z.int(),
}

/** What each DER gave in a service and what it gets: energies in whole mWh, amounts in whole 10^scale of the currency. */
export const Settlement = z.object({
  service: z.string(),
  final: z.boolean().describe('false: so far'),
  start: at,
  intervalSeconds: z.number(),
  price: z.object({ currency: z.string(), scale: z.int(), perKWh: z.int(), penaltyPerKWh: z.int() }),
  rows: z.array(
    z.object({
      id: z.string().describe('LFDI'),
      name: z.string().optional(),
      baselineMethod: z.string().optional(),
      score: FollowingScore.optional(),
      ...totals,
    }),
  ),
  total: z.object(totals).describe('the sum of the rows, exactly'),
})
export type Settlement = z.infer<typeof Settlement>

/** A line of the audit log: who did what, and what came of it. */
export const AuditEntry = z.object({
  seq: z.int(),
  at,
  actor: z.string(),
  action: z.string(),
  service: z.string().optional(),
  detail: z.unknown().optional(),
})
export type AuditEntry = z.infer<typeof AuditEntry>
export const AuditLog = z.object({ entries: z.array(AuditEntry) })

/** One line of the live feed, `GET /events`. */
export const DermsEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('service'), at, id: z.string(), status: ServiceStatus, reason: z.string().optional() }),
  z.object({ event: z.literal('dispatch'), at, id: z.string(), orders: z.int(), shortW: z.number() }),
  z.object({ event: z.literal('interval'), at, id: z.string(), interval: DeliveryInterval }),
  z.object({ event: z.literal('dropped'), at, id: z.string(), lfdi: z.string(), reason: z.string() }),
])
export type DermsEvent = z.infer<typeof DermsEvent>
