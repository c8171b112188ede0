import { MarketReference } from '@gridloom/contracts'
import { listenOn, LogLevel, SimulationConfig, TlsConfig } from '@gridloom/kit'
import { z } from 'zod'

const Lfdi = z
  .string()
  .regex(/^[0-9A-Fa-f]{40}$/, 'not an LFDI')
  .transform((text) => text.toUpperCase())
const partyId = MarketReference.shape.marketPartyId
const seconds = z.number().positive()

const DayAhead = z.strictObject({
  partyId: partyId.describe('the party that the other market is here'),
  feed: z.string().describe('CSV time,price or JSON [{start, price}]: a file or an https: or http: address'),
  quantity: z.int().positive().describe('what it buys and sells at most, for each interval'),
  spread: z.int().nonnegative().default(0).describe('its margin on either side of the price, in price units'),
  priceDecades: z.int().min(-9).max(9).default(0).describe('10^n times the price of the feed is a price of the market'),
  horizonSeconds: seconds.default(86_400).describe('how far ahead it tenders'),
  readSeconds: seconds.default(300).describe('between two looks at the feed'),
})
export type DayAheadConfig = z.infer<typeof DayAhead>

const Market = z
  .strictObject({
    reference: MarketReference.describe('the reference data of the market'),
    clearing: z
      .strictObject({
        beforeGateSeconds: z.int().min(1).default(1).describe('when an instrument is cleared the last time'),
        everySeconds: z.int().positive().optional().describe('and so often before; once only when absent'),
      })
      .prefault({})
      .describe('when a periodic auction clears'),
    priceAdjustment: z
      .record(partyId, z.strictObject({ BUY: z.int().default(0), SELL: z.int().default(0) }))
      .default({})
      .describe('added to the prices of tenders of a party as they come in, like a network fee; nobody: as tendered'),
    dayAhead: z.array(DayAhead).default([]).describe('wholesale markets whose prices become tenders here'),
  })
  .superRefine(({ reference: { rangeStart, rangeEnd } }, context) => {
    if (rangeEnd <= rangeStart)
      context.addIssue({ code: 'custom', path: ['reference', 'rangeEnd'], message: 'the range is empty' })
  })
export type MarketConfig = z.infer<typeof Market>

export const Config = z
  .strictObject({
    listen: listenOn('::', 9446).describe('where parties and observers connect'),
    ops: z
      .strictObject({ host: z.string().default('127.0.0.1'), port: z.uint32().max(65_535) })
      .optional()
      .describe('plain HTTP for /healthz and /metrics; off when absent'),
    certs: z.string().describe('folder with key.pem, cert.pem and ca.pem'),
    tls: TlsConfig,
    bodyBytes: z.uint32().default(1_048_576).describe('longest message'),
    store: z.string().default('sqlite:market.db').describe('sqlite:FILE'),
    operators: z.array(Lfdi).default([]).describe('LFDIs that see all and report meters for others'),
    parties: z
      .strictObject({
        admission: z
          .enum(['certificate', 'listed'])
          .default('certificate')
          .describe('certificate: the first certificate that registers a partyId owns it; listed: only those below'),
        listed: z
          .array(z.strictObject({ lfdi: Lfdi, partyId }))
          .default([])
          .describe('which certificate is which party'),
      })
      .prefault({}),
    markets: z.array(Market).min(1),
    delivery: z
      .strictObject({
        timeoutSeconds: seconds.default(10).describe('for one post to a callback'),
        firstSeconds: seconds.default(1).describe('wait before the first repeat; then twice as long each time'),
        capSeconds: seconds.default(300).describe('longest wait'),
      })
      .prefault({})
      .describe('how messages come to the callbacks of parties, in wall-clock seconds'),
    tickSeconds: seconds.default(1).describe('of the clock, between two looks at gates, expiries and clearings'),
    snapshotEvery: z
      .int()
      .positive()
      .default(200_000)
      .describe('messages between two snapshots of the open state: a start does so many again, some 50,000 a second'),
    dtm: z
      .strictObject({
        url: z.url(),
        lfdi: Lfdi.optional().describe('pins the trust module'),
        pollSeconds: seconds.default(30),
        meterSeconds: seconds
          .default(900)
          .describe('how long after an interval its meters may be reported; then nothing was delivered, for the DTM'),
        refuseLevel: z.int().min(1).max(4).default(3).describe('tenders of parties at this level are refused'),
      })
      .optional()
      .describe('the trust module; absent: nobody is derated, and nobody is told of trades'),
    clock: SimulationConfig.optional().describe('simulated time, set by the local grid'),
    logLevel: LogLevel,
  })
  .superRefine(({ markets }, context) => {
    const ids = markets.map(({ reference }) => reference.marketId)
    const twice = ids.findIndex((id, index) => ids.indexOf(id) !== index)
    if (twice >= 0)
      context.addIssue({
        code: 'custom',
        path: ['markets', twice, 'reference', 'marketId'],
        message: `"${ids[twice]}" is there twice`,
      })
  })

export type Config = z.infer<typeof Config>
