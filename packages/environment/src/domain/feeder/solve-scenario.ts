import { z } from 'zod'
import { parseWith } from '../parse-with.ts'
import { Der, FeederFile, Taps } from './feeder-file.ts'
import { createFeeder, type Drive, type Outcome, type Solution, type SolveOptions } from './feeder.ts'
import { GeneratedFile, generateFeeder } from './generate.ts'
import { reportOf, rounded, voltagesCsv, type SolutionReport } from './report.ts'
import { settleVoltVar } from './volt-var.ts'

const Scale = z.number().nonnegative()
const Limits = { tolerancePu: z.number().positive().optional(), maxIterations: z.int().positive().optional() }

const CaseFile = z.object({
  format: z.literal('gridloom.feeder-case/1'),
  feeder: z.string(),
  loadScale: Scale.default(1),
  taps: z.record(z.string(), Taps).default({}),
  voltVarCurve: z
    .array(z.tuple([z.number(), z.number()]))
    .min(1)
    .optional(),
  ders: z.array(Der).default([]),
  ...Limits,
})
type CaseFile = z.infer<typeof CaseFile>

const OverloadFile = z.object({
  format: z.literal('gridloom.feeder-overload/1'),
  feeder: z.string(),
  ...Limits,
  cases: z.array(z.object({ loadScale: Scale })),
})
type OverloadFile = z.infer<typeof OverloadFile>

const Network = z.discriminatedUnion('format', [FeederFile, GeneratedFile])
const Scenario = z.discriminatedUnion('format', [FeederFile, GeneratedFile, CaseFile, OverloadFile])

/** What came of a scenario: a value or a table for standard output, a word for people, and whether there was a solution. */
export type ScenarioResult = Readonly<{ solved: boolean; note: string }> &
  (Readonly<{ kind: 'json'; value: unknown }> | Readonly<{ kind: 'csv'; text: string }>)

/** Solves a feeder, a case of one, an overload or a generated feeder; `open` gives the document that a case names. */
export function solveScenario(document: unknown, open: (name: string) => unknown): ScenarioResult {
  const scenario = parseWith(Scenario, document, 'scenario')
  const network = (name: string) => networkOf(parseWith(Network, open(name), name))
  switch (scenario.format) {
    case 'gridloom.feeder/1':
      return solveFeeder(scenario)
    case 'gridloom.feeder-generated/1':
      return solveGenerated(scenario)
    case 'gridloom.feeder-case/1':
      return solveCase(scenario, network(scenario.feeder))
    case 'gridloom.feeder-overload/1':
      return solveOverload(scenario, network(scenario.feeder))
    default:
      return scenario satisfies never
  }
}

function networkOf(file: z.infer<typeof Network>): FeederFile {
  return file.format === 'gridloom.feeder/1' ? file : generateFeeder(file)
}

/** As exact as the vectors are. */
function limitsOf({ tolerancePu = 1e-12, maxIterations = 300 }: z.infer<z.ZodObject<typeof Limits>>): SolveOptions {
  return { tolerance: tolerancePu, maxIterations }
}

function solveFeeder(file: FeederFile): ScenarioResult {
  const outcome = createFeeder(file).solve({}, limitsOf({}))
  return described(outcome, (solution) => ({ iterations: solution.iterations, ...reportOf(solution) }))
}

function solveGenerated(file: GeneratedFile): ScenarioResult {
  const network = generateFeeder(file)
  const outcome = createFeeder(network).solve({}, limitsOf({}))
  if (outcome.kind === 'unsolved') return described(outcome, reportOf)
  const order = network.nodes.map(({ id }) => id)
  return { kind: 'csv', text: voltagesCsv(outcome, order), solved: true, note: noteOf(outcome) }
}

function solveCase(file: CaseFile, network: FeederFile): ScenarioResult {
  const feeder = createFeeder({ ...network, ders: [...network.ders, ...file.ders] })
  const drive: Drive = { loadScale: file.loadScale, taps: file.taps }
  if (!file.voltVarCurve) return described(feeder.solve(drive, limitsOf(file)), reportOf)
  const outcome = settleVoltVar(feeder, file.voltVarCurve, { drive, options: limitsOf(file) })
  if (outcome.kind === 'unsolved') return described(outcome, reportOf)
  if (outcome.kind === 'restless') {
    const { rounds, movedKvar } = outcome
    const note = `the devices did not come to rest in ${rounds} rounds`
    return { kind: 'json', value: { converged: false, rounds, movedKvar }, solved: false, note }
  }
  const { kvar, rounds, solution } = outcome
  const derKvar = Object.fromEntries(
    feeder.plan.ders.map(({ id }, index) => [id, [0, 1, 2].map((branch) => rounded(kvar[3 * index + branch] ?? 0, 6))]),
  )
  const note = `${noteOf(solution)}, devices at rest after ${rounds} rounds`
  return { kind: 'json', value: { derKvar, ...reportOf(solution) }, solved: true, note }
}

function solveOverload(file: OverloadFile, network: FeederFile): ScenarioResult {
  const value = file.cases.map(({ loadScale }) => {
    const outcome = createFeeder(network).solve({ loadScale }, limitsOf(file))
    if (outcome.kind === 'unsolved') return { loadScale, ...shortfall(outcome) }
    return { loadScale, converged: true, iterations: outcome.iterations, ...reportOf(outcome) }
  })
  const solved = value.filter(({ converged }) => converged).length
  return { kind: 'json', value, solved: true, note: `${solved} of ${value.length} cases have a solution` }
}

function described(outcome: Outcome, report: (solution: Solution) => SolutionReport): ScenarioResult {
  if (outcome.kind === 'solved') return { kind: 'json', value: report(outcome), solved: true, note: noteOf(outcome) }
  const { iterations, worstNode } = outcome
  const note = `no solution after ${iterations} iterations, the worst node is "${worstNode}"`
  return { kind: 'json', value: shortfall(outcome), solved: false, note }
}

function shortfall({ iterations, change, worstNode }: Extract<Outcome, { kind: 'unsolved' }>) {
  return { converged: false, iterations, lastChangePu: Number.isFinite(change) ? change : null, worstNode }
}

function noteOf({ plan, iterations }: Solution): string {
  return `${plan.ids.length} nodes, ${plan.depth} levels deep, solved in ${iterations} iterations`
}
