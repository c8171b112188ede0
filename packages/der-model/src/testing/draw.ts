import * as fc from 'fast-check'
import { assign } from '../assign.ts'
import { defaultSettings, type DerSettings } from '../settings.ts'

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const seconds = fc.constantFrom(0, 0.05, 0.5, 3, 20)

/** A change of some settings of any kind, in a form that makes sense. */
const changes: fc.Arbitrary<Partial<DerSettings>> = fc.record(
  {
    NP_ABNORMAL_OP_CAT: fc.constantFrom('CAT_I', 'CAT_II', 'CAT_III'),
    NP_NORMAL_OP_CAT: fc.constantFrom('CAT_A', 'CAT_B'),
    NP_PHASE: fc.constantFrom('THREE', 'SINGLE'),
    NP_V_MEAS_UNBALANCE: fc.constantFrom('AVG', 'POS'),
    NP_PRIO_OUTSIDE_MIN_Q_REQ: fc.constantFrom('ACTIVE', 'REACTIVE'),
    NP_VA_MAX: number(100_000, 120_000),
    NP_P_MAX_CHARGE: number(50_000, 100_000),
    NP_F_NOM: fc.constantFrom(50, 60),
    NP_REACT_TIME: seconds,
    NP_V_MEAS_DELAY: seconds,
    NP_INV_DELAY: seconds,
    NP_SET_EXE_TIME: seconds,
    NP_RT_RAMP_UP_TIME: fc.constantFrom(0, 0.3),
    NP_REACTIVE_SUSCEPTANCE: fc.constantFrom(0, 0.01),
    NP_BESS_CAPACITY: number(10_000, 200_000),
    NP_BESS_P_RAMP_TIME: seconds,
    DVS_MODE_ENABLE: fc.boolean(),
    MC_ENABLE: fc.boolean(),
    MC_RESP_T: fc.constantFrom(0, 0.08),
    ES_PERMIT_SERVICE: fc.oneof(
      { weight: 4, arbitrary: fc.constant(true) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
    ES_DELAY: seconds,
    ES_RAMP_RATE: seconds,
    ES_RANDOMIZED_DELAY: seconds,
    ES_RANDOMIZED_DELAY_ACTUAL: seconds,
    QV_MODE_ENABLE: fc.boolean(),
    QV_VREF_AUTO_MODE: fc.boolean(),
    QP_MODE_ENABLE: fc.boolean(),
    CONST_PF_MODE_ENABLE: fc.boolean(),
    CONST_PF: number(0.3, 1),
    CONST_Q_MODE_ENABLE: fc.boolean(),
    CONST_Q: number(-0.6, 0.6),
    PV_MODE_ENABLE: fc.boolean(),
    AP_LIMIT_ENABLE: fc.boolean(),
    AP_LIMIT: number(0, 1),
    PF_MODE_ENABLE: fc.boolean(),
    UV_TRIP_CURVE: fc.constant({ x: [0.16, 1, 2], y: [0.45, 0.6, 0.88] }),
    OV_MAY_TRIP_CURVE: fc.constant({ x: [0.16, 1], y: [1.2, 1.1] }),
    MAY_TRIP_USED: fc.boolean(),
    strict1547: fc.boolean(),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Partial<DerSettings>>

export const anySettings: fc.Arbitrary<DerSettings> = fc
  .tuple(fc.constantFrom('PV', 'BESS', 'PV_BESS'), fc.boolean(), changes)
  .map(([kind, STATUS_INIT, change]) => assign(defaultSettings(kind), { STATUS_INIT, ...change }))

/** Now and then the settings of a group change. */
export const anyChange = fc.option(fc.record({ group: fc.nat(2), settings: changes }), { freq: 4 })

/** The voltage (pu) of the first phase, how much the others differ, and the rest of what a step is given. */
export type Weather = Readonly<{ volts: number; skew: number; f: number; pDc: number; pDem: number }>

export const anyWeather: fc.Arbitrary<Weather> = fc.record({
  volts: fc.oneof(number(0.95, 1.05), number(0, 1.3)),
  skew: fc.oneof(fc.constant(0), number(-0.1, 0.1)),
  f: fc.oneof(fc.constant(60), number(56, 63)),
  pDc: number(0, 130_000),
  pDem: number(-130_000, 130_000),
})
