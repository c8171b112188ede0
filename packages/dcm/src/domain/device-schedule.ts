import type { DeviceSchedule } from '@gridloom/contracts'
import type { Settings } from '@gridloom/devices'
import type { LiveEvent, Program } from './scheduling/event.ts'
import type { Schedule } from './scheduling/schedule.ts'
import type { FixedDefault } from './target.ts'

export type DeviceScheduleOptions = Readonly<{
  name: string
  lfdi: string
  /** Server time. */
  now: number
  schedule: Schedule
  settings: Settings
  /** Whether the programs were read at least once. */
  known: boolean
  /** What holds where no program says anything. */
  fixed: FixedDefault['base']
}>

/** What the event rules made of the programs of a device, for one who carries it out by schedules of its own. */
export function deviceScheduleOf(options: DeviceScheduleOptions): DeviceSchedule {
  const { name, lfdi, now, schedule, settings, known, fixed } = options
  const { maxW, maxChargeRateW = maxW, maxDischargeRateW = maxW } = settings
  return {
    device: name,
    lfdi,
    at: now,
    known,
    settings: { setMaxW: maxW, setMaxChargeRateW: maxChargeRateW, setMaxDischargeRateW: maxDischargeRateW },
    programs: [
      ...schedule.programs.map(({ mRID, primacy, default: fallback = null }) => ({ mRID, primacy, default: fallback })),
      ...(Object.keys(fixed).length > 0 ? [{ mRID: 'fixedDefault', primacy: lastPrimacy, default: { ...fixed } }] : []),
    ],
    events: schedule.events.map((event) => decidedEvent(event, schedule.programs)),
    ended: schedule.ended.map(({ key, state }) => ({ mRID: key.slice(key.lastIndexOf('/') + 1), state })),
  }
}

// behind every program: theirs are octets
const lastPrimacy = 256

function decidedEvent(event: LiveEvent, programs: readonly Program[]): DeviceSchedule['events'][number] {
  const { mRID, primacy, creationTime, state, controls, fields } = event
  const [start, end] = event.effective
  const own = programs.filter(({ id }) => event.programs.includes(id)).toSorted((a, b) => a.primacy - b.primacy)
  const program = own[0]?.mRID ?? ''
  return { mRID, program, primacy, creationTime, state, start, duration: end - start, controls, fields: [...fields] }
}
