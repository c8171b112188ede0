import type { Solution } from './feeder.ts'
import { totalsOf, type Totals } from './totals.ts'
import { voltagesOf, type NodeVoltages, type Phasor } from './voltages.ts'

/** A solution as `gridloom.feeder/1` writes it; nodes behind an open switch are listed apart. */
export type SolutionReport = Readonly<{
  totals: Totals
  nodes: Readonly<Record<string, NodeVoltages>>
  deEnergised?: readonly string[]
}>

export function reportOf(solution: Solution): SolutionReport {
  const { deEnergised } = solution.plan
  const nodes = voltagesOf(solution).map(([id, voltages]) => [id, mapped(voltages)] as const)
  return {
    totals: roundedTotals(totalsOf(solution)),
    nodes: Object.fromEntries(nodes),
    ...(deEnergised.length > 0 && { deEnergised }),
  }
}

/** The voltages as rows `node,phase,pu,deg`, in the order the feeder's file lists its nodes. */
export function voltagesCsv(solution: Solution, order: readonly string[]): string {
  const byNode = new Map(voltagesOf(solution))
  const rows = order.flatMap((id) =>
    Object.entries(byNode.get(id) ?? {}).map(
      ([phase, [pu, deg]]) => `${id},${phase},${pu.toFixed(6)},${deg.toFixed(4)}\n`,
    ),
  )
  return `node,phase,pu,deg\n${rows.join('')}`
}

export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits)) + 0
}

function mapped(voltages: NodeVoltages): NodeVoltages {
  return Object.fromEntries(
    Object.entries(voltages).map(([phase, [pu, deg]]): [string, Phasor] => [phase, [rounded(pu, 7), rounded(deg, 5)]]),
  )
}

function roundedTotals(totals: Totals): Totals {
  const text = JSON.stringify(totals, (_, value: unknown) => (typeof value === 'number' ? rounded(value, 5) : value))
  return JSON.parse(text) as Totals
}
