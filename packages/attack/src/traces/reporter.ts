import { createHash } from 'node:crypto'
import type { Observation, TrustRole } from '@gridloom/contracts'
import type { Lfdi } from '@gridloom/sep2030'
import type { Act } from './act.ts'

export type End = Readonly<{ role: TrustRole; id: string }>

/** What an observation says beside who saw it when. */
export type Sighting = Pick<Observation, 'leg' | 'kind'> &
  Partial<Pick<Observation, 'corr' | 'method' | 'path' | 'status' | 'resource' | 'contentType' | 'tls'>> &
  Readonly<{ from: End; to: End; body?: string | undefined }>

/** Some observations of one reporter as they come in together; an act when they are part of one. */
export type Batch = Readonly<{ t: number; peer: string; observations: readonly Observation[]; label?: Act }>

/** One end that reports what it sees, batched each second. */
export type Reporter = Readonly<{
  end: End
  saw(at: number, sighting: Sighting, act?: Act): void
  /** Keeps back what is seen from now on for so many seconds, and says which act that is. */
  holdBack(seconds: number, act: (at: number) => Act): void
}>

export type ReporterOptions = Readonly<{
  lfdi: Lfdi
  role: TrustRole
  /** How far its clock is ahead, in seconds. */
  clockOffset: number
  later: (at: number, task: (at: number) => void) => void
  send: (batch: Batch) => void
}>

const flushSeconds = 1
const onTheWay = 0.05

export function createReporter({ lfdi, role, clockOffset, later, send }: ReporterOptions): Reporter {
  let seq = 0
  let hold = 0
  let holding: ((at: number) => Act) | undefined
  let waiting: { observation: Observation; act: Act | undefined }[] = []

  const flush = (now: number): void => {
    const full = waiting
    waiting = []
    if (hold === 0) deliver(full, now)
    else later(now + hold, (t) => deliver(full, t))
  }
  const deliver = (full: typeof waiting, t: number): void => {
    for (let first = 0; first < full.length;) {
      const act = full[first]?.act
      let end = first
      while (end < full.length && end < first + 100 && full[end]?.act === act) end += 1
      const observations = full.slice(first, end).map(({ observation }) => observation)
      send({ t, peer: lfdi, observations, ...(act && { label: act }) })
      first = end
    }
  }

  return {
    end: { role, id: lfdi },
    saw(at, { body, ...sighting }, act) {
      const bytes = Buffer.from(body ?? '')
      const observation: Observation = {
        v: 1,
        seq: seq++,
        reporter: lfdi,
        observedAt: Math.round(1000 * (at + clockOffset)) / 1000,
        ...sighting,
        length: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        ...(body && { body }),
      }
      if (waiting.length === 0) later(at + flushSeconds + onTheWay, flush)
      waiting.push({ observation, act: act ?? holding?.(at) })
    },
    holdBack(seconds, act) {
      hold = seconds
      holding = act
    },
  }
}
