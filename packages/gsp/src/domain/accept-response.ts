import { SepError, type Response } from '@gridloom/sep2030'

export type EventKind = 'DERControl' | 'FlowReservationResponse'

/** What is known of the event and the device that a response names. */
export type ResponseContext = Readonly<{ event: EventKind | undefined; isOwnDevice: boolean }>

/** Refuses what the server must refuse, and flags a code that this kind of event does not have (function-sets, 1.2). */
export function acceptResponse(
  { subject, endDeviceLFDI, status }: Response,
  { event, isOwnDevice }: ResponseContext,
): Readonly<{ flagged: boolean }> {
  if (!event) throw new SepError('invalid', `no event has the mRID "${subject}"`)
  if (!isOwnDevice) throw new SepError('invalid', `not your device: "${endDeviceLFDI}"`)
  if (status === undefined || !codes.has(status)) throw new SepError('invalid', `not a response status: "${status}"`)
  return { flagged: !usual[event].has(status) }
}

const codes: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 252, 253, 254])

const usual: Readonly<Record<EventKind, ReadonlySet<number>>> = {
  DERControl: new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 252, 253, 254]),
  FlowReservationResponse: new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 252, 253, 254]),
}
