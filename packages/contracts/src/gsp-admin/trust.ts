import { z } from 'zod'
import { TrustRole } from '../trust/observation.ts'

/** How a party or link stands with the DTM, as the GSP keeps it. */
export const TrustStanding = z.object({
  subject: z.string(),
  role: TrustRole,
  level: z.int().min(0).max(4),
  held: z.boolean().describe('a group alert holds its blocking'),
  since: z.number(),
  Te: z.number().optional(),
  rule: z.string().optional(),
})
export type TrustStanding = z.infer<typeof TrustStanding>

/** What the receiver of alerts answers once it has done what they ask. */
export const TrustAlertReceipt = z.object({ taken: z.int().nonnegative() })
export type TrustAlertReceipt = z.infer<typeof TrustAlertReceipt>
