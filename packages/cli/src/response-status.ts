/** What people call the status of a response. */
export const responseStatusNames: Readonly<Record<number, string>> = {
  1: 'received',
  2: 'started',
  3: 'completed',
  4: 'opted out',
  5: 'opted in',
  6: 'cancelled',
  7: 'superseded',
  8: 'partly done, opted out',
  9: 'partly done, opted in',
  10: 'no participation',
  13: 'aborted: other server',
  14: 'aborted: other program',
  252: 'rejected: not applicable',
  253: 'rejected: invalid',
  254: 'rejected: expired',
}
