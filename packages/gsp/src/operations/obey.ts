import type { TrustAlert, TrustSubject } from '@gridloom/contracts'
import { distrusted, standingAfter, standingRead, suspect, type Clock, type Logger, type Standing } from '@gridloom/kit'
import type { Lfdi } from '@gridloom/sep2030'
import { linkedTo, partyOf } from '../domain/enforcement.ts'
import { hrefs } from '../domain/hrefs.ts'
import { logEventOf } from '../domain/trust-log.ts'
import type { EventEngine } from '../loops/event-engine.ts'
import { newRow } from '../store/new-row.ts'
import { createRetention } from '../store/retention.ts'
import type { Change, ResourceStore } from '../store/resources.ts'
import type { Reservations } from './reservations.ts'
import type { Trust, Turn } from './trust.ts'
import { withdrawEvents } from './withdraw-events.ts'

export type ObeyDeps = Readonly<{
  trust: Trust
  store: ResourceStore
  events: EventEngine
  reservations: Reservations
  clock: Clock
  log: Pick<Logger, 'info' | 'warn' | 'error'>
  pen: number
  /** Our own LFDI. */
  self: Lfdi
  /** Ends the connections of a certificate: it has to shake hands anew. */
  endSessions: (lfdi: string) => void
}>

/** Does what the DTM's levels ask of a GSP (trust.md §5). */
export type Obey = Readonly<{
  /** Takes alerts in, each once; resolves when they are kept and done. */
  take(alerts: readonly TrustAlert[]): Promise<void>
  /** Takes over the DTM's register as it was at a time of ours: whoever is not in it is at level 1 or 0. */
  restore(subjects: readonly TrustSubject[], asOf: number): Promise<void>
}>

const keptAlerts = 5000

export function createObey(deps: ObeyDeps): Obey {
  const { trust, store, clock, log } = deps
  const retain = createRetention({ kind: 'TrustAlert', keep: keptAlerts })
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const result = last.then(work, work)
    last = result
    return result
  }

  const takeOne = async (alert: TrustAlert): Promise<void> => {
    if (await store.find('TrustAlert', alert.id)) return
    const standing = standingAfter(trust.standing(alert.subject), alert, clock.exact())
    const turns = await trust.put(standing ? [standing] : [], [
      { create: newRow('TrustAlert', alertPlace(alert), alert) },
      ...retain(hrefs.trustAlerts, 1),
      ...(await logEntry(deps, alert)),
    ])
    const { subject, role, type, rule, severity, text, levelTo = 0 } = alert
    const level = levelTo >= suspect || type === 'group' ? 'warn' : 'info'
    log[level]({ subject, role, type, level: levelTo, rule, severity, text }, 'trust alert taken')
    if (standing) await follow(deps, [standing], turns)
  }

  return {
    take: (alerts) =>
      inTurn(async () => {
        for (const alert of alerts.toSorted((a, b) => a.seq - b.seq)) await takeOne(alert)
      }),
    restore: (subjects, asOf) =>
      inTurn(async () => {
        const now = clock.exact()
        const read = subjects.map((subject) => standingRead(trust.standing(subject.id), subject, now))
        const listed = new Set(read.map(({ subject }) => subject))
        const better = trust.standings().filter(({ subject, level }) => level >= suspect && !listed.has(subject))
        const changed = [...read, ...better.map((known) => recovered(known, now))].filter(
          // what an alert has changed meanwhile is newer than the register
          (standing) => !isSame(trust.standing(standing.subject), standing) && !isNewer(trust, standing, asOf),
        )
        const turns = changed.length > 0 ? await trust.put(changed) : []
        log.info({ subjects: subjects.length, changed: changed.length }, 'trust levels read')
        await follow(deps, changed, turns)
      }),
  }
}

function alertPlace({ id }: TrustAlert) {
  return { href: `${hrefs.trustAlerts}/${encodeURIComponent(id)}`, parent: hrefs.trustAlerts }
}

function recovered({ subject, role, seq }: Standing, now: number): Standing {
  return { subject, role, level: suspect - 1, held: false, since: now, seq }
}

function isNewer(trust: Trust, { subject }: Standing, asOf: number): boolean {
  return (trust.standing(subject)?.since ?? -Infinity) > asOf
}

function isSame(a: Standing | undefined, b: Standing): boolean {
  return a?.level === b.level && a.held === b.held
}

/** The entry in the subject's own log list, where it has one. */
async function logEntry({ store, pen, clock }: ObeyDeps, alert: TrustAlert): Promise<readonly Change[]> {
  const device = await store.find('EndDevice', partyOf(alert.subject) ?? '')
  if (!device) return []
  const parent = hrefs.logEvents(device.href)
  const event = logEventOf(alert, { pen, id: alert.seq % 65_536, now: clock.now() })
  if (!event) return []
  const href = `${parent}/${await store.nextId(parent)}`
  return [{ create: newRow('LogEvent', { href, parent, scope: device.scope }, event) }]
}

async function follow(deps: ObeyDeps, changed: readonly Standing[], turns: readonly Turn[]): Promise<void> {
  const { log, self } = deps
  for (const { subject, level } of changed) {
    const other = linkedTo(subject, self)
    // both ends of a link shake hands anew; at 3 or more that is the operator's business too
    if (other !== undefined && level >= suspect) deps.endSessions(other)
    if (other !== undefined && level >= distrusted) log.error({ subject, level }, 'link distrusted, sessions closed')
    if (subject === self && level >= suspect) log.error({ level }, 'this server is not trusted')
  }
  for (const turn of turns) await turned(deps, turn)
}

async function turned(deps: ObeyDeps, { lfdi, before, after }: Turn): Promise<void> {
  const { store, clock, log, reservations } = deps
  log.warn({ lfdi, ...after }, 'enforcement changed')
  if (after.isDenied && !before.isDenied) deps.endSessions(lfdi)
  const device = await store.find('EndDevice', lfdi)
  if (!device) return
  if (after.isDenied && !before.isDenied) await withdrawEvents(deps, device.href)
  if (after.readBackSince !== undefined && after.readBackSince !== before.readBackSince) {
    // a client that watches its entry reads what hangs from it again
    await store.write([{ put: newRow('EndDevice', device, { ...device.body, changedTime: clock.now() }) }])
  }
  if (after.holdSince === undefined && before.holdSince !== undefined) await reservations.reconsider(device.href)
}
