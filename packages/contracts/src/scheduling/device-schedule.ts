import { z } from 'zod'

const seconds = z.int().nonnegative()
const controls = z.record(z.string(), z.unknown())

/** An IEEE 2030.5 event after the event rules: randomized, and with what a cancel or a supersession left of it. */
const DecidedEvent = z.strictObject({
  mRID: z.string(),
  program: z.string().describe('mRID of the program with the lowest primacy among those that it was read through'),
  primacy: z.int().min(0),
  creationTime: seconds,
  state: z.string().describe('Scheduled, Active or OptedOut; Completed, Cancelled, Superseded … when it is over'),
  start: seconds.describe('effective start'),
  duration: seconds.describe('effective duration'),
  controls: controls.describe('the fields of its DERControlBase that the device can follow'),
  /** Supersession is decided field by field: what this event still holds or will hold. */
  fields: z.array(z.string()).describe('the fields that it holds or will hold'),
})

/** What the programs of one device come to, as its DCM decided: events with their effective times, and the defaults. */
export const DeviceSchedule = z.strictObject({
  device: z.string(),
  lfdi: z.string(),
  at: seconds.describe('server time'),
  known: z.boolean().describe('false until the DCM has read its programs once'),
  settings: z.strictObject({
    setMaxW: z.number().nonnegative(),
    setMaxChargeRateW: z.number().nonnegative(),
    setMaxDischargeRateW: z.number().nonnegative(),
  }),
  programs: z.array(z.strictObject({ mRID: z.string(), primacy: z.int().min(0), default: controls.nullable() })),
  events: z.array(DecidedEvent),
  /** What ended lately. */
  ended: z.array(z.strictObject({ mRID: z.string(), state: z.string() })),
})
export type DeviceSchedule = z.infer<typeof DeviceSchedule>

/** What a DCM whose device is a scheduler asks whether it holds: the base fields of the set point, in watts. */
export const HeldQuestion = z.strictObject({
  connected: z.boolean().optional(),
  limitW: z.number().optional(),
  exportW: z.number().nonnegative().optional().describe('most that it may deliver (opModExpLimW, opModGenLimW)'),
  importW: z.number().nonnegative().optional().describe('most that it may draw (opModImpLimW, opModLoadLimW)'),
  setpointW: z.number().optional(),
})
export type HeldQuestion = z.infer<typeof HeldQuestion>

/** For each field whether the schedules have it so, and the device has taken it. */
export const HeldAnswer = z.strictObject({
  reached: z.boolean().describe('the device below has taken the last command'),
  refused: z.array(
    z.strictObject({
      field: z.enum(['connected', 'limitW', 'exportW', 'importW', 'setpointW']),
      reason: z.string(),
    }),
  ),
})
export type HeldAnswer = z.infer<typeof HeldAnswer>

/** How an IEEE 2030.5 event fared as a schedule (scheduling.md §6). */
export const MappedEvent = z.strictObject({
  mRID: z.string(),
  device: z.string(),
  status: z.enum(['scheduled', 'started', 'completed', 'cancelled', 'superseded']),
  start: seconds,
  end: seconds,
})
export type MappedEvent = z.infer<typeof MappedEvent>
export const MappedEvents = z.strictObject({ events: z.array(MappedEvent) })
