import { z } from 'zod'

const seconds = z.int().nonnegative()

/** What is scheduled, each apart from the others (scheduling.md §1). */
export const Quantity = z.enum(['ActPow', 'MaxPow', 'OnOff'])
export type Quantity = z.infer<typeof Quantity>

/** Watts, positive feeds the grid; or connected or not. */
export const ScheduleValue = z.union([z.number(), z.boolean()])
export type ScheduleValue = z.infer<typeof ScheduleValue>

/** A cyclic start (setCal); members that the period does not need are ignored. */
export const SetCal = z.strictObject({
  occ: z.int().min(0).max(65_535).default(1),
  occType: z.enum(['Time', 'WeekDay', 'WeekOfYear', 'DayOfMonth', 'DayOfYear']).default('Time'),
  occPer: z.enum(['Hour', 'Day', 'Week', 'Month', 'Year']),
  weekDay: z.int().min(1).max(7).optional().describe('1 is Monday'),
  month: z.int().min(1).max(12).optional(),
  day: z.int().min(1).max(31).optional(),
  hr: z.int().min(0).max(23).default(0),
  mn: z.int().min(0).max(59).default(0),
  notBefore: seconds.optional().describe('the first occurrence is at or after it'),
})
export type SetCal = z.infer<typeof SetCal>

/** What an operator writes of a schedule; whether it makes sense is checked when it is enabled. */
export const ScheduleParameters = z.strictObject({
  prio: z.int().min(-2_147_483_648).max(2_147_483_647).describe('a higher number is stronger'),
  numEntr: z.int().describe('entries in use'),
  intervalS: z.int().describe('length of one entry, seconds'),
  values: z
    .array(z.union([ScheduleValue, z.null()]))
    .max(10_000)
    .describe('the entries: watts, or true for connected'),
  startTimes: z
    .array(seconds)
    .max(16)
    .describe('single starts, seconds since 1970; each is used up when its run begins'),
  calendars: z.array(SetCal).max(16).describe('cyclic starts'),
  evTrg: z.boolean().describe('started by the rising edge of inSyn'),
  inSyn: z.string().max(255).describe('name of the signal'),
  reuse: z.boolean().describe('kept after its run'),
})
export type ScheduleParameters = z.infer<typeof ScheduleParameters>

/** Replaces the parameters of a schedule: what is absent is as in an empty one; without numEntr all values are used. */
export const NewSchedule = ScheduleParameters.partial().required({ prio: true, intervalS: true, values: true })
export type NewSchedule = z.infer<typeof NewSchedule>

/** All that can be read of a schedule (FSCH). */
export const ScheduleView = ScheduleParameters.extend({
  ref: z.string().describe('reference in the IEC 61850 model'),
  id: z.string().describe('number of the slot, `reserve`, or the mRID of an IEEE 2030.5 event'),
  device: z.string(),
  quantity: Quantity,
  origin: z.enum(['slot', 'reserve', '2030.5']),
  allocatedEntries: z.int(),
  state: z.int().min(1).max(4).describe('SchdSt: 1 not ready, 2 start time required, 3 ready, 4 running'),
  schdEnaErr: z.int().describe('1 none, 2 NumEntr, 3 SchdIntv, 4 values, 5 type of values, 6 StrTm, 99 other'),
  validated: z.boolean().describe('in state 1: it would pass if it were enabled'),
  schdEntr: z.int().describe('entry in force, from 1; 0 when not running'),
  value: ScheduleValue.nullable(),
  quality: z.enum(['good', 'invalid']),
  actStrTm: seconds.nullable().describe('start of the run'),
  nxtStrTm: seconds.nullable(),
  active: z.boolean().describe('decides now'),
})
export type ScheduleView = z.infer<typeof ScheduleView>

/** What a controller says now: null when nothing runs. */
export const ScheduleOutput = z.strictObject({
  device: z.string(),
  quantity: Quantity,
  value: ScheduleValue.nullable(),
  source: z.string().nullable().describe('reference of the schedule that decides'),
  priority: z.int().nullable(),
  entry: z.int().describe('of that schedule, from 1; 0 when nothing runs'),
  at: z.number().describe('when it was said, seconds since 1970'),
})
export type ScheduleOutput = z.infer<typeof ScheduleOutput>

export const ControllerView = z.strictObject({
  ref: z.string(),
  device: z.string(),
  quantity: Quantity,
  target: z.string().describe('CtlEnt'),
  actSchdRef: z.string().describe('empty when nothing runs'),
  output: ScheduleOutput,
  schedules: z.array(z.string()).describe('in the order that decides the last tie'),
})
export type ControllerView = z.infer<typeof ControllerView>

export const ScheduledDevice = z.strictObject({
  name: z.string(),
  logicalDevice: z.string(),
  quantities: z.array(Quantity),
  kind: z.string().describe('of the adapter below'),
  deviceKind: z.enum(['pv', 'storage', 'pv-storage', 'ev', 'evse', 'load', 'generator']),
  ratings: z.strictObject({ maxW: z.number(), maxChargeW: z.number(), maxWh: z.number().optional() }),
  outputs: z.array(ScheduleOutput),
  limits: z
    .strictObject({ exportW: z.number().nullable(), importW: z.number().nullable() })
    .describe('what the programs of IEEE 2030.5 allow it beside the outputs; null: as much as it can'),
  reached: z.boolean().describe('the device has taken the last command'),
  alarm: z.string().nullable(),
  measured: z
    .strictObject({
      w: z.number(),
      connected: z.boolean(),
      at: z.number(),
      vars: z.number(),
      volts: z.number(),
      hertz: z.number(),
      storage: z
        .strictObject({
          soc: z.number().min(0).max(1),
          mode: z.enum(['charging', 'discharging', 'holding']),
          dischargeSeconds: z.number(),
          chargeSeconds: z.number(),
        })
        .optional(),
    })
    .nullable()
    .describe('what it said last'),
})
export type ScheduledDevice = z.infer<typeof ScheduledDevice>
export const ScheduledDevices = z.strictObject({ devices: z.array(ScheduledDevice) })

/** A schedule of one entry that starts now, in a free slot of the caller. */
export const DirectSchedule = z.strictObject({
  value: ScheduleValue,
  seconds: z.int().positive(),
  priority: z.int(),
})
export type DirectSchedule = z.infer<typeof DirectSchedule>

/** The changes of value over a time, whatever the source; the first is the value at its beginning. */
export const ScheduleForecast = z.strictObject({
  device: z.string(),
  quantity: Quantity,
  from: seconds,
  to: seconds,
  changes: z.array(z.strictObject({ at: seconds, value: ScheduleValue.nullable() })),
})
export type ScheduleForecast = z.infer<typeof ScheduleForecast>

/** RFC 9457; a schedule that could not be enabled says why in schdEnaErr. */
export const SchedulingProblem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  path: z.string().optional(),
  schdEnaErr: z.int().optional(),
})
export type SchedulingProblem = z.infer<typeof SchedulingProblem>
