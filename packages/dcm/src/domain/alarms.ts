import { alarmBits, type Alarm } from '@gridloom/devices'
import type { LogEvent } from '@gridloom/sep2030'

// Codes of the standard carry the enterprise number of its owner (csip-server §11).
const standardPen = 40_732
const derFunctionSet = 11
const standardProfile = 2
const vendorProfile = 1

/** An alarm of the standard, or one of ours: the device does not answer, and what else stands is not known. */
export type Trouble = Alarm | 'lost'

type At = Readonly<{ time: number; id: number; pen: number }>

/** The log events of alarms that came and went between two looks: bit b is raised by code 2·b and cleared by 2·b + 1. */
export function alarmEvents(before: readonly Trouble[], now: readonly Trouble[], { time, id, pen }: At): LogEvent[] {
  const raised = now.filter((trouble) => !before.includes(trouble)).map((trouble) => codeOf(trouble, pen))
  const cleared = before
    .filter((trouble) => !now.includes(trouble))
    .map((trouble) => codeOf(trouble, pen))
    .map((code) => ({ ...code, logEventCode: code.logEventCode + 1 }))
  return [...raised, ...cleared].map((code, index) => ({
    ...code,
    createdDateTime: time,
    functionSet: derFunctionSet,
    logEventID: (id + index) % 65_536,
  }))
}

function codeOf(trouble: Trouble, pen: number) {
  // the standard has no code for a device that its client does not reach: ours is 0, and 1 when it is back
  if (trouble === 'lost') {
    return { details: 'device lost or back', logEventCode: 0, logEventPEN: pen, profileID: vendorProfile }
  }
  return { logEventCode: 2 * alarmBits.indexOf(trouble), logEventPEN: standardPen, profileID: standardProfile }
}
