import type { TrustRegistration } from '@gridloom/contracts'
import { baseRates, type Level, type TrustParameters } from '../parameters.ts'
import { createTrustFile, forget, succeedTrustFile, type TrustFile } from '../trust-file.ts'
import { perCategory } from '../trust-file.ts'
import { metricVectorOf } from '../vector.ts'
import { isProvisional } from '../level.ts'
import { memoryOf, type Subject } from '../world/world.ts'
import { recommendedAt, subjectOf, type Bench } from './judge.ts'
import { parametersOf } from './settings.ts'
import type { TrustEvent } from './trust-event.ts'

/** Enters a registration; what counts against a device stays with it under a new certificate, and while it was away. */
export function enter(registration: TrustRegistration, t: number, bench: Bench): readonly TrustEvent[] {
  const { world, settings } = bench
  const { lfdi, role, serial } = registration
  const isNew = !world.subjects.has(lfdi)
  if (world.registry.get(lfdi)?.reports === false && registration.reports !== false)
    memoryOf(world, lfdi).reportsSince = t
  world.registry.set(lfdi, registration)
  const subject = subjectOf(world, lfdi, t)
  const before = subject.file.level
  if (subject.left) welcomeBack(subject, subject.left, { t, parameters: parametersOf(settings, role) })
  else if (subject.role === 'UNKNOWN' && role !== 'UNKNOWN') welcome(subject, t)
  subject.role = role
  if (serial !== undefined) inherit(subject, { serial, t, isNew }, bench)
  return turned(subject, before, { t, bench, text: `${role} ${lfdi.slice(0, 8)}… was registered` })
}

/** Takes a registration out: from then on it is unknown, and what is known of it is kept for its return. */
export function leave(lfdi: string, t: number, bench: Bench): readonly TrustEvent[] {
  const { world } = bench
  world.registry.delete(lfdi)
  world.devices.delete(lfdi)
  // its heartbeats are awaited anew when it is back
  delete world.memories.get(lfdi)?.reporter?.heartbeatAt
  const subject = world.subjects.get(lfdi)
  if (!subject || subject.left) return []
  const { file, isStained, role } = subject
  subject.left = { file, isStained }
  Object.assign(subject, { file: createTrustFile({ a: baseRates.unknown, at: t }), isStained: false, role: 'UNKNOWN' })
  delete subject.isHeld
  return turned(subject, file.level, { t, bench, text: `${role} ${lfdi.slice(0, 8)}… is no longer registered` })
}

type Turn = Readonly<{ t: number; bench: Bench; text: string }>

function turned({ id, role, file }: Subject, before: Level, { t, bench, text }: Turn): readonly TrustEvent[] {
  if (file.level === before) return []
  const parameters = parametersOf(bench.settings, role)
  return [
    {
      kind: 'level',
      at: t,
      subject: id,
      role,
      from: before,
      to: file.level,
      cause: 'clean',
      provisional: isProvisional(file, parameters),
      held: false,
      recommended: file.level > before ? recommendedAt(file.level, role) : [],
      text,
      vector: metricVectorOf(file, parameters),
    },
  ]
}

/** Being unknown is forgiven by being registered; what else it did is not. */
function welcome(subject: Subject, t: number): void {
  const a = baseRates.registered
  subject.file = subject.isStained ? { ...subject.file, a } : createTrustFile({ a, at: t })
}

/** Nobody gets rid of anything by leaving, and nobody loses its name by having been away. */
function welcomeBack(
  subject: Subject,
  left: NonNullable<Subject['left']>,
  { t, parameters }: Readonly<{ t: number; parameters: TrustParameters }>,
): void {
  const { file: away, isStained } = subject
  const kept = forget(left.file, t, parameters)
  const level = away.level > kept.level ? { level: away.level, levelSince: away.levelSince } : {}
  subject.file = isStained ? { ...burdened(kept, away), ...level } : kept
  subject.isStained = isStained || left.isStained
  delete subject.left
}

type Succession = Readonly<{ serial: string; t: number; isNew: boolean }>

function inherit(subject: Subject, { serial, t, isNew }: Succession, { world, settings }: Bench): void {
  const known = world.serials.get(serial)
  world.serials.set(serial, { ...known, lfdi: subject.id })
  const old = known === undefined || known.lfdi === subject.id ? undefined : fileOf(world, known.lfdi)
  if (!old) return
  const parameters = parametersOf(settings, subject.role)
  if (isNew) subject.file = forget(succeedTrustFile(old, t), t, parameters)
  else subject.file = burdened(subject.file, forget(old, t, parameters))
}

/** What counts for and against somebody, also when it is no longer registered. */
export function fileOf({ subjects }: Bench['world'], lfdi: string): TrustFile | undefined {
  const subject = subjects.get(lfdi)
  return subject?.left?.file ?? subject?.file
}

/** The worse of both: nobody gets rid of anything by having had a file before. */
export function burdened(file: TrustFile, old: TrustFile): TrustFile {
  return {
    ...file,
    s: Math.max(file.s, old.s),
    sc: perCategory((category) => Math.max(file.sc[category], old.sc[category])),
  }
}
