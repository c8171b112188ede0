import { decodeRegisters, registerWrites } from '@gridloom/devices'
import { z } from 'zod'
import type { Calendar } from './calendar.ts'
import { forecastOf, segmentsOf } from './controller.ts'
import { schedulesOf } from './der-programs.ts'
import { commandOf } from './device-resolution.ts'
import { instantText } from './instant.ts'
import { advance, createLife, disable, enable, statusOf, write, type Life, type Result } from './lifecycle.ts'
import type { Schedule } from './schedule.ts'
import {
  ControllerVector,
  DecodingVector,
  EnablingVector,
  LifeVector,
  MeetingVector,
  type Operation,
  ProgramVector,
  WritesVector,
} from './schedule-vector.ts'
import type { Starts } from './starts.ts'

type Expectation = Readonly<{ expect: Readonly<Record<string, unknown>> | readonly unknown[] }>

/** What a vector file comes to, in the form of its own `expect` members. */
export type Evaluation =
  | Expectation
  | Readonly<{ steps: readonly Expectation[] }>
  | Readonly<{ cases: readonly Expectation[] }>

/** Computes what a scheduling vector expects; which kind of file it is, its members tell. */
export function evaluateSchedules(json: unknown): Evaluation {
  const { given, steps, cases } = read(Members, json)
  const first = cases?.[0]?.given ?? {}
  if (given && 'schedules' in given) return evaluateController(read(ControllerVector, json))
  if (steps) return evaluateLife(read(LifeVector, json))
  if ('numEntr' in first) return evaluateEnabling(read(EnablingVector, json))
  if (given && 'programs' in given) return evaluatePrograms(read(ProgramVector, json))
  if ('onOff' in first) return evaluateMeeting(read(MeetingVector, json))
  if ('kind' in first) return evaluateWrites(read(WritesVector, json))
  if (given && 'registers' in given) return evaluateDecoding(read(DecodingVector, json))
  throw new Error('not a scheduling vector: none of its members tells its kind')
}

const Given = z.record(z.string(), z.unknown())

const Members = z.object({
  given: Given.optional(),
  steps: z.array(z.unknown()).optional(),
  cases: z.array(z.object({ given: Given })).optional(),
})

function read<T extends z.ZodType>(schema: T, json: unknown): z.output<T> {
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw new Error(`not a scheduling vector:\n${z.prettifyError(parsed.error)}`)
  return parsed.data
}

function evaluateController({ given }: z.infer<typeof ControllerVector>): Expectation {
  const { scheduleOrder } = given.controller
  const schedules = given.schedules
    .toSorted((a, b) => scheduleOrder.indexOf(a.id) - scheduleOrder.indexOf(b.id))
    .map(({ reserve, startTimes = [], cal, enabledAt = -Infinity, disabledAt = Infinity, ...schedule }) => {
      // a reserve schedule cannot be disabled; a DsaReq before the EnaReq stops nothing
      const enabled = reserve ? -Infinity : enabledAt
      const disabled = reserve || disabledAt < enabledAt ? Infinity : disabledAt
      return { ...schedule, starts: startsOf(startTimes, cal), enabledAt: enabled, disabledAt: disabled }
    })
  return { expect: outputOver(schedules, given.window) }
}

function startsOf(times: readonly number[], cal: Calendar | undefined): Starts {
  return { times, calendars: cal ? [{ cal, notBefore: -Infinity }] : [] }
}

function evaluatePrograms({ quantity, given }: z.infer<typeof ProgramVector>): Expectation {
  const { setMaxW, setMaxChargeRateW = setMaxW, setMaxDischargeRateW = setMaxW } = given
  const schedules = schedulesOf(given.programs, quantity, { setMaxW, setMaxChargeRateW, setMaxDischargeRateW })
  const reserve: Schedule = {
    id: `${quantity}_Res_FSCH01`,
    prio: 10,
    intervalS: 3600,
    values: [given.reserveW],
    starts: startsOf([], { per: 'hour', mn: 0 }),
    enabledAt: -Infinity,
    disabledAt: Infinity,
  }
  const listed = schedules.map(({ id, prio, intervalS, values, starts }) => {
    const shared = { id, prio, intervalS, values }
    const [cyclic] = starts.calendars
    return cyclic ? { ...shared, cal: cyclic.cal } : { ...shared, startTimes: starts.times.map(instantText) }
  })
  return { expect: { schedules: listed, ...outputOver([...schedules, reserve], given.window) } }
}

function outputOver(schedules: readonly Schedule[], { from, to }: Readonly<{ from: number; to: number }>) {
  const segments = segmentsOf(schedules, from, to)
  return {
    segments: segments.map((segment) => ({ ...segment, from: instantText(segment.from), to: instantText(segment.to) })),
    forecast: forecastOf(segments).map(({ at, value }) => ({ at: instantText(at), value })),
  }
}

function evaluateLife({ given, steps }: z.infer<typeof LifeVector>): Evaluation {
  let life = createLife(given)
  return {
    steps: steps.map(({ do: operation }) => {
      const step = take(life, operation)
      life = step.life
      const { actStrTm, nxtStrTm, ...status } = statusOf(life, operation.at)
      const times = { actStrTm: textOrNull(actStrTm), nxtStrTm: textOrNull(nxtStrTm) }
      return { expect: { result: step.result, ...status, ...times } }
    }),
  }
}

function take(life: Life, operation: Operation): Readonly<{ life: Life; result: Result }> {
  switch (operation.op) {
    case 'enable':
      return enable(life, operation.at)
    case 'disable':
      return disable(life, operation.at)
    case 'read':
      return { life: advance(life, operation.at), result: 'ok' }
    case 'write':
      return write(life, { [operation.field]: operation.value }, operation.at)
    default:
      return operation satisfies never
  }
}

function evaluateEnabling({ now, cases }: z.infer<typeof EnablingVector>): Evaluation {
  return {
    cases: cases.map(({ given: { allocatedEntries, valueType, ...parameters } }) => {
      const { life, result } = enable(createLife({ allocatedEntries, valueType }, parameters), now)
      return { expect: { result, schdEnaErr: life.schdEnaErr, state: life.state } }
    }),
  }
}

function evaluateMeeting({ cases }: z.infer<typeof MeetingVector>): Evaluation {
  return { cases: cases.map(({ given }) => ({ expect: commandOf(given) })) }
}

function evaluateWrites({ cases }: z.infer<typeof WritesVector>): Evaluation {
  return { cases: cases.map(({ given }) => ({ expect: registerWrites(given) })) }
}

/** Only the points that the file names: a model has many more. */
function evaluateDecoding({ given, expect }: z.infer<typeof DecodingVector>): Evaluation {
  const points = decodeRegisters(given.registers)
  if (!expect) return { expect: points }
  return { expect: Object.fromEntries(Object.keys(expect).map((name) => [name, points[name] ?? null])) }
}

function textOrNull(instant: number | null): string | null {
  return instant === null ? null : instantText(instant)
}
