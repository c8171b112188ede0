import type { Clock } from '@gridloom/kit'
import type { Config } from '../config.ts'
import type { AlertFeed } from '../operations/alert-feed.ts'
import type { CallerOf } from '../operations/callers.ts'
import type { Intake } from '../operations/intake.ts'
import type { Judge } from '../operations/judge.ts'
import type { Alerts } from '../store/alerts.ts'
import type { EventLog } from '../store/event-log.ts'
import type { Journal } from '../store/journal.ts'
import type { Numbers } from '../store/numbers.ts'
import type { Registrars } from '../store/registrars.ts'

/** What the routes are made of. */
export type Context = Readonly<{
  config: Config
  clock: Clock
  judge: Judge
  intake: Intake
  callerOf: CallerOf
  log: EventLog
  journal: Journal
  alerts: Alerts
  feed: AlertFeed
  numbers: Numbers
  registrars: Registrars
}>
