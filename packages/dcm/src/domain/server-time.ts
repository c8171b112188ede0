import { seconds, type Time } from '@gridloom/sep2030'

/** How far a server's clock is ahead of ours, in seconds. */
export type ServerTime = Readonly<{ offset: number; quality: number }>

/** The middle of the second that the server names, less the middle of the request: within half a second plus half the trip. */
export function serverTimeOf(time: Time, sent: number, received: number): ServerTime {
  return { offset: seconds(time.currentTime) + 0.5 - (sent + received) / 2, quality: time.quality }
}

/** Keeps the known offset unless the new one differs by more than a second, so that planned starts do not tremble. */
export function steadied(known: ServerTime | undefined, read: ServerTime): ServerTime {
  if (!known || Math.abs(read.offset - known.offset) > 1) return read
  return { ...read, offset: known.offset }
}

/** The whole second that a server's clock shows at our time `now`. */
export function serverSecond(time: ServerTime | undefined, now: number): number {
  return Math.floor(now + (time?.offset ?? 0))
}
