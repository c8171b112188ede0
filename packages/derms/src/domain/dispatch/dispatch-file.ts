import { z } from 'zod'

const Watts = z.number().min(-1e12).max(1e12)

/** One value for the whole horizon, or one for each step. */
const Series = z.union([Watts, z.array(Watts).min(1).max(1440)], {
  error: 'neither a number of W up to 1e12 nor a list of such numbers, one for each step',
})

const WattHours = z.number().nonnegative().max(1e15)
const Price = z.number().nonnegative().max(1e9)

/** What one DER can do over the horizon; powers are W at its connection, export positive. */
export const DispatchDer = z.strictObject({
  id: z.string().min(1).max(100),
  baseW: Series.default(0).describe('what it does when nobody asks: its forecast'),
  minW: Series.describe('the least it can export; negative: the most it can import'),
  maxW: Series.describe('the most it can export'),
  nowW: Watts.optional().describe('power before the first step, for its ramp; baseW of that step when absent'),
  rampWPerSecond: z.number().positive().max(1e12).optional().describe('how fast it changes; at once when absent'),
  block: z.boolean().default(false).describe('all or nothing: at baseW, minW or maxW and nowhere between'),
  upPrice: Price.default(0).describe('per kWh above baseW'),
  downPrice: Price.default(0).describe('per kWh below baseW'),
  storage: z
    .strictObject({
      energyWh: WattHours,
      minWh: WattHours.default(0),
      capacityWh: z.number().positive().max(1e15),
      chargeEfficiency: z.number().min(0.01).max(1).default(1),
      dischargeEfficiency: z.number().min(0.01).max(1).default(1),
      finalWh: WattHours.optional().describe('held at the end of the horizon at least'),
    })
    .refine(({ energyWh, minWh, capacityWh }) => minWh <= energyWh && energyWh <= capacityWh, {
      path: ['energyWh'],
      error: 'not between minWh and capacityWh',
    })
    .optional(),
  trust: z
    .strictObject({ Te: z.number().min(0).max(1), level: z.int().min(0).max(4) })
    .default({ Te: 1, level: 0 })
    .describe('how far it may move from baseW is scaled by Te; from level 3 on it stays there'),
  usedWh: WattHours.default(0).describe('given in earlier services, for the fairness "rotation"'),
})
export type DispatchDer = z.infer<typeof DispatchDer>

const DispatchRequest = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('limit'),
    importLimitW: Series.optional().describe('the point imports no more'),
    exportLimitW: Series.optional().describe('the point exports no more'),
  }),
  z.strictObject({ kind: z.literal('target'), targetW: Series.describe('net export of the point') }),
  z.strictObject({
    kind: z.literal('reserve'),
    direction: z.enum(['up', 'down']).describe('up: more export when called'),
    reserveW: Watts.positive(),
    callSeconds: z.number().min(0.001).max(1e9).describe('how long a call may last'),
    responseSeconds: z.number().min(0.001).max(1e9).default(60).describe('when it must be there after the call'),
  }),
])

/** How a service is shared out: cheapest first, the same share of what each can do, or who gave least so far first. */
export const Fairness = z.enum(['price', 'equal', 'rotation'])
export type Fairness = z.infer<typeof Fairness>

/** DERs times steps; each takes some 50 bytes. */
const mostCells = 50_000_000

/** One allocation: fleet, request and horizon. */
export const DispatchFile = z
  .strictObject({
    format: z.literal('dispatch/1'),
    horizon: z.strictObject({ stepSeconds: z.number().min(0.001).max(86_400), steps: z.int().min(1).max(1440) }),
    request: DispatchRequest,
    otherW: Series.default(0).describe('net export of the point that nobody dispatches'),
    fairness: Fairness.default('price'),
    shortfallPrice: z.number().min(1e-6).max(1e9).default(1000).describe('per kWh that is missed; above every price'),
    fleet: z.array(DispatchDer).max(2_000_000),
  })
  .superRefine(({ horizon: { steps }, request, otherW, fleet }, context) => {
    if (fleet.length * steps > mostCells) {
      const message = `${fleet.length} DERs times ${steps} steps are more than ${mostCells}`
      context.addIssue({ code: 'custom', path: ['fleet'], message })
      return
    }
    const check = (series: number | readonly number[] | undefined, ...path: (string | number)[]) => {
      if (typeof series === 'object' && series.length !== steps) {
        context.addIssue({ code: 'custom', path, message: `${series.length} values for ${steps} steps` })
      }
    }
    check(otherW, 'otherW')
    if (request.kind === 'limit') {
      check(request.importLimitW, 'request', 'importLimitW')
      check(request.exportLimitW, 'request', 'exportLimitW')
      if (request.importLimitW === undefined && request.exportLimitW === undefined) {
        context.addIssue({ code: 'custom', path: ['request'], message: 'neither importLimitW nor exportLimitW' })
      }
      const { importLimitW = Infinity, exportLimitW = Infinity } = request
      const step = firstStep(steps, (t) => at(exportLimitW, t) < -at(importLimitW, t))
      if (step !== undefined) {
        const message = `at step ${step} below ${-at(importLimitW, step)}, the least export that importLimitW asks for`
        context.addIssue({ code: 'custom', path: ['request', 'exportLimitW'], message })
      }
    }
    if (request.kind === 'target') check(request.targetW, 'request', 'targetW')
    const seen = new Set<string>()
    fleet.forEach(({ id, baseW, minW, maxW, block, storage, rampWPerSecond }, index) => {
      if (block && (storage || rampWPerSecond !== undefined)) {
        const message = 'a block has neither ramp nor storage'
        context.addIssue({ code: 'custom', path: ['fleet', index, 'block'], message })
      }
      check(baseW, 'fleet', index, 'baseW')
      check(minW, 'fleet', index, 'minW')
      check(maxW, 'fleet', index, 'maxW')
      if (seen.has(id)) context.addIssue({ code: 'custom', path: ['fleet', index, 'id'], message: `"${id}" twice` })
      seen.add(id)
      const step = firstStep(steps, (t) => !(at(minW, t) <= at(baseW, t) && at(baseW, t) <= at(maxW, t)))
      if (step !== undefined) {
        const message = `at step ${step} not between minW ${at(minW, step)} and maxW ${at(maxW, step)}`
        context.addIssue({ code: 'custom', path: ['fleet', index, 'baseW'], message })
      }
    })
  })
export type DispatchFile = z.infer<typeof DispatchFile>
export type DispatchInput = z.input<typeof DispatchFile>

/** The value of a series at a step. */
export function at(series: number | readonly number[], step: number): number {
  return typeof series === 'number' ? series : (series[step] ?? 0)
}

function firstStep(steps: number, isWrong: (step: number) => boolean): number | undefined {
  for (let step = 0; step < steps; step++) if (isWrong(step)) return step
  return undefined
}
