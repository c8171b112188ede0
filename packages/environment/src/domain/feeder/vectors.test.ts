import { expect, it } from 'vitest'
import {
  readTable,
  readVector,
  vectorsOf,
  type Expected,
  type FeederVector,
  type Nodes,
} from '../../testing/vectors.ts'
import { networkCsv } from './network-csv.ts'
import type { SolutionReport } from './report.ts'
import { solveScenario } from './solve-scenario.ts'

/** Clause 9 of the feeder specification: pu and degrees. */
const published: Readonly<Record<string, readonly [number, number]>> = {
  'ieee13.json': [5e-4, 0.05],
  'ieee34.json': [5e-4, 0.05],
  'ieee123.json': [1e-3, 0.1],
}

it.each(vectorsOf('gridloom.feeder/1'))('meets the published voltages and the exact solution of %s', (file) => {
  const vector = readVector(file) as FeederVector
  const report = reportOf(file)
  const [relative, degrees] = published[file] ?? [1e-3, 0.1]
  const omitted = vector.published?.notComparable ?? []
  for (const [node, voltages] of Object.entries(vector.published?.nodes ?? {})) {
    if (omitted.includes(node)) continue
    for (const [phase, [pu, deg]] of Object.entries(voltages)) {
      const [ourPu, ourDeg] = at(report.nodes, node, phase)
      if (Math.abs(ourPu / pu - 1) > relative) expect.fail(`${node}.${phase} is at ${ourPu} pu, not ${pu}`)
      if (apart(ourDeg, deg) > degrees) expect.fail(`${node}.${phase} is at ${ourDeg} degrees, not ${deg}`)
    }
  }
  if (vector.solution) compare(report, vector.solution)
})

it.each(vectorsOf('gridloom.feeder-case/1'))('finds the joint solution of feeder and devices in %s', (file) => {
  const { expected } = readVector(file) as FeederVector
  const report = reportOf(file)
  if (expected) compare(report, expected)
  for (const [id, kvar] of Object.entries(expected?.derKvar ?? {})) {
    for (const [branch, value] of kvar.entries()) expect(report.derKvar?.[id]?.[branch], id).toBeCloseTo(value, 2)
  }
})

it.each(vectorsOf('gridloom.feeder-overload/1'))('tells what can be solved from what cannot in %s', (file) => {
  const { cases = [] } = readVector(file) as FeederVector
  const result = solve(file)
  const found = result.kind === 'json' ? (result.value as (SolutionReport & { converged: boolean })[]) : []
  expect(found.map(({ converged }) => converged)).toEqual(cases.map(({ converged }) => converged))
  for (const [index, { converged, totals, nodes }] of cases.entries()) {
    const report = found[index]
    if (converged && totals && nodes && report) compare(report, { totals, nodes })
    else expect(report).not.toHaveProperty('nodes')
  }
})

it.each(vectorsOf('gridloom.feeder-generated/1'))('draws the network of %s and solves it', (file) => {
  const vector = readVector(file) as Readonly<{ network: string; solution: string }>
  expect(networkCsv(vector) === readTable(vector.network)).toBe(true)
  const result = solve(file)
  const [ours, theirs] = [result.kind === 'csv' ? result.text : '', readTable(vector.solution)].map((text) =>
    text.split('\n'),
  )
  expect(ours).toHaveLength(theirs?.length ?? 0)
  for (const [index, line] of (theirs ?? []).entries()) {
    if (ours?.[index] === line) continue
    const [node, phase, pu, deg] = line.split(',')
    const [ourNode, ourPhase, ourPu, ourDeg] = (ours?.[index] ?? '').split(',')
    expect([ourNode, ourPhase]).toEqual([node, phase])
    expect(Math.abs(Number(ourPu) - Number(pu)), line).toBeLessThanOrEqual(1e-5)
    expect(apart(Number(ourDeg), Number(deg)), line).toBeLessThanOrEqual(1e-3)
  }
})

type Report = SolutionReport & Readonly<{ derKvar?: Readonly<Record<string, readonly number[]>> }>

function solve(file: string) {
  return solveScenario(readVector(file), readVector)
}

function reportOf(file: string): Report {
  const result = solve(file)
  if (result.kind !== 'json' || !result.solved) throw new Error(`${file}: ${result.note}`)
  return result.value as Report
}

function compare(report: SolutionReport, expected: Pick<Expected, 'totals' | 'nodes'>): void {
  expect(Object.keys(report.nodes).toSorted()).toEqual(Object.keys(expected.nodes).toSorted())
  for (const [node, voltages] of Object.entries(expected.nodes)) {
    expect(Object.keys(report.nodes[node] ?? {})).toEqual(Object.keys(voltages))
    for (const [phase, [pu, deg]] of Object.entries(voltages)) {
      const [ourPu, ourDeg] = at(report.nodes as Nodes, node, phase)
      if (Math.abs(ourPu - pu) > 1e-6) expect.fail(`${node}.${phase} is at ${ourPu} pu, not ${pu}`)
      if (apart(ourDeg, deg) > 1e-3) expect.fail(`${node}.${phase} is at ${ourDeg} degrees, not ${deg}`)
    }
  }
  const tolerance = Math.max(0.01, 1e-5 * Math.hypot(...report.totals.sourceTotalKva))
  const ours = Object.entries(report.totals).flatMap(([name, value]) =>
    [value].flat(2).map((kva) => [name, kva] as const),
  )
  const theirs = Object.keys(report.totals).flatMap((name) => [expected.totals[name]].flat(2).map(Number))
  for (const [index, [name, kva]] of ours.entries()) {
    expect(Math.abs(kva - (theirs[index] ?? Number.NaN)), name).toBeLessThanOrEqual(tolerance)
  }
}

function at(nodes: Nodes, node: string, phase: string): readonly [number, number] {
  return nodes[node]?.[phase] ?? [Number.NaN, Number.NaN]
}

/** Angles wrap. */
function apart(a: number, b: number): number {
  return Math.abs(((a - b + 540) % 360) - 180)
}
