export { serviceBand, shrinkageOf, summaryOf, type DaySummary } from './domain/day/day-summary.ts'
export { simulateDay, type DayOptions, type DayStep } from './domain/day/simulate-day.ts'
export { FeederFile, type Der, type Load, type Regulator, type Taps } from './domain/feeder/feeder-file.ts'
export {
  createFeeder,
  type Drive,
  type Feeder,
  type Outcome,
  type Solution,
  type SolveOptions,
} from './domain/feeder/feeder.ts'
export { generateFeeder, GeneratedFile } from './domain/feeder/generate.ts'
export { networkCsv } from './domain/feeder/network-csv.ts'
export type { Plan } from './domain/feeder/plan.ts'
export { presetOf } from './domain/feeder/preset.ts'
export { reportOf, type SolutionReport } from './domain/feeder/report.ts'
export { solveScenario, type ScenarioResult } from './domain/feeder/solve-scenario.ts'
export { relaysOf, settleTaps, type Relay } from './domain/feeder/tap-control.ts'
export { imbalanceOf, totalsOf, type Kva, type Totals } from './domain/feeder/totals.ts'
export { settleVoltVar, valueOn, type Curve, type VoltVarOutcome } from './domain/feeder/volt-var.ts'
export { magnitudesOf, voltagesOf, type NodeVoltages, type Phasor } from './domain/feeder/voltages.ts'
export { atRest, defaultArea, hertzOf, stepArea, type AreaParameters, type AreaState } from './domain/frequency/area.ts'
export { traceCsv, traceFrequency, type FrequencyTrace } from './domain/frequency/trace.ts'
export { start, type Deps } from './app.ts'
export { Config } from './config.ts'
export { readFeeder } from './inputs.ts'
