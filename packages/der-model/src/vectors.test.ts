import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { assign } from './assign.ts'
import { controlNames } from './currents.ts'
import { createState, type DerState, step } from './der.ts'
import { type DerInput, gridAt } from './grid.ts'
import { createModel, type DerModel, withSettings } from './model.ts'
import { defaultSettings, type DerSettings } from './settings.ts'
import { Status, statusNames } from './status.ts'

type Case = Readonly<{
  case: number
  kind: DerSettings['KIND']
  settings: Partial<DerSettings>
  events?: readonly Readonly<{ step: number; set: Partial<DerSettings> }>[]
}>
type VectorSet = Readonly<{ mode: 'static' | 'dynamic'; cases: readonly Case[]; tolerance_pu: number }>
type Row = Readonly<Record<string, string>>

const folder = new URL('../../../test/vectors/opender/', import.meta.url)
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace('.json', ''))

it.each(names)('reproduces the reference in %s', (name) => {
  const set: VectorSet = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'))
  const cases = new Map(set.cases.map((one) => [one.case, one]))
  let model = createModel(defaultSettings('PV'))
  let state = createState(model)
  for (const row of rowsOf(gunzipSync(readFileSync(new URL(`${name}.csv.gz`, folder))).toString())) {
    const one = cases.get(Number(row.case))
    if (!one) throw new Error(`no case "${row.case}"`)
    if (set.mode === 'static' || row.step === '0') {
      model = createModel(assign(defaultSettings(one.kind), one.settings))
      state = createState(model)
    }
    for (const event of one.events ?? []) if (event.step === Number(row.step)) model = withSettings(model, event.set)
    step(model, state, inputOf(model, row), Number(row.t_s))
    compare(model, state, row, set.tolerance_pu)
  }
})

function* rowsOf(csv: string): Generator<Row> {
  const [head = '', ...lines] = csv.trimEnd().split('\n')
  const columns = head.split(',')
  for (const line of lines) {
    const cells = line.split(',')
    yield Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']))
  }
}

function inputOf(model: DerModel, row: Row): DerInput {
  return {
    ...gridAt(model.settings, 1, Number(row.f_hz)),
    va: Number(row.v_a_v),
    vb: Number(row.v_b_v),
    vc: Number(row.v_c_v),
    thetaA: Number(row.theta_a_rad),
    thetaB: Number(row.theta_b_rad),
    thetaC: Number(row.theta_c_rad),
    pDc: Number(row.p_avl_in_w),
    pDem: Number(row.p_dem_in_w),
  }
}

function compare(model: DerModel, state: DerState, row: Row, tolerance: number): void {
  const where = `case ${row.case} step ${row.step}`
  const { service } = state
  expect(
    {
      der_status: statusNames[service.status],
      rt_mode_v: statusNames[state.rideThrough.voltage],
      rt_mode_f: statusNames[state.rideThrough.frequency],
      rt_ctrl: controlNames[state.currents.control],
      es_completed: service.esCompleted ? '1' : '0',
    },
    where,
  ).toEqual({
    der_status: row.der_status,
    rt_mode_v: row.rt_mode_v,
    rt_mode_f: row.rt_mode_f,
    rt_ctrl: row.rt_ctrl,
    es_completed: row.es_completed,
  })
  for (const [column, value] of Object.entries(numbersOf(state))) {
    const cell = row[column]
    if (cell === undefined || cell === '') continue
    const off = Math.abs(value - Number(cell))
    if (!(off <= tolerance * unitOf(column, model))) expect.fail(`${where}: ${column} is ${value}, not ${cell}`)
  }
}

function unitOf(column: string, { settings }: DerModel): number {
  return column.endsWith('_w') || column.endsWith('_var') ? settings.NP_VA_MAX : 1
}

function numbersOf(state: DerState): Record<string, number> {
  const { grid, service, battery, active, droop, reactive, currents, limited, out } = state
  return {
    v_meas_pu: grid.vMeas,
    v_low_pu: grid.vLow,
    v_high_pu: grid.vHigh,
    p_avl_pu: state.pAvl,
    es_crit: state.enter.crit,
    trip_crit: state.trip.must ? 1 : 0,
    ap_limit_pu_out: active.ap,
    volt_watt_limit_pu: active.pv,
    freq_droop_pu: droop.pf,
    pf_uf_active: droop.ufActive ? 1 : 0,
    pf_of_active: droop.ofActive ? 1 : 0,
    p_es_pu: active.pes,
    p_desired_pu: active.desired,
    ...(service.status === Status.trip ? {} : functionsOf(reactive)),
    q_desired_pu: reactive.desired,
    p_limited_w: limited.p,
    q_limited_var: limited.q,
    i_pos_re_pu: currents.iPosRe,
    i_pos_im_pu: currents.iPosIm,
    i_neg_re_pu: currents.iNegRe,
    i_neg_im_pu: currents.iNegIm,
    p_out_w: out.p,
    q_out_var: out.q,
    bess_soc: battery.soc,
    bess_p_max_charge_pu: battery.pChMax,
    bess_p_max_discharge_pu: battery.pDisMax,
  }
}

function functionsOf({ constPf, constQ, voltVar, wattVar }: DerState['reactive']): Record<string, number> {
  return { q_const_pf_pu: constPf.q, q_const_q_pu: constQ.q, q_volt_var_pu: voltVar.q, q_watt_var_pu: wattVar.q }
}
