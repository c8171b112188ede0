import { Quantity } from '@gridloom/contracts'
import { z } from 'zod'
import { Calendar, longestPeriod } from './calendar.ts'
import { Instant } from './instant.ts'

/** Members for people may stand anywhere. */
const forPeople = { title: z.string().optional(), note: z.unknown().optional(), notes: z.unknown().optional() }

const window = z
  .strictObject({ from: Instant, to: Instant })
  .refine(({ from, to }) => from < to, 'the window must end after it begins')

const Schedule = z
  .strictObject({
    ...forPeople,
    id: z.string().min(1),
    reserve: z.boolean().default(false),
    prio: z.int(),
    intervalS: z.int().positive(),
    values: z.union([z.array(z.number()).min(1), z.array(z.boolean()).min(1)], {
      error: 'expected at least one value, all of them numbers or all booleans',
    }),
    startTimes: z.array(Instant).optional(),
    cal: Calendar.optional(),
    enabledAt: Instant.optional(),
    disabledAt: Instant.optional(),
  })
  .refine(({ startTimes, cal }) => !startTimes !== !cal, 'a schedule has either startTimes or cal')
  .refine(({ reserve, prio }) => !reserve || prio === 10, 'the priority of a reserve schedule is 10')
  .refine(({ reserve, cal, intervalS, values }) => {
    return !reserve || (cal && intervalS * values.length >= longestPeriod(cal))
  }, 'a reserve schedule must be cyclic and fill its whole period')

/** `given.schedules`: one controller over a window. */
export const ControllerVector = z.object({
  given: z
    .strictObject({
      ...forPeople,
      controller: z.strictObject({ scheduleOrder: z.array(z.string()) }),
      schedules: z.array(Schedule),
      window,
    })
    .superRefine(({ controller: { scheduleOrder }, schedules }, context) => {
      const ids = schedules.map(({ id }) => id)
      for (const id of new Set([...scheduleOrder, ...ids])) {
        const listed = scheduleOrder.filter((other) => other === id).length
        const found = ids.filter((other) => other === id).length
        if (listed === 1 && found === 1) continue
        const message = `"${id}" stands ${listed} times in scheduleOrder and ${found} times in schedules, not once in each`
        context.addIssue({ code: 'custom', path: ['controller', 'scheduleOrder'], message })
      }
    }),
})

const slot = { ...forPeople, allocatedEntries: z.int().positive(), valueType: z.enum(['number', 'boolean']) }

const Values = z.array(
  z.union([
    z.number(),
    z.boolean(),
    z.null(),
    z.enum(['NaN', 'Infinity', '-Infinity']).transform((text) => Number(text)),
  ]),
)

const at = Instant
const write = { ...forPeople, at, op: z.literal('write') }

const Write = z.discriminatedUnion('field', [
  z.strictObject({ ...write, field: z.literal('numEntr'), value: z.number() }),
  z.strictObject({ ...write, field: z.literal('values'), value: Values }),
  z.strictObject({ ...write, field: z.literal('intervalS'), value: z.number() }),
  z.strictObject({ ...write, field: z.literal('startTimes'), value: z.array(Instant) }),
  z.strictObject({ ...write, field: z.literal('prio'), value: z.number() }),
  z.strictObject({ ...write, field: z.literal('reuse'), value: z.boolean() }),
])

const Operation = z.discriminatedUnion('op', [
  z.strictObject({ ...forPeople, at, op: z.literal('enable') }),
  z.strictObject({ ...forPeople, at, op: z.literal('disable') }),
  z.strictObject({ ...forPeople, at, op: z.literal('read') }),
  Write,
])

export type Operation = z.infer<typeof Operation>

/** `steps`: the life of one schedule. */
export const LifeVector = z.object({
  given: z.strictObject(slot),
  steps: z.array(z.object({ do: Operation })).superRefine((steps, context) => {
    for (const [index, step] of steps.entries()) {
      if (step.do.at >= (steps[index - 1]?.do.at ?? step.do.at)) continue
      context.addIssue({ code: 'custom', path: [index, 'do', 'at'], message: 'time runs back' })
    }
  }),
})

const Enabling = z.strictObject({
  ...slot,
  numEntr: z.number(),
  intervalS: z.number(),
  values: Values,
  startTimes: z.array(Instant),
  reuse: z.boolean().default(false),
})

/** `cases[].given.numEntr`: the checks at enabling. */
export const EnablingVector = z.object({ now: Instant, cases: z.array(z.object({ given: Enabling })) })

const Base = z.object({
  opModMaxLimW: z.int().min(0).optional(),
  opModFixedW: z.int().min(-10_000).max(10_000).optional(),
  opModTargetW: z.object({ multiplier: z.int().min(-9).max(9).default(0), value: z.int() }).optional(),
  opModConnect: z.boolean().optional(),
  opModEnergize: z.boolean().optional(),
})

const Program = z.object({
  mRID: z.string().min(1),
  primacy: z.int().min(0).max(255),
  DefaultDERControl: Base.nullish(),
  events: z.array(
    z.object({
      mRID: z.string().min(1),
      creationTime: Instant,
      start: Instant,
      duration: z.int().positive(),
      DERControlBase: Base,
    }),
  ),
})

/** `given.programs`: IEEE 2030.5 programs. */
export const ProgramVector = z.object({
  quantity: Quantity.default('MaxPow'),
  given: z.strictObject({
    ...forPeople,
    setMaxW: z.number().nonnegative(),
    setMaxChargeRateW: z.number().nonnegative().optional(),
    setMaxDischargeRateW: z.number().nonnegative().optional(),
    programs: z.array(Program),
    reserveW: z.union([z.number(), z.boolean()]),
    window,
  }),
})

const Meeting = z.strictObject({
  ...forPeople,
  onOff: z.boolean().nullable(),
  actPowW: z.number().nullable(),
  maxPowW: z.number().nullable(),
  WMax: z.number().nonnegative(),
  maxChargeW: z.number().nonnegative(),
})

/** `cases[].given.onOff`: where the three quantities meet. */
export const MeetingVector = z.object({ cases: z.array(z.object({ given: Meeting })) })

const Task = z.object({ kind: z.string() }).catchall(z.union([z.number(), z.boolean(), z.string(), z.null()]))

/** `cases[].given.kind`: SunSpec register writes. */
export const WritesVector = z.object({ cases: z.array(z.object({ given: Task })) })

/** `given.registers`: the block of a SunSpec model from its id register on. */
export const DecodingVector = z.object({
  given: z.strictObject({ ...forPeople, registers: z.array(z.int().min(0).max(65_535)).min(2) }),
  expect: z.record(z.string(), z.unknown()).optional(),
})
