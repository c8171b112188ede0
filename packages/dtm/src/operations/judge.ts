import { setImmediate as turn } from 'node:timers/promises'
import type { TrustAlert } from '@gridloom/contracts'
import type { Clock, Database, Sql } from '@gridloom/kit'
import { alertOf } from '../domain/alert-of.ts'
import type { TrustEngine } from '../domain/engine/trust-engine.ts'
import type { TrustEvent } from '../domain/engine/trust-event.ts'
import type { Alerts } from '../store/alerts.ts'
import type { EventLog } from '../store/event-log.ts'
import type { Answered, Entry, Journal } from '../store/journal.ts'
import type { Snapshots } from '../store/snapshots.ts'
import { uuid7 } from '../store/uuid7.ts'
import { applyStep, type Step } from './step.ts'

export type Input = Step extends infer Each ? (Each extends Step ? Omit<Each, 't'> : never) : never

/** The engine in its order: every input is on the disk first, then judged, then what came of it is on the disk and told. */
export type Judge = Readonly<{
  engine: TrustEngine
  /** Resolves once the input is on the disk: it will be judged, whatever happens. */
  submit(input: Input, answered?: Answered, alongside?: (sql: Sql) => void): Promise<void>
  /** The same for an input whose JSON is there already, `{"t":…,` put in front of it. */
  submitText(input: Input, text: string, answered: Answered): Promise<void>
  /** Resolves once all that was submitted before is judged. */
  settled(): Promise<void>
  /** Inputs on the disk that wait to be judged. */
  waiting(): number
  /** Stores the state of the engine; judging waits meanwhile, and taking in does not. */
  takeSnapshot(): Promise<void>
  /** Rejects when what came of an input could not be stored: only a restart mends that. */
  failed: Promise<never>
}>

export type JudgeOptions = Readonly<{
  engine: TrustEngine
  clock: Clock
  database: Database
  journal: Journal
  log: EventLog
  alerts: Alerts
  snapshots: Snapshots
  /** Hears of each alert once it is on the disk. */
  told: (alert: TrustAlert) => void
  judged: (events: readonly TrustEvent[], observations: number) => void
}>

type Waiting = Readonly<{ n: number; step: Step }>

export async function openJudge(options: JudgeOptions): Promise<Judge> {
  const { engine, clock, database, journal, log, alerts, snapshots } = options
  const failure = Promise.withResolvers<never>()
  failure.promise.catch(() => {}) // kept until somebody waits for it
  const last = { ...journal.last() }
  const waiting: Waiting[] = []
  let isPaused = false
  let running: Promise<void> | undefined
  let judgedN = 0
  let entered = 0
  const patient: { n: number; resolve: () => void }[] = []

  const conclude = async (n: number, events: readonly TrustEvent[]): Promise<void> => {
    const entries = events.filter(isLogged).map((event) => {
      const row = log.append(n, recordOf(event))
      const words = alertOf(event, row.hash)
      return { row, alert: words && alerts.enter(words) }
    })
    await database.commit((sql) => {
      for (const { row, alert } of entries) {
        log.insert(sql, row)
        if (alert) alerts.insert(sql, alert)
      }
    })
    for (const { alert } of entries) if (alert) options.told(alert)
  }
  const judge = async ({ n, step }: Waiting): Promise<void> => {
    const events = applyStep(engine, step)
    options.judged(events, 'observations' in step ? step.observations.length : 0)
    if (events.some(isLogged)) await conclude(n, events)
    judgedN = n
    while (patient[0] && patient[0].n <= n) patient.shift()?.resolve()
  }
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = isPaused ? undefined : waiting.shift()) {
      await judge(next)
      await turn()
    }
  }
  const run = (): void => {
    if (running || isPaused || waiting.length === 0) return
    const round = work()
    running = round
    round.then(
      () => {
        running = undefined
        run()
      },
      failure.reject, // and nothing is judged any more
    )
  }
  const settled = async (): Promise<void> => {
    if (judgedN >= entered) return
    const { promise, resolve } = Promise.withResolvers<void>()
    patient.push({ n: entered, resolve })
    await Promise.race([promise, failure.promise])
  }
  const enter = async (
    step: Step,
    text: string,
    answered?: Answered,
    alongside?: (sql: Sql) => void,
  ): Promise<void> => {
    last.n += 1
    last.at = step.t
    const { n } = last
    await journal.add({ n, at: step.t, step: text }, answered, alongside)
    entered = n
    waiting.push({ n, step })
    run()
  }
  const time = (): number => Math.max(last.at, Math.round(clock.exact() * 1000) / 1000)

  const replay = async (): Promise<void> => {
    const told = log.lastInput()
    const from = snapshots.latest()
    judgedN = from?.n ?? 0
    for (const entry of journal.after(judgedN)) {
      const events = applyStep(engine, stepOf(entry))
      judgedN = entry.n
      if (events.length > 0 && entry.n > told) await conclude(entry.n, events)
    }
  }
  await replay()

  return {
    engine,
    submit: (input, answered, alongside) => {
      const step = { t: time(), ...input } as Step
      return enter(step, JSON.stringify(step), answered, alongside)
    },
    submitText: (input, text, answered) => {
      const step = { t: time(), ...input } as Step
      return enter(step, `{"t":${step.t},${text}`, answered)
    },
    settled,
    waiting: () => waiting.length,
    takeSnapshot: async () => {
      if (snapshots.latest()?.n === last.n) return
      isPaused = true
      try {
        await running
        await snapshots.take(judgedN, last.at, recordsOf(engine))
        await journal.trim(judgedN)
      } finally {
        isPaused = false
        run()
      }
    },
    failed: failure.promise,
  }
}

function stepOf({ step }: Entry): Step {
  return JSON.parse(step) as Step
}

function* recordsOf(engine: TrustEngine): Iterable<string> {
  for (const record of engine.snapshot()) yield JSON.stringify(record)
}

/** The record of an event in the log (§7): all that the engine says of it, but how often it was told of. */
function recordOf(event: TrustEvent) {
  if (event.kind !== 'finding') return { id: uuid7(event.at), ...event }
  const { merged, ...record } = event
  return { id: uuid7(event.at), ...record, ...(merged.count > mostLogged && { count: merged.count }) }
}

// Of what one rule finds on one subject within 300 s: a flood must not fill the disk.
const mostLogged = 100

/** The first hundred of the same findings are logged one by one, then one for each hundred. */
function isLogged(event: TrustEvent): boolean {
  return event.kind !== 'finding' || event.merged.count <= mostLogged || event.merged.count % mostLogged === 0
}
