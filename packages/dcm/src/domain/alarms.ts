import { alarmBits, type Alarm } from '@gridloom/devices'
import type { LogEvent } from '@gridloom/sep2030'

// Codes of the standard carry the enterprise number of its owner (csip-server §11).
const standardPen = 40_732
const derFunctionSet = 11
const standardProfile = 2

/** The log events of alarms that came and went between two looks: bit b is raised by code 2·b and cleared by 2·b + 1. */
export function alarmEvents(
  before: readonly Alarm[],
  now: readonly Alarm[],
  at: Readonly<{ time: number; id: number }>,
): LogEvent[] {
  const raised = now.filter((alarm) => !before.includes(alarm)).map((alarm) => 2 * alarmBits.indexOf(alarm))
  const cleared = before.filter((alarm) => !now.includes(alarm)).map((alarm) => 2 * alarmBits.indexOf(alarm) + 1)
  return [...raised, ...cleared].map((logEventCode, index) => ({
    createdDateTime: at.time,
    functionSet: derFunctionSet,
    logEventCode,
    logEventID: (at.id + index) % 65_536,
    logEventPEN: standardPen,
    profileID: standardProfile,
  }))
}
