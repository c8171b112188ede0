import type { DerSettings } from './settings.ts'

/** Assigns settings in the order given, each with what it brings along (fact sheet, end of section 11). */
export function assign(settings: DerSettings, changes: Partial<DerSettings>): DerSettings {
  let next = settings
  for (const name of Object.keys(changes) as (keyof DerSettings)[]) {
    if (isIgnored(name, changes)) continue
    next = { ...next, [name]: changes[name], ...consequences(next, name, changes) }
    if (ratingsOfCurve.has(name)) next = withoutCurve(next)
  }
  return next
}

/** A change of these makes the capability curve anew; one that the user gave is gone. */
const ratingsOfCurve = new Set(['NP_VA_MAX', 'NP_Q_MAX_INJ', 'NP_Q_MAX_ABS', 'NP_Q_CAPABILITY_LOW_P'])

/** The settings without a capability curve of their own. */
export function withoutCurve(settings: DerSettings): DerSettings {
  const { NP_Q_CAPABILITY_BY_P_CURVE: curve, ...others } = settings
  return curve ? others : settings
}

function isIgnored(name: keyof DerSettings, { MC_LVRT_V1 = 0, MC_HVRT_V1 = 0 }: Partial<DerSettings>): boolean {
  if (name === 'MC_LVRT_V1') return MC_LVRT_V1 < 0 || MC_LVRT_V1 > 0.88
  return name === 'MC_HVRT_V1' && MC_HVRT_V1 < 1.1
}

function consequences(
  before: DerSettings,
  name: keyof DerSettings,
  changes: Partial<DerSettings>,
): Partial<DerSettings> {
  switch (name) {
    case 'NP_NORMAL_OP_CAT':
      return normalCategories[changes.NP_NORMAL_OP_CAT ?? before.NP_NORMAL_OP_CAT]
    case 'NP_ABNORMAL_OP_CAT':
      return abnormalCategories[changes.NP_ABNORMAL_OP_CAT ?? before.NP_ABNORMAL_OP_CAT]
    case 'NP_AC_V_NOM':
      return { NP_V_DC: Math.max(before.NP_V_DC, 1.5 * (changes.NP_AC_V_NOM ?? before.NP_AC_V_NOM)) }
    case 'NP_F_NOM':
      return rescaled(before, changes.NP_F_NOM ?? before.NP_F_NOM)
    default:
      return isReactiveMode(name) && changes[name] === true ? { ...reactiveModesOff, [name]: true } : {}
  }
}

/** Every frequency keeps its share of the nominal one: 61.2 Hz of 60 become 51 of 50. */
function rescaled(settings: DerSettings, nominal: number): Partial<DerSettings> {
  return Object.fromEntries(frequencies.map((name) => [name, (settings[name] / settings.NP_F_NOM) * nominal]))
}

const frequencies = [
  'ES_F_LOW',
  'ES_F_HIGH',
  'PF_DBOF',
  'PF_DBUF',
  'OF1_TRIP_F',
  'OF2_TRIP_F',
  'UF1_TRIP_F',
  'UF2_TRIP_F',
] as const

const reactiveModesOff = {
  CONST_PF_MODE_ENABLE: false,
  QV_MODE_ENABLE: false,
  QP_MODE_ENABLE: false,
  CONST_Q_MODE_ENABLE: false,
}

function isReactiveMode(name: string): boolean {
  return name in reactiveModesOff
}

const normalCategories = {
  CAT_A: {
    QV_CURVE_V1: 0.9,
    QV_CURVE_V2: 1,
    QV_CURVE_V3: 1,
    QV_CURVE_V4: 1.1,
    QV_CURVE_Q1: 0.25,
    QV_CURVE_Q4: -0.25,
    QV_OLRT: 10,
    QP_CURVE_Q3_GEN: -0.25,
  },
  CAT_B: {
    QV_CURVE_V1: 0.92,
    QV_CURVE_V2: 0.98,
    QV_CURVE_V3: 1.02,
    QV_CURVE_V4: 1.08,
    QV_CURVE_Q1: 0.44,
    QV_CURVE_Q4: -0.44,
    QV_OLRT: 5,
    QP_CURVE_Q3_GEN: -0.44,
  },
}

const abnormalCategories = {
  CAT_I: { OV1_TRIP_T: 2, UV1_TRIP_V: 0.7, UV1_TRIP_T: 2, UV2_TRIP_V: 0.45, UV2_TRIP_T: 0.16, MC_ENABLE: false },
  CAT_II: { OV1_TRIP_T: 2, UV1_TRIP_V: 0.7, UV1_TRIP_T: 10, UV2_TRIP_V: 0.45, UV2_TRIP_T: 0.16, MC_ENABLE: false },
  CAT_III: { OV1_TRIP_T: 13, UV1_TRIP_V: 0.88, UV1_TRIP_T: 21, UV2_TRIP_V: 0.5, UV2_TRIP_T: 2, MC_ENABLE: true },
}
