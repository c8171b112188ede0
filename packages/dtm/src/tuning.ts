import { TrustRole } from '@gridloom/contracts'
import { z } from 'zod'
import { severities, type Severity } from './domain/parameters.ts'

const mass = z.number().nonnegative()
const seconds = z.number().positive()
const share = z.number().min(0).max(1)
const level = z.literal([0, 1, 2, 3, 4])
const perSeverity = <T extends z.ZodType>(value: T) =>
  z.strictObject(Object.fromEntries(severities.map((severity) => [severity, value])) as Record<Severity, T>)

/** What of the trust model may be set otherwise (trust.md §3); everything has a default. */
const Parameters = z
  .strictObject({
    priorWeight: z.number().positive(),
    goodHalfLife: seconds,
    badHalfLife: seconds,
    goodCap: mass,
    badCap: mass,
    severityWeight: perSeverity(mass),
    severityFloor: perSeverity(level),
    thresholds: z.tuple([share, share, share, share]),
    leastCertainty: share,
    hysteresis: share,
    goodRun: z.uint32(),
    dwell: z.number().nonnegative(),
    bursts: z.array(z.strictObject({ count: z.uint32().min(1), within: seconds, floor: level })),
    leastDiscount: share,
    selfDiscount: share,
  })
  .partial()

export const Tuning = {
  parameters: Parameters.optional().describe('of the trust model, where they are not the defaults'),
  byRole: z.partialRecord(TrustRole, Parameters).optional().describe('the same for subjects of one role'),
}
