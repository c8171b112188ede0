import { z } from 'zod'
import { LfdiText, Moment, MridText, Name, PageQuery } from './common.ts'
import { ControlFields } from './control-fields.ts'

export const ControlStatus = z.enum([
  'scheduled',
  'active',
  'cancelled',
  'cancelled-randomly',
  'superseded',
  'completed',
])
export type ControlStatus = z.infer<typeof ControlStatus>

const randomization = z.int().min(-3600).max(3600)
const hexBits = z
  .string()
  .regex(/^(?:[0-9A-Fa-f]{2}){1,4}$/, 'must be 2, 4, 6 or 8 hexadecimal digits')
  .toUpperCase()

/** Where a control goes: to a program, or to the program of a group or a device, which is made when there is none. */
const target = {
  program: z.string().optional().describe('number or mRID of a program, or its description when only one has it'),
  group: z.string().optional().describe('number, mRID or name of a group'),
  device: z.string().optional().describe('number or LFDI of a device'),
  primacy: z.uint32().max(255).optional().describe('of the program to find or make below a group or device'),
}

export const NewControl = z
  .strictObject({
    ...target,
    mRID: MridText.optional().describe('made by the server when absent'),
    description: Name.optional(),
    controls: ControlFields.refine((fields) => Object.keys(fields).length > 0, 'at least one control is needed'),
    start: z.union([z.literal('now'), Moment]).default('now'),
    delay: z.uint32().default(0).describe('seconds after now; only with start "now"'),
    duration: z.uint32().min(1).describe('s'),
    randomizeStart: randomization.optional().describe('s'),
    randomizeDuration: randomization.optional().describe('s'),
    deviceCategory: hexBits.optional().describe('only devices of these categories; bits of DeviceCategoryType'),
    responseRequired: z
      .string()
      .regex(/^[0-9A-Fa-f]{2}$/, 'must be 2 hexadecimal digits')
      .default('03'),
  })
  .refine((control) => [control.program, control.group, control.device].filter(Boolean).length === 1, {
    message: 'name exactly one of program, group and device',
    path: ['program'],
  })
  .refine(({ duration, randomizeDuration = 0 }) => duration + randomizeDuration > 0, {
    message: 'randomization may not use up the duration',
    path: ['randomizeDuration'],
  })
  .refine(({ start, delay }) => start === 'now' || delay === 0, { message: 'only with start "now"', path: ['delay'] })

export type NewControl = z.infer<typeof NewControl>
/** What a caller writes: defaults may be left out. */
export type NewControlInput = z.input<typeof NewControl>

export const NewControls = z.strictObject({ controls: z.array(NewControl).min(1).max(1000) })

const cancelling = {
  randomize: z.boolean().default(false).describe('let devices end at a random moment, where the control is randomized'),
  reason: z.string().min(1).max(192).optional(),
}
export const CancelControl = z.strictObject(cancelling)
export const CancelControls = z.strictObject({
  controls: z
    .array(z.strictObject({ mRID: MridText, ...cancelling }))
    .min(1)
    .max(1000),
})
export const CancelledControls = z.object({
  cancelled: z.array(z.string()).describe('mRIDs; what is over or unknown is not among them'),
})

const StatusReport = z.object({ status: z.int(), name: z.string(), time: z.int() })

export const DeviceResponses = z.object({ lfdi: z.string(), statuses: z.array(StatusReport) })
export type DeviceResponses = z.infer<typeof DeviceResponses>

/** How many devices are addressed, and how many have sent each response at least once. */
export const ResponseSummary = z.object({ devices: z.int(), responded: z.int(), counts: z.record(z.string(), z.int()) })

export const Control = z.object({
  mRID: z.string(),
  href: z.string(),
  program: z.object({ id: z.string(), mRID: z.string(), description: z.string().optional(), primacy: z.int() }),
  description: z.string().optional(),
  version: z.int().optional(),
  created: z.int(),
  start: z.int(),
  duration: z.int(),
  randomizeStart: z.int().optional(),
  randomizeDuration: z.int().optional(),
  deviceCategory: z.string().optional(),
  responseRequired: z.string(),
  controls: ControlFields,
  status: ControlStatus,
  since: z.int().describe('when the status began'),
  listed: z.boolean().describe('whether devices still find it'),
  potentiallySuperseded: z.boolean(),
  potentiallySupersededTime: z.int().optional(),
  reason: z.string().optional(),
  summary: ResponseSummary,
  responses: z.array(DeviceResponses).optional(),
})

export type Control = z.infer<typeof Control>

export const ControlQuery = PageQuery.extend({
  program: z.string().optional(),
  status: ControlStatus.optional(),
  lfdi: LfdiText.optional().describe('only controls whose program reaches this device now'),
  past: z.stringbool().default(true).describe('also those that devices no longer find'),
  responses: z.stringbool().default(false).describe('with the responses of every device'),
})
