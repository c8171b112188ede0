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
import type { BenchFigure } from './figure.ts'

const sizes = [1, 100, 10_000, 1_000_000]
const rounds = 5
const roundMs = 250

/** DER-steps a second of fleets with volt-var, volt-watt and a power limit, against the object API in turns with them. */
export async function benchDer(): Promise<BenchFigure[]> {
  return sizes.map((size) => figure(size, fleetOf(size), oneByOne()))
}

/** Does some DER-steps and says how many. */
type Work = () => number

function figure(size: number, ours: Work, theirs: Work): BenchFigure {
  rate(ours)
  rate(theirs)
  const own: number[] = []
  const other: number[] = []
  for (let round = 0; round < rounds; round++) {
    own.push(rate(ours))
    other.push(rate(theirs))
  }
  const value = median(own)
  const referenceValue = median(other)
  return {
    bench: 'der',
    metric: `fleet ${size}`,
    value,
    unit: 'DER-steps/s',
    reference: 'object API, one DER',
    referenceValue,
    ratio: value / referenceValue,
  }
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

/** How many DER-steps a second, for as long as a round takes. */
function rate(work: Work): number {
  const start = performance.now()
  let count = 0
  let elapsed = 0
  while (elapsed < roundMs) {
    count += work()
    elapsed = performance.now() - start
  }
  return (count / elapsed) * 1000
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
