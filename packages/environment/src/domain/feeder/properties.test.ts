import { assert, double, integer, property } from 'fast-check'
import { expect, it } from 'vitest'
import { drawnFeeder } from '../../testing/drawn-feeder.ts'
import { rotated } from '../../testing/rotated.ts'
import { line, load, smallFeeder } from '../../testing/small-feeder.ts'
import { solved } from '../../testing/solved.ts'
import { readFeeder } from '../../testing/vectors.ts'
import { worstBranchMismatch } from '../../testing/branch-mismatch.ts'
import type { FeederFile } from './feeder-file.ts'
import { createFeeder } from './feeder.ts'
import { imbalanceOf, totalsOf } from './totals.ts'
import { magnitudesOf, voltagesOf } from './voltages.ts'

const ieee = ['ieee13', 'ieee34', 'ieee123'].map(readFeeder)
const runs = { numRuns: 40 }

it('accounts for all power within a millionth at the usual tolerance', () => {
  for (const feeder of ieee) balance(feeder)
  assert(property(drawnFeeder, balance), runs)
})

it('has the currents that the voltages across every impedance drive through it', () => {
  for (const feeder of ieee) fit(feeder)
  assert(property(drawnFeeder, fit), runs)
})

it('does not care which phase is called a', () => {
  for (const feeder of ieee) turn(feeder)
  assert(property(drawnFeeder, turn), runs)
})

it('sinks everywhere on a phase as its load grows', () => {
  const kw = double({ min: 0, max: 1000, noNaN: true })
  assert(
    property(kw, kw, double({ min: 1.01, max: 2, noNaN: true }), (near, far, growth) => {
      const loads = [load('x', [near, 0, 0], [near / 3, 0, 0]), load('y', [far + 1, 0, 0], [0, 0, 0])]
      const feeder = createFeeder(smallFeeder({ loads }))
      const before = magnitudesOf(solved(feeder))
      const after = magnitudesOf(solved(feeder, { loadScale: growth }))
      expect(after[3]).toBeLessThan(before[3] ?? 0)
      expect(after[6]).toBeLessThan(before[6] ?? 0)
      expect(after.filter((_, k) => k % 3 !== 0)).toEqual(before.filter((_, k) => k % 3 !== 0))
    }),
    runs,
  )
})

it('rises where power is injected, the more the farther out', () => {
  const ders = [{ id: 'pv', node: 'y', connection: 'Y', kw: [0, 0, 0], kvar: [0, 0, 0] }]
  assert(
    property(integer({ min: 1, max: 1000 }), (kw) => {
      const feeder = createFeeder(smallFeeder({ lines: [line('s', 'x'), line('x', 'y')], ders }))
      const [atX = 0, atY = 0] = [3, 6].map(
        (k) => magnitudesOf(solved(feeder, { ders: { kw: [kw, 0, 0], kvar: [0, 0, 0] } }))[k],
      )
      expect(atX).toBeGreaterThan(1)
      expect(atY).toBeGreaterThan(atX)
    }),
    runs,
  )
})

function balance(feeder: FeederFile): void {
  const totals = totalsOf(solved(feeder, {}, {}))
  expect(imbalanceOf(totals)).toBeLessThan(Math.max(1e-3, 1e-6 * Math.hypot(...totals.sourceTotalKva)))
}

function fit(feeder: FeederFile): void {
  expect(worstBranchMismatch(solved(feeder))).toBeLessThan(1e-8)
}

function turn(feeder: FeederFile): void {
  const turned = new Map(voltagesOf(solved(rotated(feeder))))
  for (const [node, { a, b, c }] of voltagesOf(solved(feeder))) {
    const other = turned.get(node) ?? {}
    for (const [phasor, match] of [
      [a, other.b],
      [b, other.c],
      [c, other.a],
    ] as const) {
      expect(match?.[0] ?? 0).toBeCloseTo(phasor?.[0] ?? 0, 9)
      expect(match?.[1] ?? 0).toBeCloseTo(phasor?.[1] ?? 0, 7)
    }
  }
}
