import { controlNames } from './currents.ts'
import type { DerState } from './der.ts'
import { currentsOf, type Phase, sourceVoltagesOf } from './phases.ts'
import { Status, statusNames } from './status.ts'

/** A value of the model as a cell of a scenario's CSV; undefined where it does not apply. */
type Value = number | boolean | string | undefined

/** The output columns of a scenario, in their usual order. */
export const outputColumns: readonly string[] = `
  v_meas_pu v_low_pu v_high_pu p_avl_pu der_status rt_mode_v rt_mode_f rt_ctrl es_crit trip_crit es_completed
  ap_limit_pu_out volt_watt_limit_pu freq_droop_pu pf_uf_active pf_of_active p_es_pu p_desired_pu
  q_const_pf_pu q_const_q_pu q_volt_var_pu q_watt_var_pu q_desired_pu p_limited_w q_limited_var
  i_pos_re_pu i_pos_im_pu i_neg_re_pu i_neg_im_pu p_out_w q_out_var bess_soc bess_p_max_charge_pu bess_p_max_discharge_pu
  i_a_pu i_b_pu i_c_pu i_a_rad i_b_rad i_c_rad
  v_out_a_pu v_out_b_pu v_out_c_pu v_out_a_rad v_out_b_rad v_out_c_rad`
  .trim()
  .split(/\s+/)

/** The output cells after a step, as text that reads back exactly. */
export function cellsOf(state: DerState): Readonly<Record<string, string>> {
  const values = { ...generalValues(state), ...functionValues(state), ...batteryValues(state), ...phaseValues(state) }
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, cell(value)]))
}

function cell(value: Value): string {
  if (value === undefined) return ''
  return typeof value === 'boolean' ? (value ? '1' : '0') : String(value)
}

function generalValues(state: DerState): Record<string, Value> {
  const { grid, service, rideThrough, trip, enter, active, reactive, currents, limited, out } = state
  return {
    v_meas_pu: grid.vMeas,
    v_low_pu: grid.vLow,
    v_high_pu: grid.vHigh,
    p_avl_pu: state.pAvl,
    der_status: statusNames[service.status],
    rt_mode_v: statusNames[rideThrough.voltage],
    rt_mode_f: statusNames[rideThrough.frequency],
    rt_ctrl: controlNames[currents.control],
    es_crit: enter.crit,
    trip_crit: trip.must,
    es_completed: service.esCompleted,
    p_desired_pu: active.desired,
    q_desired_pu: reactive.desired,
    p_limited_w: limited.p,
    q_limited_var: limited.q,
    i_pos_re_pu: currents.iPosRe,
    i_pos_im_pu: currents.iPosIm,
    i_neg_re_pu: currents.iNegRe,
    i_neg_im_pu: currents.iNegIm,
    p_out_w: out.p,
    q_out_var: out.q,
  }
}

/** The functions have no values while tripped. */
function functionValues({ service, active, droop, reactive }: DerState): Record<string, Value> {
  const tripped = service.status === Status.trip
  const whileRunning = <T>(value: T): T | undefined => (tripped ? undefined : value)
  return {
    ap_limit_pu_out: whileRunning(active.ap),
    volt_watt_limit_pu: whileRunning(active.pv),
    freq_droop_pu: whileRunning(droop.pf),
    pf_uf_active: whileRunning(droop.ufActive),
    pf_of_active: whileRunning(droop.ofActive),
    p_es_pu: whileRunning(active.pes),
    q_const_pf_pu: whileRunning(reactive.constPf.q),
    q_const_q_pu: whileRunning(reactive.constQ.q),
    q_volt_var_pu: whileRunning(reactive.voltVar.q),
    q_watt_var_pu: whileRunning(reactive.wattVar.q),
  }
}

function batteryValues({ battery, tile }: DerState): Record<string, Value> {
  const has = tile.model.settings.KIND !== 'PV'
  return {
    bess_soc: has ? battery.soc : undefined,
    bess_p_max_charge_pu: has ? battery.pChMax : undefined,
    bess_p_max_discharge_pu: has ? battery.pDisMax : undefined,
  }
}

function phaseValues(state: DerState): Record<string, Value> {
  const [a, b, c] = currentsOf(state)
  const [va, vb, vc] = sourceVoltagesOf(state)
  return {
    ...phase('i_a', a),
    ...phase('i_b', b),
    ...phase('i_c', c),
    ...phase('v_out_a', va),
    ...phase('v_out_b', vb),
    ...phase('v_out_c', vc),
  }
}

function phase(name: string, value: Phase | undefined): Record<string, Value> {
  return { [`${name}_pu`]: value?.pu, [`${name}_rad`]: value?.radians }
}
