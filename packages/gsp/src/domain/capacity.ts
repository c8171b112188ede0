/** From its start to the next step's a group can take up so much, and give back so much (as much, where not said). */
export type CapacityStep = Readonly<{ start: number; watts: number; dischargeWatts?: number }>

/** A promised flow, signed: charging is positive. */
export type Load = Readonly<{ start: number; end: number; watts: number }>

export type Level = Readonly<{ start: number; end: number; watts: number }>

/** What is left in each part of a window for flows of one direction; before the first step there is nothing. */
export function residualOver(
  steps: readonly CapacityStep[],
  loads: readonly Load[],
  direction: number,
  window: Readonly<{ start: number; end: number }>,
): readonly Level[] {
  const moments = [
    window.start,
    window.end,
    ...steps.map(({ start }) => start),
    ...loads.flatMap(({ start, end }) => [start, end]),
  ]
  const inside = [...new Set(moments)].filter((moment) => window.start <= moment && moment <= window.end)
  const edges = inside.toSorted((a, b) => a - b)
  return edges.slice(0, -1).map((start, index) => {
    const watts = limitAt(steps, direction, start) - loadAt(loads, direction, start)
    return { start, end: edges[index + 1] ?? start, watts: Math.max(0, watts) }
  })
}

function limitAt(steps: readonly CapacityStep[], direction: number, moment: number): number {
  const step = steps.toSorted((a, b) => a.start - b.start).findLast(({ start }) => start <= moment)
  if (!step) return 0
  return direction < 0 ? (step.dischargeWatts ?? step.watts) : step.watts
}

// flows of the other direction free nothing: they may stop before their time
function loadAt(loads: readonly Load[], direction: number, moment: number): number {
  return loads
    .filter(({ start, end, watts }) => start <= moment && moment < end && Math.sign(watts) === direction)
    .reduce((sum, { watts }) => sum + Math.abs(watts), 0)
}
