/** Nameplate and function settings, under the names of the fact sheet (section 11); powers in W, VA, var, voltages in V or pu. */
export type DerSettings = Readonly<
  typeof nameplate &
    typeof functions & {
      KIND: 'PV' | 'BESS' | 'PV_BESS'
      NP_PHASE: 'THREE' | 'SINGLE'
      NP_V_MEAS_UNBALANCE: 'AVG' | 'POS'
      NP_NORMAL_OP_CAT: 'CAT_A' | 'CAT_B'
      NP_ABNORMAL_OP_CAT: 'CAT_I' | 'CAT_II' | 'CAT_III'
      NP_PRIO_OUTSIDE_MIN_Q_REQ: 'ACTIVE' | 'REACTIVE'
      NP_Q_CAPABILITY_LOW_P: 'REDUCED' | 'SAME'
      CONST_PF_EXCITATION: 'INJ' | 'ABS'
      NP_Q_CAPABILITY_BY_P_CURVE?: QCapability
      NP_BESS_P_MAX_BY_SOC?: PowerBySoc
      /** A curve of any number of points in place of the named ones; x and y in per unit as theirs. */
      QV_CURVE?: Points
      PV_CURVE?: Points
      QP_CURVE?: Points
      /** Trip points in place of the two named ones of each side, and those at which the device may trip: x in s, y in pu or Hz. */
      UV_TRIP_CURVE?: Points
      OV_TRIP_CURVE?: Points
      UF_TRIP_CURVE?: Points
      OF_TRIP_CURVE?: Points
      UV_MAY_TRIP_CURVE?: Points
      OV_MAY_TRIP_CURVE?: Points
      UF_MAY_TRIP_CURVE?: Points
      OF_MAY_TRIP_CURVE?: Points
      /** Wh; absent: the battery never runs empty. */
      NP_BESS_CAPACITY?: number
    }
>

export type Points = Readonly<{ x: readonly number[]; y: readonly number[] }>

export type QCapability = Readonly<
  Record<'P_Q_INJ_PU' | 'Q_MAX_INJ_PU' | 'P_Q_ABS_PU' | 'Q_MAX_ABS_PU', readonly number[]>
>

type PowerBySoc = Readonly<
  Record<'SOC_P_CHARGE_MAX' | 'P_CHARGE_MAX_PU' | 'SOC_P_DISCHARGE_MAX' | 'P_DISCHARGE_MAX_PU', readonly number[]>
>

const nameplate = {
  NP_P_MAX: 100_000,
  NP_VA_MAX: 100_000,
  NP_Q_MAX_INJ: 44_000,
  NP_Q_MAX_ABS: 44_000,
  NP_P_MAX_CHARGE: 100_000,
  NP_APPARENT_POWER_CHARGE_MAX: 100_000,
  NP_AC_V_NOM: 240,
  NP_V_DC: 360,
  /** Hz; the reference knows 60 only. */
  NP_F_NOM: 60,
  NP_P_MIN_PU: 0,
  NP_EFFICIENCY: 1,
  NP_MODE_TRANSITION_TIME: 15,
  NP_SET_EXE_TIME: 0,
  NP_REACT_TIME: 0,
  NP_V_MEAS_DELAY: 0,
  NP_RESISTANCE: 0.001,
  NP_REACTANCE: 0.2,
  NP_INV_DELAY: 0.02,
  NP_CURRENT_PU: 1.2,
  NP_REACTIVE_SUSCEPTANCE: 0,
  NP_RT_RAMP_UP_TIME: 0,
  NP_CTE_RESP_T: 0.16,
  MC_RESP_T: 0,
  MC_RETURN_T: 0,
  MC_LVRT_V1: 0.5,
  MC_HVRT_V1: 1.1,
  DVS_MODE_ENABLE: false,
  DVS_K: 2,
  STATUS_INIT: true,
  NP_BESS_SOC_MIN: 0,
  NP_BESS_SOC_MAX: 1,
  SOC_INIT: 0.5,
  NP_BESS_SELF_DISCHARGE: 0,
  NP_BESS_SELF_DISCHARGE_SOC: 0,
  NP_BESS_P_RAMP_TIME: 0,
}

const functions = {
  ES_PERMIT_SERVICE: true,
  ES_V_LOW: 0.917,
  ES_V_HIGH: 1.05,
  ES_F_LOW: 59.5,
  ES_F_HIGH: 60.1,
  ES_DELAY: 300,
  ES_RAMP_RATE: 300,
  ES_RANDOMIZED_DELAY: 0,
  ES_RANDOMIZED_DELAY_ACTUAL: 0,
  QV_MODE_ENABLE: false,
  QV_CURVE_V1: 0.92,
  QV_CURVE_V2: 0.98,
  QV_CURVE_V3: 1.02,
  QV_CURVE_V4: 1.08,
  QV_CURVE_Q1: 0.44,
  QV_CURVE_Q2: 0,
  QV_CURVE_Q3: 0,
  QV_CURVE_Q4: -0.44,
  QV_OLRT: 5,
  QV_VREF: 1,
  QV_VREF_AUTO_MODE: false,
  QV_VREF_TIME: 300,
  QV_VREF_MIN: 0.95,
  QV_VREF_MAX: 1.05,
  QP_MODE_ENABLE: false,
  QP_CURVE_P1_GEN: 0.2,
  QP_CURVE_P2_GEN: 0.5,
  QP_CURVE_P3_GEN: 1,
  QP_CURVE_Q1_GEN: 0,
  QP_CURVE_Q2_GEN: 0,
  QP_CURVE_Q3_GEN: -0.44,
  QP_CURVE_P1_LOAD: -0.2,
  QP_CURVE_P2_LOAD: -0.5,
  QP_CURVE_P3_LOAD: -1,
  QP_CURVE_Q1_LOAD: 0,
  QP_CURVE_Q2_LOAD: 0,
  QP_CURVE_Q3_LOAD: 0.44,
  QP_RT: 5,
  CONST_PF_MODE_ENABLE: false,
  CONST_PF: 0.9,
  CONST_PF_RT: 5,
  CONST_Q_MODE_ENABLE: false,
  CONST_Q: 0,
  CONST_Q_RT: 5,
  PV_MODE_ENABLE: false,
  PV_CURVE_V1: 1.06,
  PV_CURVE_P1: 1,
  PV_CURVE_V2: 1.1,
  PV_CURVE_P2: 0,
  PV_OLRT: 10,
  AP_LIMIT_ENABLE: false,
  AP_LIMIT: 1,
  AP_RT: 15,
  PF_MODE_ENABLE: true,
  PF_DBOF: 0.036,
  PF_DBUF: 0.036,
  PF_KOF: 0.05,
  PF_KUF: 0.05,
  PF_OLRT: 5,
  OV2_TRIP_V: 1.2,
  OV2_TRIP_T: 0.16,
  OV1_TRIP_V: 1.1,
  OV1_TRIP_T: 13,
  UV1_TRIP_V: 0.88,
  UV1_TRIP_T: 21,
  UV2_TRIP_V: 0.5,
  UV2_TRIP_T: 2,
  OF2_TRIP_F: 62,
  OF2_TRIP_T: 0.16,
  OF1_TRIP_F: 61.2,
  OF1_TRIP_T: 300,
  UF1_TRIP_F: 58.5,
  UF1_TRIP_T: 300,
  UF2_TRIP_F: 56.5,
  UF2_TRIP_T: 0.16,
  MC_ENABLE: true,
  /** Whether the device trips where it may. */
  MAY_TRIP_USED: false,
  /** Corrects where the reference departs from the standard (R1 to R14). */
  strict1547: false,
}

/** The default settings of a category B, III device. */
export function defaultSettings(kind: DerSettings['KIND']): DerSettings {
  return {
    ...nameplate,
    ...functions,
    KIND: kind,
    NP_PHASE: 'THREE',
    NP_V_MEAS_UNBALANCE: 'AVG',
    NP_NORMAL_OP_CAT: 'CAT_B',
    NP_ABNORMAL_OP_CAT: 'CAT_III',
    NP_PRIO_OUTSIDE_MIN_Q_REQ: 'REACTIVE',
    NP_Q_CAPABILITY_LOW_P: kind === 'PV' ? 'REDUCED' : 'SAME',
    NP_P_MIN_PU: kind === 'PV' ? 0 : -1,
    CONST_PF_EXCITATION: 'INJ',
  }
}
