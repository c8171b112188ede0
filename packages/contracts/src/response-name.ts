/** Response.status (function-sets, 1.2). */
const names: Readonly<Record<number, string>> = {
  1: 'received',
  2: 'started',
  3: 'completed',
  4: 'opted-out',
  5: 'opted-in',
  6: 'cancelled',
  7: 'superseded',
  8: 'partly-opted-out',
  9: 'partly-opted-in',
  10: 'no-participation',
  11: 'acknowledged',
  12: 'cannot-be-displayed',
  13: 'aborted-by-server',
  14: 'aborted-by-program',
  252: 'rejected-not-applicable',
  253: 'rejected-invalid',
  254: 'rejected-expired',
}

/** The word for a response status; an unknown one keeps its number. */
export function responseName(status: number): string {
  return names[status] ?? `status-${status}`
}
