import {
  assign,
  createFleet,
  createModel,
  createState,
  defaultSettings,
  gridAt,
  step,
  stepFleet,
} from '@gridloom/der-model'
import { byTurns, type Work } from './by-turns.ts'
import type { BenchFigure } from './figure.ts'

const sizes = [1, 100, 10_000, 1_000_000]
const rounds = 5
const roundMs = 250

/** DER-steps a second of fleets with volt-var, volt-watt and a power limit, against the object API in turns with them. */
export async function benchDer(): Promise<BenchFigure[]> {
  const shared = { bench: 'der', unit: 'DER-steps/s', reference: 'object API, one DER', rounds, roundMs }
  return sizes.map((size) => byTurns({ ...shared, metric: `fleet ${size}`, ours: fleetOf(size), theirs: oneByOne() }))
}

const model = createModel(
  assign(defaultSettings('PV'), { QV_MODE_ENABLE: true, PV_MODE_ENABLE: true, AP_LIMIT_ENABLE: true, AP_LIMIT: 0.8 }),
)

/** The voltage of a DER in a step: from 0.95 to 1.09 pu, so that each curve is walked along. */
function volts(place: number): number {
  return 1.02 + 0.07 * Math.sin(place)
}

function fleetOf(size: number): Work {
  const fleet = createFleet([{ model, count: size }])
  const { va, vb, vc, f, pDc } = fleet.input
  for (let i = 0; i < size; i++) {
    const at = gridAt(model.settings, volts(i), 60)
    va[i] = at.va
    vb[i] = at.vb
    vc[i] = at.vc
    f[i] = at.f
    pDc[i] = 60_000 + (i % 50_000)
  }
  const steps = Math.ceil(1000 / size)
  return () => {
    for (let k = 0; k < steps; k++) stepFleet(fleet, 1)
    return steps * size
  }
}

function oneByOne(): Work {
  const inputs = Array.from({ length: 1000 }, (_, i) => ({
    ...gridAt(model.settings, volts(i), 60),
    pDc: 60_000 + i,
  }))
  const state = createState(model)
  return () => {
    for (const input of inputs) step(model, state, input, 1)
    return inputs.length
  }
}
