import type { DerSettings } from '@gridloom/der-model'
import type { Capability, Ratings } from '../device.ts'
import type { Mode } from '../modes.ts'
import type { EnterService } from '../setpoint.ts'

/** The nameplate that the settings of the IEEE 1547 model stand for (der-model.md section 13). */
export function ratingsOfModel(s: DerSettings): Ratings {
  const stores = s.KIND !== 'PV'
  return {
    maxW: s.NP_P_MAX,
    maxVA: s.NP_VA_MAX,
    maxVar: s.NP_Q_MAX_INJ,
    maxVarNeg: s.NP_Q_MAX_ABS,
    vNom: s.NP_AC_V_NOM,
    ...(stores && {
      maxChargeRateW: s.NP_P_MAX_CHARGE,
      maxChargeRateVA: s.NP_APPARENT_POWER_CHARGE_MAX,
      maxDischargeRateW: s.NP_P_MAX,
      maxDischargeRateVA: s.NP_VA_MAX,
    }),
    ...(stores && s.NP_BESS_CAPACITY !== undefined && { maxWh: s.NP_BESS_CAPACITY }),
  }
}

/** The settings of the model that a nameplate stands for; what it does not say keeps its default. */
export function modelOfRatings(ratings: Ratings): Partial<DerSettings> {
  return {
    NP_P_MAX: ratings.maxDischargeRateW ?? ratings.maxW,
    NP_VA_MAX: ratings.maxVA ?? ratings.maxW,
    ...(ratings.maxVar !== undefined && { NP_Q_MAX_INJ: ratings.maxVar }),
    ...(ratings.maxVarNeg !== undefined && { NP_Q_MAX_ABS: ratings.maxVarNeg }),
    ...(ratings.vNom !== undefined && { NP_AC_V_NOM: ratings.vNom }),
    ...(ratings.maxChargeRateW !== undefined && { NP_P_MAX_CHARGE: ratings.maxChargeRateW }),
    ...(ratings.maxChargeRateVA !== undefined && { NP_APPARENT_POWER_CHARGE_MAX: ratings.maxChargeRateVA }),
    ...(ratings.maxWh !== undefined && { NP_BESS_CAPACITY: ratings.maxWh }),
  }
}

const kinds = { PV: 'pv', BESS: 'storage', PV_BESS: 'pv-storage' } as const
const normalCategories = { CAT_A: 'A', CAT_B: 'B' } as const
const abnormalCategories = { CAT_I: 'I', CAT_II: 'II', CAT_III: 'III' } as const

/** The whole capability: ratings, categories, and the operating points at most var. */
export function capabilityOfModel(s: DerSettings, modes: readonly Mode[]): Capability {
  return {
    kind: kinds[s.KIND],
    modes,
    ratings: ratingsOfModel(s),
    normalCategory: normalCategories[s.NP_NORMAL_OP_CAT],
    abnormalCategory: abnormalCategories[s.NP_ABNORMAL_OP_CAT],
    overExcited: pointAt(s, s.NP_Q_MAX_INJ),
    underExcited: pointAt(s, s.NP_Q_MAX_ABS),
    ...(s.NP_REACTIVE_SUSCEPTANCE > 0 && { susceptance: s.NP_REACTIVE_SUSCEPTANCE }),
  }
}

/** Most active power beside so many var, and its power factor. */
function pointAt({ NP_P_MAX, NP_VA_MAX }: DerSettings, vars: number): { watts: number; pf: number } {
  const watts = Math.min(NP_P_MAX, Math.sqrt(Math.max(0, NP_VA_MAX ** 2 - vars ** 2)))
  return { watts, pf: watts / Math.hypot(watts, vars) }
}

/** The criteria to enter service that the model works with. */
export function enterServiceOfModel(s: DerSettings): EnterService {
  return {
    lowVolts: s.ES_V_LOW,
    highVolts: s.ES_V_HIGH,
    lowHertz: s.ES_F_LOW,
    highHertz: s.ES_F_HIGH,
    delaySeconds: s.ES_DELAY,
    randomDelaySeconds: s.ES_RANDOMIZED_DELAY,
    rampSeconds: s.ES_RAMP_RATE,
  }
}
