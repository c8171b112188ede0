import { z } from 'zod'
import { CtsInstant } from './instant.ts'
import { MarketReference } from './market-reference.ts'
import { CtsId, CtsInterval, CtsSide } from './parts.ts'
import { subscribedHead, subscriptionHead } from './ticker.ts'

const updateType = z.enum(['FULL', 'INCREMENTAL'])

export const EiManageMarketReferenceData = z.object({
  type: z.literal('EiManageMarketReferenceData').optional(),
  ...subscriptionHead,
})

export const EiManagedMarketReferenceData = z.object({
  type: z.literal('EiManagedMarketReferenceData'),
  ...subscribedHead,
  updateType: updateType.optional(),
  marketReferenceData: MarketReference.optional(),
})

export const EiManageSegmentReferenceData = z.object({
  type: z.literal('EiManageSegmentReferenceData').optional(),
  ...subscriptionHead,
})

/** A market of this project has one segment: all its instruments. */
export const EiManagedSegmentReferenceData = z.object({
  type: z.literal('EiManagedSegmentReferenceData'),
  ...subscribedHead,
  updateType: updateType.optional(),
  segments: z
    .array(
      z.object({
        segmentId: CtsId,
        segmentStatus: z.enum(['ACTIVE', 'INACTIVE', 'PUBLISHED']),
        resourceDesignator: z.literal('ENERGY'),
        intervalDuration: z.string(),
        streamTrading: z.enum(['PROHIBITED', 'PERMITTED', 'REQUIRED']),
        negotiationType: z.enum(['AS_REQUESTED', 'PRIVATE_ONLY', 'PUBLIC_ONLY']),
      }),
    )
    .optional(),
})

export const EiManageSessionData = z.object({ type: z.literal('EiManageSessionData').optional(), ...subscriptionHead })

export const EiManagedSessionData = z.object({
  type: z.literal('EiManagedSessionData'),
  ...subscribedHead,
  updateType: updateType.optional(),
  sessions: z
    .array(
      z.object({
        sessionId: CtsId,
        sessionStatus: z.enum(['UNKNOWN', 'HALTED', 'OPEN', 'CLOSED', 'PREOPEN', 'PRECLOSE']),
        sessionStart: CtsInstant,
        sessionEnd: CtsInstant,
      }),
    )
    .optional(),
})

export const EiManageInstrumentData = z.object({
  type: z.literal('EiManageInstrumentData').optional(),
  ...subscriptionHead,
  boundingInterval: CtsInterval,
  instrumentSummaryType: z.enum(['SESSION', 'BOOK']),
  marketDepth: z.int().min(1).max(1000).default(10).describe('price levels of each side of a BOOK'),
})

/** SESSION says how an instrument has traded, BOOK what is on offer, price by price. */
export const CtsInstrumentData = z.object({
  interval: CtsInterval,
  session: z
    .object({
      first: z.int().optional(),
      high: z.int().optional(),
      low: z.int().optional(),
      last: z.int().optional(),
      volume: z.int(),
    })
    .optional(),
  book: z.array(z.object({ side: CtsSide, price: z.int(), quantity: z.int() })).optional(),
})
/** As it is written on the wire. */
export type CtsInstrumentData = z.input<typeof CtsInstrumentData>

export const EiManagedInstrumentData = z.object({
  type: z.literal('EiManagedInstrumentData'),
  ...subscribedHead,
  updateType: updateType.optional(),
  instrumentSummaryType: z.enum(['SESSION', 'BOOK']).optional(),
  instruments: z.array(CtsInstrumentData).optional(),
})
