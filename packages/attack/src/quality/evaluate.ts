import type { TrustEngine, TrustEvent } from '@gridloom/dtm'
import type { AttackName } from '../attack-names.ts'
import type { Trace } from '../traces/generate.ts'
import { createBook, type Tally } from './book.ts'

/** How the trust module did on one trace: deeds of the attack are the positives, clean messages the negatives. */
export type TraceReport = Tally &
  Readonly<{
    title: string
    attack?: AttackName | undefined
    /** Te over time, of an attacker and of one who did nothing. */
    courses: readonly Course[]
  }>

export type Course = Readonly<{ subject: string; isAttacker: boolean; points: readonly (readonly [number, number])[] }>

const sampleSeconds = 60

/** Plays a trace to an engine and compares what it finds with what was done. */
export function evaluateTrace(trace: Trace, engine: TrustEngine): TraceReport {
  const { title, attack, registrations, batches } = trace
  const book = createBook(trace)
  const courses = new Map<string, (readonly [number, number])[]>()
  let start: number | undefined
  let sampled = -Infinity

  const note = (events: readonly TrustEvent[]): void => {
    for (const event of events) {
      if (event.kind === 'finding') book.noteFinding(event)
      if (event.kind === 'level') book.noteLevel(event)
    }
  }
  const sample = (t: number): void => {
    sampled = t
    for (const subject of [...book.watched(), ...courses.keys()]) {
      const points = courses.get(subject) ?? []
      const Te = engine.subject(subject)?.vector.Te
      if (Te === undefined || points.at(-1)?.[0] === t) continue
      points.push([t, Te])
      courses.set(subject, points)
    }
  }

  for (const batch of batches) {
    if (start === undefined) note(engine.register(registrations, batch.t))
    start ??= batch.t
    for (let due = engine.nextDue(); due !== undefined && due <= batch.t; due = engine.nextDue()) {
      note(engine.advance(due))
    }
    book.enter(batch)
    note(engine.observe(batch.observations, batch.t, batch.peer))
    if (batch.t >= sampled + sampleSeconds) sample(batch.t)
  }
  return {
    ...book.tally(),
    title,
    attack,
    courses: [...courses].map(([subject, points]) => ({
      subject,
      isAttacker: book.isAccused(subject),
      points: points.map(([t, Te]): readonly [number, number] => [t - (start ?? t), Te]),
    })),
  }
}
