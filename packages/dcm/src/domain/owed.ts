import { fullMrid } from './scheduling/event.ts'
import type { ResponseEffect, Schedule, ScheduleEffect } from './scheduling/schedule.ts'
import type { Assigned } from './view.ts'

/** A response that is owed to the server: of one event, one status. */
export type Owed = Readonly<{
  kind: Schedule['kind']
  /** mRID of the event. */
  subject: string
  status: number
  /** createdDateTime: when it happened; a late sending does not change it. */
  at: number
  replyTo: string
  /** Server time after which nobody is interested any more. */
  until: number
}>

// Responses are tried until an hour after the event.
const interestSeconds = 3600

/** The responses among the effects, in the time of the clock that their event is counted by. */
export function owedBy(schedule: Schedule, effects: readonly ScheduleEffect[], assigned: readonly Assigned[]): Owed[] {
  return effects
    .filter((effect): effect is ResponseEffect => effect.type === 'respond')
    .map(({ event, subject, status, at, replyTo }) => ({
      kind: schedule.kind,
      subject,
      status,
      at: at + aheadOf(subject, assigned),
      replyTo,
      until: Math.max(at, endOf(schedule, event) ?? at) + interestSeconds,
    }))
}

function aheadOf(mRID: string, assigned: readonly Assigned[]): number {
  const lists = assigned.find(({ controls }) => controls.some((control) => fullMrid(control.mRID) === fullMrid(mRID)))
  return lists?.ahead ?? 0
}

function endOf({ events, ended }: Schedule, key: string): number | undefined {
  return events.find((event) => event.key === key)?.effective[1] ?? ended.find((event) => event.key === key)?.end
}
