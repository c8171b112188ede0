import type { TrustRegistration } from '@gridloom/contracts'
import { baseRates } from '../parameters.ts'
import { createTrustFile, forget, succeedTrustFile, type TrustFile } from '../trust-file.ts'
import { perCategory } from '../trust-file.ts'
import { metricVectorOf } from '../vector.ts'
import { isProvisional } from '../level.ts'
import { roleOf } from '../world/role-of.ts'
import { memoryOf, type Subject } from '../world/world.ts'
import { subjectOf, type Bench } from './judge.ts'
import { parametersOf } from './settings.ts'
import type { TrustEvent } from './trust-event.ts'

/** Enters a registration; what counts against a device stays with it under a new certificate. */
export function enter(registration: TrustRegistration, t: number, bench: Bench): readonly TrustEvent[] {
  const { world, settings } = bench
  const { lfdi, role, serial } = registration
  const isNew = !world.subjects.has(lfdi)
  if (world.registry.get(lfdi)?.reports === false && registration.reports !== false)
    memoryOf(world, lfdi).reportsSince = t
  world.registry.set(lfdi, registration)
  const subject = subjectOf(world, lfdi, t)
  const before = subject.file.level
  if (subject.role === 'UNKNOWN' && role !== 'UNKNOWN') welcome(subject, t)
  subject.role = role
  if (serial !== undefined) inherit(subject, { serial, t, isNew }, bench)
  if (subject.file.level === before) return []
  const parameters = parametersOf(settings, role)
  return [
    {
      kind: 'level',
      at: t,
      subject: lfdi,
      role: roleOf(world, lfdi),
      from: before,
      to: subject.file.level,
      cause: 'clean',
      provisional: isProvisional(subject.file, parameters),
      held: false,
      recommended: [],
      text: `${role} ${lfdi.slice(0, 8)}… was registered`,
      vector: metricVectorOf(subject.file, parameters),
    },
  ]
}

/** Being unknown is forgiven by being registered; what else it did is not. */
function welcome(subject: Subject, t: number): void {
  const a = baseRates.registered
  subject.file = subject.isStained ? { ...subject.file, a } : createTrustFile({ a, at: t })
}

type Succession = Readonly<{ serial: string; t: number; isNew: boolean }>

function inherit(subject: Subject, { serial, t, isNew }: Succession, { world, settings }: Bench): void {
  const known = world.serials.get(serial)
  world.serials.set(serial, { ...known, lfdi: subject.id })
  const old = known === undefined || known.lfdi === subject.id ? undefined : world.subjects.get(known.lfdi)
  if (!old) return
  const parameters = parametersOf(settings, subject.role)
  if (isNew) subject.file = forget(succeedTrustFile(old.file, t), t, parameters)
  else subject.file = burdened(subject.file, forget(old.file, t, parameters))
}

/** The worse of both: nobody gets rid of anything by having had a file before. */
export function burdened(file: TrustFile, old: TrustFile): TrustFile {
  return {
    ...file,
    s: Math.max(file.s, old.s),
    sc: perCategory((category) => Math.max(file.sc[category], old.sc[category])),
  }
}
