import { z } from 'zod'
import { Lease } from './command.ts'

const Kw = z.number().nonnegative()

/** A consumer that its own region cannot feed. */
export const GuestConsumer = z.strictObject({
  id: z.string(),
  class: z.int().min(0).max(9),
  kw: Kw,
  url: z.url(),
  host: z.string(),
  feeder: z.string().optional(),
})

/** tracker → neighbour tracker `POST /regions/{region}/takeover`, every round: whom it wants fed, and whom it takes back. */
export const TakeoverAsk = z.strictObject({
  from: z.int().nonnegative(),
  epoch: z.int().nonnegative(),
  consumers: z.array(GuestConsumer),
  returned: z.array(z.string()).default([]),
})

/** The guests that the neighbour feeds, until `until` unless asked again; a lease comes with its next round. */
export const TakeoverAnswer = z.strictObject({
  until: z.number(),
  accepted: z.array(z.strictObject({ id: z.string(), lease: Lease.optional() })),
})

export type GuestConsumer = z.infer<typeof GuestConsumer>
export type TakeoverAsk = z.infer<typeof TakeoverAsk>
export type TakeoverAnswer = z.infer<typeof TakeoverAnswer>
