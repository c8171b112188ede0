import type { RegionStep } from './simulate-regions.ts'

export type SimulationSummary = Readonly<{
  rounds: number
  demandKwh: number
  servedKwh: number
  starvingHours: number
  starvingKwh: number
  shedKwh: number
  deferredKwh: number
  curtailedKwh: number
  treeMoves: number
  takenOverHours: number
  blackouts: number
  blackoutSeconds: number
  roundMilliseconds: Readonly<{ median: number; longest: number }>
  /** The largest departure from demand = served + shed + deferred + starving, kW. */
  conservationErrorKw: number
}>

// A tree that outgrew its output is repaired in the next round: that long at most it is dark.
const repairSeconds = 2

/** What days of several regions came to. */
export function summaryOfSteps(steps: readonly RegionStep[], stepSeconds: number): SimulationSummary {
  const hours = stepSeconds / 3600
  const total = (of: (step: RegionStep) => number): number => steps.reduce((sum, step) => sum + of(step), 0)
  const times = steps.map(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b)
  const blackouts = total((step) => step.blackouts)
  return {
    rounds: steps.length,
    demandKwh: hours * total((step) => step.demandKw),
    servedKwh: hours * total((step) => step.servedKw),
    starvingHours: hours * total((step) => step.starving),
    starvingKwh: hours * total((step) => step.starvingKw),
    shedKwh: hours * total((step) => step.shedKw),
    deferredKwh: hours * total((step) => step.deferredKw),
    curtailedKwh: hours * total((step) => step.curtailedKw),
    treeMoves: total((step) => step.moved),
    takenOverHours: hours * total((step) => step.lent),
    blackouts,
    blackoutSeconds: repairSeconds * blackouts,
    roundMilliseconds: { median: times[times.length >> 1] ?? 0, longest: times.at(-1) ?? 0 },
    conservationErrorKw: Math.max(0, ...steps.map(errorOf)),
  }
}

function errorOf({ demandKw, servedKw, shedKw, deferredKw, starvingKw }: RegionStep): number {
  return Math.abs(demandKw - servedKw - shedKw - deferredKw - starvingKw)
}
