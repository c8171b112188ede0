import { z } from 'zod'

const Lfdi = z.string().regex(/^[0-9A-F]{40}$/, 'not an LFDI')
const at = z.string().min(1).max(100).describe('what was traded: a market interval, a product')

/** What the market says of its trades: the engine cannot see it on the 2030.5 legs (PR-11). */
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
  }),
])
export type MarketFact = z.infer<typeof MarketFact>
