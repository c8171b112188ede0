import { z } from 'zod'

const seconds = z.int()
const hex = z.string().regex(/^[0-9A-Fa-f]{1,8}$/, 'is no hex bitmap')
const controls = z.record(z.string(), z.unknown())

export const EventMembers = z.object({
  program: z.string().exactOptional(),
  mRID: z.string().regex(/^[0-9A-Fa-f]{1,32}$/, 'is no mRID'),
  creationTime: seconds,
  start: seconds,
  duration: z.int().min(0),
  randomizeStart: seconds.exactOptional(),
  randomizeDuration: seconds.exactOptional(),
  responseRequired: hex.exactOptional(),
  replyTo: z.string().nullable().exactOptional(),
  deviceCategory: hex.exactOptional(),
  controls,
  overrideDuration: z.int().min(0).exactOptional(),
  component: z.string().exactOptional(),
  subject: z.string().exactOptional(),
  draws: z.object({ start: seconds.default(0), duration: seconds.default(0), cancel: seconds.default(0) }).prefault({}),
})

const Reading = z.object({
  at: seconds,
  op: z.enum(['see', 'status']),
  event: z.string(),
  currentStatus: z.int().min(0).max(5),
  dateTime: seconds,
  program: z.string().exactOptional(),
  changed: z.record(z.string(), z.unknown()).exactOptional(),
})

const Step = z.discriminatedUnion('op', [
  Reading,
  z.object({ at: seconds, op: z.enum(['missing', 'optOut', 'optIn', 'override', 'resume']), event: z.string() }),
  z.object({ at: seconds, op: z.literal('removeProgram'), program: z.string() }),
  z.object({ at: seconds, op: z.literal('restart') }),
])

/** A run of the event scheduler: who is there, what happens when, and until when time passes. */
export const EventVector = z
  .object({
    format: z.literal('event-vector/1'),
    name: z.string(),
    description: z.string().exactOptional(),
    kind: z.enum(['DERControl', 'EndDeviceControl', 'TimeTariffInterval', 'FlowReservationResponse']),
    device: z.object({
      lfdi: z.string(),
      deviceCategory: hex.exactOptional(),
      modes: z.array(z.string()).exactOptional(),
      drlc: z.array(z.string()).exactOptional(),
    }),
    programs: z
      .array(
        z.object({
          id: z.string(),
          mRID: z.string(),
          primacy: z.int(),
          default: controls.exactOptional(),
          server: z.string().default('A'),
        }),
      )
      .default([]),
    events: z.record(z.string(), EventMembers),
    steps: z.array(Step),
    fields: z.array(z.string()),
    until: seconds,
  })
  .superRefine((vector, context) => {
    const issue = (path: PropertyKey[], message: string): void => context.addIssue({ code: 'custom', path, message })
    const programs = new Set(vector.programs.map(({ id }) => id))
    for (const [id, { program }] of Object.entries(vector.events)) {
      if (program !== undefined && !programs.has(program))
        issue(['events', id, 'program'], `unknown program "${program}"`)
    }
    let last = Number.NEGATIVE_INFINITY
    for (const [index, step] of vector.steps.entries()) {
      if (step.at < last) issue(['steps', index, 'at'], `${step.at} is before the step above it`)
      if (step.at > vector.until) issue(['steps', index, 'at'], `${step.at} is after "until"`)
      if ('event' in step && !(step.event in vector.events))
        issue(['steps', index, 'event'], `unknown event "${step.event}"`)
      if ('program' in step && step.program !== undefined && !programs.has(step.program)) {
        issue(['steps', index, 'program'], `unknown program "${step.program}"`)
      }
      last = step.at
    }
  })

export type EventVector = z.infer<typeof EventVector>
