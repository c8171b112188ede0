import { MirrorMeterReading, MirrorMeterReadingList, MirrorUsagePoint } from '@gridloom/sep2030'
import { mirrorUsagePoint, ownMirror, readingsOf, type Batch, type Mirror } from './domain/mirror.ts'
import type { Outcome } from './domain/outcome.ts'
import type { View } from './domain/view.ts'
import type { Session } from './session.ts'

export type MirrorPostOptions = Readonly<{
  session: Session
  mirror: Mirror
  view: () => View
  /** Told when the list of mirrors should be read again. */
  changed: () => void
}>

/** Posts batches to the own mirror usage point, which it makes where the server has none. */
export function createMirrorPost({ session, mirror, view, changed }: MirrorPostOptions) {
  // Where our own POST made it, and where the server says that there is none any more.
  let made: string | undefined
  let gone: string | undefined

  const ensure = async (postRate: number, signal: AbortSignal): Promise<Outcome<string>> => {
    const listed = ownMirror(mirror, view().mirrors)?.href
    const isListed = listed !== undefined && listed !== gone
    // Once the list has shown it, the list is believed: also when the mirror is no longer in it.
    if (isListed) made = undefined
    const known = isListed ? listed : made
    if (known !== undefined) return { kind: 'ok', value: known }
    const list = view().capability?.MirrorUsagePointListLink?.href
    if (list === undefined || !view().self) return { kind: 'missing' }
    const outcome = await session.post(MirrorUsagePoint, list, mirrorUsagePoint(mirror, postRate), signal)
    // Made or met: the list says where it is and how often the server wants to hear of it.
    if (outcome.kind === 'ok' || outcome.kind === 'conflict') changed()
    if (outcome.kind === 'conflict') gone = undefined
    if (outcome.kind !== 'ok') return outcome
    made = outcome.location
    return made === undefined ? { kind: 'missing' } : { kind: 'ok', value: made }
  }

  const postEach = async (readings: readonly MirrorMeterReading[], href: string, signal: AbortSignal) => {
    for (const reading of readings) {
      const outcome = await session.post(MirrorMeterReading, href, reading, signal)
      if (outcome.kind !== 'ok') return outcome
    }
    return { kind: 'ok', value: undefined } as const
  }

  const post = async (batch: Batch, signal: AbortSignal): Promise<Outcome<undefined>> => {
    for (let attempt = 0; ; attempt += 1) {
      const href = await ensure(batch.duration, signal)
      if (href.kind !== 'ok') return href
      const readings = readingsOf(mirror, batch)
      const all = { all: readings.length, results: readings.length, MirrorMeterReading: readings }
      const outcome = await session.post(MirrorMeterReadingList, href.value, all, signal)
      // Too much at once, or a server that takes one reading at a time.
      if (outcome.kind === 'tooLarge' || outcome.kind === 'rejected') return postEach(readings, href.value, signal)
      if (outcome.kind !== 'missing' || attempt > 0) return outcome
      gone = href.value
      made = undefined
    }
  }

  return { ensure, post }
}
