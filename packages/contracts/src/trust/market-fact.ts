import { z } from 'zod'

const Lfdi = z.string().regex(/^[0-9A-F]{40}$/, 'not an LFDI')
const at = z.string().min(1).max(100).describe('what was traded: a market interval, a product')

/** What a market says of its trades: a trust module cannot see it on the 2030.5 legs (trust.md §6, PR-11). */
export const MarketFact = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bid'), market: Lfdi, subject: Lfdi, tender: at, watts: z.number() }),
  z.strictObject({ kind: z.literal('award'), market: Lfdi, subject: Lfdi, tender: at, watts: z.number() }),
  z.strictObject({
    kind: z.literal('delivery'),
    market: Lfdi,
    subject: Lfdi,
    tender: at,
    wattHours: z.number(),
    awardedWattHours: z.number(),
    start: z.number().nonnegative().optional().describe('when it was to be delivered, in seconds since 1970'),
    seconds: z.number().positive().optional(),
    beforeWatts: z.number().optional().describe('what it gave on average before that'),
  }),
])
export type MarketFact = z.infer<typeof MarketFact>

/** As many as one request brings. */
export const marketFactBatch = 100
