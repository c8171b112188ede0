import type { TrustAlert, TrustSubject } from '@gridloom/contracts'
import {
  connectDtm,
  readSubjects,
  standingAfter,
  standingRead,
  suspect,
  type Clock,
  type Credentials,
  type DtmConfig,
  type Logger,
  type Random,
  type Standing,
} from '@gridloom/kit'
import type { Config } from './config.ts'
import type { Dcm } from './dcm.ts'
import type { StandingStore } from './store/standings.ts'

/** What the DCMs of a process hear from the DTM. */
export type Trust = Readonly<{
  /** Takes alerts in, each once; resolves when they are kept and heeded. */
  take(alerts: readonly TrustAlert[]): Promise<void>
  /** Lets all heed what was known before the last stop. */
  recall(): Promise<void>
  /** Follows the DTM's register until the signal ends it. */
  run(signal: AbortSignal): Promise<void>
}>

export type TrustOptions = Readonly<{
  dtm: DtmConfig
  certs: Credentials
  tls: Config['tls']
  store: StandingStore
  dcms: readonly Dcm[]
  clock: Clock
  random: Random
  log: Logger
}>

// alerts come by themselves: this mends what got lost while either side was away for long
const rereadSeconds = 600

export function createTrust(options: TrustOptions): Trust {
  const { store, clock, log } = options
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const result = last.then(work, work)
    last = result
    return result
  }

  const takeAll = async (alerts: readonly TrustAlert[]): Promise<void> => {
    const fresh = alerts.filter(({ id }) => !store.knows(id)).toSorted((a, b) => a.seq - b.seq)
    const changed = new Map<string, Standing>()
    for (const alert of fresh) {
      const { subject, role, type, rule, text, levelTo = 0 } = alert
      const standing = standingAfter(changed.get(subject) ?? store.standing(subject), alert, clock.exact())
      if (standing) changed.set(subject, standing)
      const level = levelTo >= suspect || type === 'group' ? 'warn' : 'info'
      log[level]({ subject, role, type, level: levelTo, rule, text }, 'trust alert taken')
    }
    // of a fleet in which all is well there is nothing to remember
    const kept = [...changed.values()].filter(({ subject, level }) => level >= suspect || store.standing(subject))
    const ids = fresh.map(({ id }) => id)
    if (ids.length > 0) await store.put(kept, ids)
    await heeded(options, [...changed.values()])
  }
  const restore = async (subjects: readonly TrustSubject[], asOf: number): Promise<void> => {
    const changed = changedBy(subjects, store, clock.exact()).filter(
      // what an alert has changed meanwhile is newer than the register
      ({ subject }) => (store.standing(subject)?.since ?? -Infinity) <= asOf,
    )
    log.info({ subjects: subjects.length, changed: changed.length }, 'trust levels read')
    if (changed.length === 0) return
    await store.put(changed)
    await heeded(options, changed)
  }

  return {
    take: (alerts) => inTurn(() => takeAll(alerts)),
    recall: () => tell(options.dcms, store, []),
    async run(signal) {
      await using client = connectDtm({ ...options, config: options.dtm })
      try {
        for (;;) {
          const asOf = clock.exact()
          const subjects = await readSubjects({ ...options, client }, signal)
          await inTurn(() => restore(subjects, asOf))
          await clock.sleep(rereadSeconds, signal)
        }
      } catch (err) {
        // the levels that are known hold on
        if (!signal.aborted) log.error({ err }, 'trust module not followed')
      }
    },
  }
}

/** The standings that the register changes: whoever is known to be suspect and is not in it is no longer. */
function changedBy(subjects: readonly TrustSubject[], store: StandingStore, now: number): readonly Standing[] {
  const read = subjects.map((subject) => standingRead(store.standing(subject.id), subject, now))
  const listed = new Set(read.map(({ subject }) => subject))
  const better = store.all().filter(({ subject, level }) => level >= suspect && !listed.has(subject))
  const recovered = better.map(({ subject, role, seq }): Standing => ({
    subject,
    role,
    level: suspect - 1,
    held: false,
    since: now,
    seq,
  }))
  return [...read, ...recovered].filter(({ subject, level }) => store.standing(subject)?.level !== level)
}

/** Whoever a change concerns heeds it: all, where it is about a server. */
function heeded({ store, dcms }: TrustOptions, changed: readonly Standing[]): Promise<void> {
  const isAboutServer = changed.some(({ role }) => role === 'GSP')
  const isConcerned = ({ lfdi }: Dcm): boolean => changed.some(({ subject }) => subject.includes(lfdi))
  return tell(isAboutServer ? dcms : dcms.filter(isConcerned), store, changed)
}

async function tell(dcms: readonly Dcm[], store: StandingStore, changed: readonly Standing[]): Promise<void> {
  const standings = store.all().filter(({ level }) => level >= suspect)
  await Promise.all(dcms.map((dcm) => dcm.heed(standings, changed)))
}
