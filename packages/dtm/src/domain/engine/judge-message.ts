import { discountOf, type Witness } from '../discount.ts'
import { effectiveTrust } from '../opinion.ts'
import { forget } from '../trust-file.ts'
import { fired, type RuleFinding } from '../rules/rule-finding.ts'
import { learn } from '../world/learn.ts'
import { remembered } from '../world/memory.ts'
import { messageOf } from '../world/message-of.ts'
import { isRequest, isWrite, type Message } from '../world/message.ts'
import type { Content } from '../world/reads-as.ts'
import { memoryOf, type World } from '../world/world.ts'
import { disputes } from './disputes.ts'
import { judge, type Bench } from './judge.ts'
import { verified, worthOf } from './message-kind.ts'
import type { Testimony } from './pairing.ts'
import { burdened, fileOf } from './registering.ts'
import { foundBy, type RuleList } from './rule-list.ts'
import { parametersOf } from './settings.ts'
import type { TrustEvent } from './trust-event.ts'

export type Court = Bench & Readonly<{ rules: RuleList; read: (body: string) => Content }>

/** The key of a link: the ends in order. */
export function linkOf(a: string, b: string): string {
  return a < b ? `${a}~${b}` : `${b}~${a}`
}

/** Judges a message for all whom it concerns, and lets the world learn from it. */
export function judgeMessage(testimony: Testimony, court: Court, t: number): readonly TrustEvent[] {
  const { world } = court
  const { message, forger } = messageOf(testimony, { world, read: court.read, t })
  const disputed = disputes(testimony, message, world)
  // what is in dispute is neither judged nor learned from
  if (disputed.length > 0) return sentence(disputed, { message, testimony, court })
  const { g, tests } = worthOf(message, world)
  const { all, later } = court.rules
  const found = foundBy(testimony.blamed ? later : all, message, world)
  const isVerified = confirmsRegistration(message, world)
  // what was written to another's resource is no fact of the writer
  if (!found.some(isForeign) && !testimony.blamed?.includes(message.from.id)) learn(message, world)
  const findings = [
    ...found,
    ...unwitnessed(testimony, message, world),
    ...(forger === undefined ? [] : [forged(forger)]),
  ]
  const events = sentence(findings, { message, testimony, court })
  const credits = [...credit({ g, tests }, findings, { message, testimony, court })]
  inheritUnder(message, court)
  const registered =
    isVerified && message.dcm !== undefined
      ? judge(caseOf({ message, testimony, court }, message.dcm, { ...verified, findings: [] }), court)
      : []
  return [...events, ...credits, ...registered]
}

const isForeign = ({ rule }: RuleFinding): boolean => rule === 'ID-4' || rule === 'ID-10'

/** A device that is known by its serial number under another certificate brings along what counts against it there. */
function inheritUnder(message: Message, { world, settings }: Bench): void {
  const { from, t } = message
  const information = isWrite(message) && isRequest(message) ? message.facts.information : undefined
  const known = information && world.serials.get(information.serial)
  const subject = world.subjects.get(from.id)
  const old = known && known.lfdi !== from.id ? fileOf(world, known.lfdi) : undefined
  if (!subject || !old || (known?.maker !== undefined && known.maker !== information?.maker)) return
  subject.file = burdened(subject.file, forget(old, t, parametersOf(settings, subject.role)))
}

export type Trial = Readonly<{ message: Message; testimony: Testimony; court: Court }>

const silentSeconds = 600
const silentTimes = 3

/** PR-7: only one end told of it; an end that is silent again and again is blamed itself. */
function unwitnessed(
  { silent, observation }: Testimony,
  { from, to, t }: Message,
  world: World,
): readonly RuleFinding[] {
  if (silent === undefined) return []
  const memory = memoryOf(world, linkOf(from.id, to.id))
  const all = (memory.unwitnessed ??= {})
  const times = remembered(all[silent], t, { within: silentSeconds, most: silentTimes })
  all[silent] = times
  const evidence = { silent, path: (observation.path ?? '').slice(0, 120) }
  const onLink = fired('PR-7', 'minor', { on: 'link', evidence })
  if (times.length < silentTimes) return [onLink]
  return [onLink, fired('PR-7', 'moderate', { on: silent === from.id ? 'sender' : 'receiver', q: 0.5, evidence })]
}

/** PR-8: a reporter's body is not what its own digest says. */
function forged(reporter: string): RuleFinding {
  return fired('PR-8', 'major', { subject: reporter, q: 0.5, evidence: { forged: true } })
}

/** The device was served the registration that it came with, for the first time. */
function confirmsRegistration({ facts: { pin }, dcm, gsp, from }: Message, world: World): boolean {
  if (pin === undefined || dcm === undefined || from.id !== gsp) return false
  const known = world.registry.get(dcm)?.pin
  const memory = memoryOf(world, dcm)
  if (known === undefined || Number(known) !== Number(pin) || memory.isVerified === true) return false
  memory.isVerified = true
  return true
}

/** Holds findings against their subjects: each of them is hit once by a message, however many rules fired. */
export function sentence(findings: readonly RuleFinding[], trial: Trial): readonly TrustEvent[] {
  if (findings.length === 0) return []
  const { message, testimony } = trial
  const bySubject = Map.groupBy(findings, (finding) => subjectOfFinding(finding, message))
  // one message counts once
  for (const subject of testimony.blamed ?? []) bySubject.delete(subject)
  return [...bySubject].flatMap(([subject, own]) =>
    subject.startsWith('fleet/')
      ? own.map((finding) => fleetAlert(finding, message))
      : judge(caseOf(trial, subject, { g: 0, tests: [], findings: own }), trial.court),
  )
}

/** A clean message speaks for its sender, and for the link when both ends told the same. */
function credit(
  worth: Pick<ReturnType<typeof worthOf>, 'g' | 'tests'>,
  findings: readonly RuleFinding[],
  trial: Trial,
): readonly TrustEvent[] {
  const { message, testimony, court } = trial
  if (worth.g === 0) return []
  const link = linkOf(message.from.id, message.to.id)
  const serious = findings.filter(({ severity }) => severity !== 'info')
  const blamed = new Set([...serious.map((finding) => subjectOfFinding(finding, message)), ...(testimony.blamed ?? [])])
  const clean = [message.from.id, ...(testimony.other ? [link] : [])].filter((subject) => !blamed.has(subject))
  return clean.flatMap((subject) => judge(caseOf(trial, subject, { ...worth, findings: [] }), court))
}

export function subjectOfFinding({ on, subject }: RuleFinding, { from, to }: Message): string {
  if (subject !== undefined) return subject
  if (on === 'link') return linkOf(from.id, to.id)
  return on === 'sender' ? from.id : to.id
}

type Part = Readonly<{ g: number; tests: ReturnType<typeof worthOf>['tests']; findings: readonly RuleFinding[] }>

function caseOf({ message, testimony, court }: Trial, subject: string, part: Part) {
  const { observation, other } = testimony
  const ids = [observation, ...(other ? [other] : [])].map(({ reporter, seq }) => `${reporter}:${seq}`)
  const delta = discountFor(subject, { testimony, court, findings: part.findings })
  return { subject, t: message.t, delta, observationIds: ids, ...part }
}

type Weighed = Readonly<{ testimony: Testimony; court: Court; findings: readonly RuleFinding[] }>

/** What both ends told, or the DTM found by itself, is certain; one end's word is worth what the end is. */
function discountFor(subject: string, { testimony, court, findings }: Weighed): number {
  const isOwn = findings.length > 0 && findings.every(({ rule }) => rule === 'PR-7' || rule === 'PR-8')
  const { reporter } = testimony.observation
  const witness: Witness =
    testimony.other || isOwn || court.world.registry.get(reporter)?.role === 'DTM'
      ? { kind: 'certain' }
      : reporter === subject
        ? { kind: 'self' }
        : { kind: 'reporter', Te: trustIn(reporter, court) }
  return discountOf(
    witness,
    findings.every(({ severity }) => severity === 'info'),
    court.settings.parameters.all,
  )
}

/** The effective trust of a reporter; one that has no file yet is believed by the base rate. */
export function trustIn(reporter: string, { world, settings }: Bench): number {
  const subject = world.subjects.get(reporter)
  return subject ? effectiveTrust(subject.file, parametersOf(settings, subject.role)) : 0.5
}

function fleetAlert({ rule, severity, evidence = {} }: RuleFinding, { t, gsp = '' }: Message): TrustEvent {
  return {
    kind: 'group',
    at: t,
    subject: gsp,
    role: 'GSP',
    rule,
    severity,
    members: [],
    recommended: ['readback'],
    text: `${evidence['devices'] ?? 'many'} devices of the fleet stepped the same way within a minute, and no control told them to (level 3)`,
  }
}
