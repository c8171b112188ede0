import type { MarketFact, TrustGroup, TrustSubject } from '@gridloom/contracts'
import { groupTrust } from '../group.ts'
import { isProvisional } from '../level.ts'
import { release as released } from '../release.ts'
import { metricVectorOf } from '../vector.ts'
import { createReader } from '../world/reads-as.ts'
import { plan, takeFirst } from '../world/timers.ts'
import { emptyWorld, isGone, ratedWatts, type Subject } from '../world/world.ts'
import { endHold, isFleetHeld, isHeld } from './group-watch.ts'
import { takeIn, type Intake } from './intake.ts'
import { judgeTrade } from './judge-trade.ts'
import { judgeMessage, linkOf, trustIn } from './judge-message.ts'
import { drop, firstPending, waitingOf } from './pairing.ts'
import { enter, leave } from './registering.ts'
import { ruleList } from './rule-list.ts'
import { runTimer } from './run-timers.ts'
import { parametersOf, settingsOf, type EngineOptions } from './settings.ts'
import { recordsOf, worldOf } from './snapshot.ts'
import type { SnapshotRecord, TrustEngine } from './trust-engine.ts'
import type { TrustEvent } from './trust-event.ts'
import { mayStillCome, unpaired } from './unpaired.ts'

/** An engine with an empty memory, or with that of a snapshot. */
export function createTrustEngine(options: EngineOptions = {}, snapshot?: Iterable<SnapshotRecord>): TrustEngine {
  const settings = settingsOf(options)
  const world = snapshot ? worldOf(snapshot) : emptyWorld()
  const intake: Intake = { world, settings, rules: ruleList(settings), read: createReader(), waiting: waitingOf(world) }
  const { clock } = world

  const nextDue = (): number | undefined => {
    const pending = firstPending(world)
    const expires = pending ? (pending.until ?? pending.at + settings.pairSeconds) : Infinity
    const due = Math.min(world.timers[0]?.due ?? Infinity, expires)
    return due === Infinity ? undefined : due
  }

  /** Does what is due up to a time, in the order and at the times at which it is due. */
  const advance = (t: number): TrustEvent[] => {
    const events: TrustEvent[] = []
    for (let due = nextDue(); due !== undefined && due <= t; due = nextDue()) {
      clock.now = Math.max(clock.now, due)
      events.push(...doNext(due))
    }
    clock.now = Math.max(clock.now, t)
    while (world.pending.size > settings.mostPending) events.push(...expire(clock.now, { isFull: true }))
    return events
  }

  const doNext = (due: number): readonly TrustEvent[] => {
    if (world.timers[0]?.due !== due) return expire(due)
    const timer = takeFirst(world.timers)
    return timer ? runTimer(timer, intake) : []
  }

  const expire = (t: number, { isFull = false } = {}): readonly TrustEvent[] => {
    const pending = firstPending(world)
    if (!pending) return []
    if (!isFull && mayStillCome(pending, t, intake)) {
      world.pending.delete(pending.id)
      world.pending.set(pending.id, { ...pending, until: t + settings.pairSeconds })
      return []
    }
    drop(pending, intake)
    const testimony = unpaired(pending, t, intake)
    return testimony ? judgeMessage(testimony, intake, t) : []
  }

  const market = (fact: MarketFact, t: number): readonly TrustEvent[] => {
    const due = advance(t)
    return [...due, ...judgeTrade(fact, intake)]
  }

  const viewOf = (subject: Subject): TrustSubject => {
    const { id, role, file, lastAt } = subject
    const parameters = parametersOf(settings, role)
    const { name, sfdi, serial = world.devices.get(id)?.serial, group } = world.registry.get(id) ?? {}
    const rtgMaxW = ratedWatts(world, id)
    return {
      id,
      role,
      ...(name !== undefined && { name }),
      ...(sfdi !== undefined && { sfdi }),
      ...(serial !== undefined && { serial }),
      ...(rtgMaxW !== undefined && { rtgMaxW }),
      ...(group !== undefined && { group }),
      provisional: isProvisional(file, parameters),
      held: isHeld(world, subject),
      levelSince: file.levelSince,
      lastAt,
      vector: metricVectorOf(file, parameters),
    }
  }

  const viewAt = (id: string): TrustSubject | undefined => {
    const subject = world.subjects.get(id)
    return subject && viewOf(subject)
  }

  const isMemberHeld = (id: string): boolean => {
    const subject = world.subjects.get(id)
    return subject !== undefined && isFleetHeld(world, subject)
  }

  const group = (id: string): TrustGroup | undefined => {
    const members = [...world.registry.values()]
      .filter((one) => one.group === id)
      .flatMap(({ lfdi }) => {
        const subject = world.subjects.get(lfdi)
        return subject
          ? [
              {
                subject: lfdi,
                rtgMaxW: ratedWatts(world, lfdi) ?? 0,
                Te: trustIn(lfdi, intake),
                level: subject.file.level,
              },
            ]
          : []
      })
    if (members.length === 0) return undefined
    const { trust, trustedWatts } = groupTrust(
      members.map(({ rtgMaxW, Te, level }) => ({ ratedWatts: rtgMaxW, Te, level })),
    )
    return {
      id,
      members,
      trust,
      trustedCapacityW: trustedWatts,
      held: members.some(({ subject }) => isMemberHeld(subject)),
    }
  }

  const release = (id: string, t: number): readonly TrustEvent[] => {
    const due = advance(t)
    endHold(world, id)
    const subject = world.subjects.get(id)
    if (!subject || subject.file.level !== 4) return due
    const parameters = parametersOf(settings, subject.role)
    delete subject.isHeld
    subject.file = released(subject.file, clock.now, parameters)
    const vector = metricVectorOf(subject.file, parameters)
    const change = {
      kind: 'level',
      at: clock.now,
      subject: id,
      role: subject.role,
      from: 4,
      to: 2,
      cause: 'release',
    } as const
    const provisional = isProvisional(subject.file, parameters)
    return [
      ...due,
      {
        ...change,
        provisional,
        held: false,
        recommended: [],
        text: `${subject.role} was released by an operator`,
        vector,
      },
    ]
  }

  /** What was due while the DTM was away is given time to come in: reports wait at their reporters. */
  const resume = (t: number): readonly TrustEvent[] => {
    Object.assign(clock, { awayFrom: clock.now, awayUntil: t, now: Math.max(clock.now, t) })
    for (const [id, pending] of world.pending.entries()) world.pending.set(id, { ...pending, at: t })
    const timers = world.timers.splice(0)
    for (const timer of timers) plan(world.timers, { ...timer, due: Math.max(timer.due, t + graceSeconds) })
    return []
  }

  return {
    register: (registrations, t) => {
      const due = advance(t)
      return [...due, ...registrations.flatMap((one) => enter(one, clock.now, intake))]
    },
    unregister: (lfdi, t) => {
      const due = advance(t)
      return [...due, ...leave(lfdi, clock.now, intake)]
    },
    observe: (observations, t, peer, sentAt) => {
      const due = advance(t)
      return [...due, ...takeIn(observations, { t: clock.now, peer, sentAt }, intake)]
    },
    advance,
    nextDue,
    resume,
    market,
    release,
    isReporter: (lfdi) => world.registry.has(lfdi),
    registration: (lfdi) => world.registry.get(lfdi),
    subject: viewAt,
    subjects: function* (atLeast = 0) {
      for (const subject of world.subjects.values()) {
        if (subject.file.level >= atLeast && !subject.id.includes('~') && !isGone(world, subject)) yield viewOf(subject)
      }
    },
    links: function* () {
      for (const subject of world.subjects.values()) {
        if (subject.id.includes('~') && !isGone(world, subject)) yield viewOf(subject)
      }
    },
    link: (a, b) => viewAt(linkOf(a, b)),
    group,
    snapshot: () => recordsOf(world),
  }
}

const graceSeconds = 300
