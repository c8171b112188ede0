import { type CtsReason, ctsResponseCodeOf, formatCtsInstant } from '@gridloom/contracts'

/** The part that all replies share. */
export function responseOf(reason: CtsReason, now: number, detail?: string) {
  return {
    responseCode: ctsResponseCodeOf[reason],
    responseDescription: reason,
    createdDateTime: formatCtsInstant(now),
    ...(detail !== undefined && { detail }),
  }
}
