import { defaultSettings, type DerSettings, type Scenario } from '@gridloom/der-model'
import { z } from 'zod'

const Numbers = z.array(z.number()).min(1)
const Words = z.string().transform((text) => text.trim().split(/\s+/).map(Number))
/** The values of one axis, in a list or as text separated by blanks. */
const Axis = z.union([Numbers, Words.pipe(Numbers)])

/** The points of a curve, their xs in rising order. */
const Points = z.strictObject({ x: Numbers, y: Numbers }).superRefine(({ x, y }, context) => {
  checkPair(x, y, context, 'x', 'y')
})

const QCapability = z
  .strictObject({ P_Q_INJ_PU: Axis, Q_MAX_INJ_PU: Axis, P_Q_ABS_PU: Axis, Q_MAX_ABS_PU: Axis })
  .superRefine((curve, context) => {
    checkPair(curve.P_Q_INJ_PU, curve.Q_MAX_INJ_PU, context, 'P_Q_INJ_PU', 'Q_MAX_INJ_PU')
    checkPair(curve.P_Q_ABS_PU, curve.Q_MAX_ABS_PU, context, 'P_Q_ABS_PU', 'Q_MAX_ABS_PU')
  })

const PowerBySoc = z
  .strictObject({ SOC_P_CHARGE_MAX: Axis, P_CHARGE_MAX_PU: Axis, SOC_P_DISCHARGE_MAX: Axis, P_DISCHARGE_MAX_PU: Axis })
  .superRefine((curve, context) => {
    checkPair(curve.SOC_P_CHARGE_MAX, curve.P_CHARGE_MAX_PU, context, 'SOC_P_CHARGE_MAX', 'P_CHARGE_MAX_PU')
    checkPair(curve.SOC_P_DISCHARGE_MAX, curve.P_DISCHARGE_MAX_PU, context, 'SOC_P_DISCHARGE_MAX', 'P_DISCHARGE_MAX_PU')
  })

function checkPair(
  xs: readonly number[],
  ys: readonly number[],
  context: z.core.$RefinementCtx,
  xName: string,
  yName: string,
): void {
  const issue = (message: string) => context.issues.push({ code: 'custom', message, input: xs, path: [xName] })
  if (xs.length !== ys.length) issue(`${xName} has ${xs.length} values, ${yName} has ${ys.length}`)
  if (xs.some((x, k) => x < (xs[k - 1] ?? x))) issue(`${xName} does not rise`)
}

const positive = z.number().positive()
/** What is not simply a number or true or false. */
const special = {
  NP_PHASE: z.enum(['THREE', 'SINGLE']),
  NP_V_MEAS_UNBALANCE: z.enum(['AVG', 'POS']),
  NP_NORMAL_OP_CAT: z.enum(['CAT_A', 'CAT_B']),
  NP_ABNORMAL_OP_CAT: z.enum(['CAT_I', 'CAT_II', 'CAT_III']),
  NP_PRIO_OUTSIDE_MIN_Q_REQ: z.enum(['ACTIVE', 'REACTIVE']),
  NP_Q_CAPABILITY_LOW_P: z.enum(['REDUCED', 'SAME']),
  CONST_PF_EXCITATION: z.enum(['INJ', 'ABS']),
  CONST_PF: positive.max(1),
  NP_P_MAX: positive,
  NP_VA_MAX: positive,
  NP_AC_V_NOM: positive,
  NP_F_NOM: positive,
  NP_EFFICIENCY: positive,
  NP_BESS_CAPACITY: positive,
  NP_Q_CAPABILITY_BY_P_CURVE: QCapability,
  NP_BESS_P_MAX_BY_SOC: PowerBySoc,
  QV_CURVE: Points,
  PV_CURVE: Points,
  QP_CURVE: Points,
  UV_TRIP_CURVE: Points,
  OV_TRIP_CURVE: Points,
  UF_TRIP_CURVE: Points,
  OF_TRIP_CURVE: Points,
  UV_MAY_TRIP_CURVE: Points,
  OV_MAY_TRIP_CURVE: Points,
  UF_MAY_TRIP_CURVE: Points,
  OF_MAY_TRIP_CURVE: Points,
}

const { KIND, ...defaults } = defaultSettings('PV')
const simple = Object.fromEntries(
  Object.entries(defaults).map(([name, value]) => [name, typeof value === 'boolean' ? z.boolean() : z.number()]),
)

/** Settings by the names of the model; made from its defaults, so neither can have a name that the other lacks. */
const Named = z.strictObject({ ...simple, ...special }).partial()

/** Named settings in the order in which they are written, for that is the order in which they take effect. */
const Settings = z.record(z.string(), z.unknown()).transform((written, context) => {
  const parsed = Named.safeParse(written)
  if (parsed.success) {
    const values: Readonly<Record<string, unknown>> = parsed.data
    return Object.fromEntries(Object.keys(written).map((name) => [name, values[name]])) as Partial<DerSettings>
  }
  for (const { message, path } of parsed.error.issues) context.addIssue({ code: 'custom', message, path })
  return z.NEVER
})

/** A scenario file, in the format of the OpenDER vectors; what it says beside this is for people. */
export const DerScenario: z.ZodType<Scenario> = z.object({
  mode: z.enum(['static', 'dynamic']),
  cases: z
    .array(
      z.object({
        case: z.int(),
        kind: z.enum(['PV', 'BESS', 'PV_BESS'] satisfies (typeof KIND)[]),
        settings: Settings.default({}),
        events: z.array(z.object({ step: z.int().min(0), set: Settings })).optional(),
      }),
    )
    .min(1),
})
