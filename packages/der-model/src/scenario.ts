import { assign } from './assign.ts'
import { cellsOf, outputColumns } from './cells.ts'
import { createState, step } from './der.ts'
import { type DerInput, gridAt } from './input.ts'
import { createModel, withSettings } from './model.ts'
import { defaultSettings, type DerSettings } from './settings.ts'

/** Cases of settings and their changes; the rows of inputs that go with them are a CSV. */
export type Scenario = Readonly<{
  /** Each row a new DER, or the rows of a case steps of one. */
  mode: 'static' | 'dynamic'
  cases: readonly ScenarioCase[]
}>

type ScenarioCase = Readonly<{
  case: number
  kind: DerSettings['KIND']
  settings: Partial<DerSettings>
  events?: readonly Readonly<{ step: number; set: Partial<DerSettings> }>[] | undefined
}>

/** What is wrong with the rows of a scenario, and where. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError'
}

/** The lines of a CSV with the columns and rows of `csv`, the outputs computed; without output columns it gets all of them. */
export function* runScenario({ mode, cases }: Scenario, csv: string, random?: () => number): Generator<string> {
  const [head = '', ...lines] = csv
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r?\n/)
  const given = head.split(',')
  const columns = given.some((name) => outputColumns.includes(name)) ? given : [...given, ...outputColumns]
  checkColumns(columns)
  yield columns.join(',')
  const runs = new Map(cases.map((one) => [one.case, createRun(one, mode, random)]))
  for (const [k, line] of lines.entries()) {
    const row = rowOf(given, line, `line ${k + 2}`)
    const run = runs.get(row.number('case'))
    if (!run) throw new ScenarioError(`line ${k + 2}: there is no case "${row.text('case')}"`)
    const cells = cellsOf(run(row))
    yield columns.map((name) => cells[name] ?? row.text(name)).join(',')
  }
}

function checkColumns(columns: readonly string[]): void {
  const missing = [...positions, ...inputs.slice(0, 2)].find((name) => !columns.includes(name))
  if (missing) throw new ScenarioError(`line 1: the column "${missing}" is missing`)
  const known = new Set([...positions, ...inputs, ...outputColumns])
  const unknown = columns.find((name) => !known.has(name))
  if (unknown !== undefined) throw new ScenarioError(`line 1: there is no column "${unknown}"`)
}

const positions = ['case', 'step', 't_s']
const inputs = [
  'f_hz',
  'v_a_v',
  'v_b_v',
  'v_c_v',
  'theta_a_rad',
  'theta_b_rad',
  'theta_c_rad',
  'p_avl_in_w',
  'p_dem_in_w',
]

type TextRow = Readonly<{
  where: string
  text: (name: string) => string
  /** The number in a cell; a blank cell is `blank`, or an error. */
  number: (name: string, blank?: number) => number
}>

function rowOf(columns: readonly string[], line: string, where: string): TextRow {
  const cells = line.split(',')
  const text = (name: string) => cells[columns.indexOf(name)]?.trim() ?? ''
  return {
    where,
    text,
    number(name, blank) {
      const cell = text(name)
      const value = cell === '' ? blank : Number(cell)
      if (value === undefined || !Number.isFinite(value)) throw new ScenarioError(`${where}: ${name} is "${cell}"`)
      return value
    },
  }
}

/** Steps the DER of a case through its rows; a blank input stays as it was. */
function createRun({ kind, settings, events = [] }: ScenarioCase, mode: Scenario['mode'], random?: () => number) {
  const start = () => createModel(assign(defaultSettings(kind), settings), random)
  let model = start()
  let state = createState(model)
  let input: Partial<DerInput> = {}
  return (row: TextRow) => {
    const at = row.number('step')
    if (mode === 'static' || at === 0) {
      model = start()
      state = createState(model)
      input = {}
    }
    for (const event of events) if (event.step === at) model = withSettings(model, event.set)
    const seconds = row.number('t_s')
    if (seconds <= 0) throw new ScenarioError(`${row.where}: t_s is "${row.text('t_s')}"`)
    const next = inputOf(row, input, model.settings)
    input = next
    step(model, state, next, seconds)
    return state
  }
}

function inputOf(row: TextRow, before: Partial<DerInput>, settings: DerSettings): DerInput {
  const usual = gridAt(settings, 1, settings.NP_F_NOM)
  const isThree = settings.NP_PHASE === 'THREE'
  return {
    f: row.number('f_hz', before.f ?? usual.f),
    va: volts(row, 'v_a_v', before.va),
    vb: isThree ? volts(row, 'v_b_v', before.vb) : 0,
    vc: isThree ? volts(row, 'v_c_v', before.vc) : 0,
    thetaA: row.number('theta_a_rad', before.thetaA ?? usual.thetaA),
    thetaB: row.number('theta_b_rad', before.thetaB ?? usual.thetaB),
    thetaC: row.number('theta_c_rad', before.thetaC ?? usual.thetaC),
    pDc: row.number('p_avl_in_w', before.pDc ?? 0),
    pDem: row.number('p_dem_in_w', before.pDem ?? 0),
  }
}

function volts(row: TextRow, name: string, before: number | undefined): number {
  const value = row.number(name, before)
  if (value < 0) throw new ScenarioError(`${row.where}: ${name} is "${row.text(name)}", a voltage is not negative`)
  return value
}
