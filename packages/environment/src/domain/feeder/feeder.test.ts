import { expect, it } from 'vitest'
import { line, load, smallFeeder } from '../../testing/small-feeder.ts'
import { solved } from '../../testing/solved.ts'
import { readFeeder } from '../../testing/vectors.ts'
import { createFeeder } from './feeder.ts'
import { generateFeeder } from './generate.ts'
import { presetOf } from './preset.ts'
import { totalsOf } from './totals.ts'
import { magnitudesOf, voltagesOf } from './voltages.ts'

it('solves the one-line check of the specification', () => {
  const solution = solved(smallFeeder({ loads: [load('x', [1000, 0, 0], [500, 0, 0])] }))
  const [pu, deg] = at(solution, 'x').a ?? [0, 0]
  expect(pu).toBeCloseTo(0.97946338, 8)
  expect(deg).toBeCloseTo(-0.87749, 5)
  expect(totalsOf(solution).lossKva[0]).toBeCloseTo(13.02968, 5)
})

it.each([
  ['PQ', 0.203841],
  ['I', 0.193649],
  ['Z', 0.183967],
])('draws the current of a delta %s load at 0.95 pu', (model, amperes) => {
  const source = { node: 's', kvLL: Math.sqrt(3), pu: [0.95, 0.95, 0.95], angleDeg: [0, -120, 120] }
  const loads = [load('s', [300, 0, 0], [150, 0, 0], { connection: 'D', model })]
  const { state } = solved(smallFeeder({ source, loads }))
  const [re = 0, im = 0, bRe = 0, bIm = 0] = state.j
  expect(Math.hypot(re, im)).toBeCloseTo(amperes, 6)
  expect((Math.atan2(im, re) * 180) / Math.PI).toBeCloseTo(3.435, 3)
  expect([bRe, bIm]).toEqual([-re, -im])
})

it('keeps the zero sequence of a delta transformer away from its secondary', () => {
  const solution = solved(readFeeder('ieee123'))
  const { state, plan } = solution
  const start = 6 * plan.ids.indexOf('610')
  const v = state.v.subarray(start, start + 6)
  expect((v[0] ?? 0) + (v[2] ?? 0) + (v[4] ?? 0)).toBeCloseTo(0, 12)
  expect(Object.values(at(solution, '610')).map(([pu]) => pu.toFixed(5))).toEqual(['0.99600', '1.00977', '1.01345'])
})

it('lists what an open switch cuts off and draws nothing there', () => {
  const cut = readFeeder('ieee123')
  const loads = [...cut.loads, { ...load('350', [500, 500, 500], [0, 0, 0]), connection: 'Y' as const }]
  const solution = solved({ ...cut, loads: loads as typeof cut.loads })
  expect([...solution.plan.deEnergised].toSorted()).toEqual(['195', '251', '350', '451'])
  expect(totalsOf(solution)).toEqual(totalsOf(solved(cut)))
})

it('takes taps for a regulator that an open switch cuts off', () => {
  const regulators = [{ id: 'R', from: 'x', to: 'y', phases: 'abc', stepPu: 0.00625, maxTap: 16, taps: {} }]
  const { plan } = solved(smallFeeder({ lines: [], regulators }), { taps: { R: { a: 3 } } })
  expect(plan.deEnergised).toEqual(['x', 'y'])
})

it('carries on from where it was when the loads move', () => {
  const file = readFeeder('ieee34')
  const options = { tolerance: 1e-9 }
  const warm = createFeeder(file)
  const first = solved(warm, {}, options).iterations
  const again = solved(warm, { loadScale: 1.001 }, options)
  expect(again.iterations).toBeLessThan(first)
  const cold = magnitudesOf(solved(file, { loadScale: 1.001 }))
  for (const [k, pu] of magnitudesOf(again).entries()) expect(pu).toBeCloseTo(cold[k] ?? 0, 8)
})

it('reports the lack of a solution and finds the next one', () => {
  const feeder = createFeeder(readFeeder('ieee13'))
  expect(feeder.solve({ loadScale: 4 })).toMatchObject({ kind: 'unsolved', worstNode: '675' })
  expect(feeder.solve({ loadScale: 1e6 })).toMatchObject({ kind: 'unsolved' })
  expect(totalsOf(solved(feeder, { loadScale: 1 })).lossKva[0]).toBeCloseTo(110.97882, 5)
})

it('follows the injections and the loads it is driven with, one by one', () => {
  const ders = [{ id: 'pv', node: 'y', connection: 'Y', kw: [0, 0, 0], kvar: [0, 0, 0] }]
  const loads = [load('x', [100, 0, 0], [0, 0, 0]), load('y', [0, 100, 0], [0, 0, 0])]
  const feeder = createFeeder(smallFeeder({ loads, ders }))
  const solution = solved(feeder, { ders: { kw: [0, 0, 40], kvar: [0, 0, -5] }, loadScale: [0.5, 2] })
  expect(totalsOf(solution).derKva).toEqual([40, -5])
  expect(totalsOf(solution).loadKva[0]).toBeCloseTo(250, 9)
})

it('sees the same feeder when a line is written the other way round', () => {
  const file = readFeeder('ieee34')
  const turned = { ...file, lines: file.lines.map((one) => ({ ...one, from: one.to, to: one.from })) }
  const [a, b] = [solved(file), solved(turned)].map((solution) => new Map(voltagesOf(solution)))
  for (const [node, voltages] of a ?? []) {
    for (const [phase, [pu]] of Object.entries(voltages)) expect(b?.get(node)?.[phase as 'a']?.[0]).toBeCloseTo(pu, 10)
  }
})

it('walks a chain of ten thousand nodes without running out of stack', () => {
  const { parameters, ...rest } = presetOf(10_000)
  const chain = generateFeeder({ ...rest, parameters: { ...parameters, extend: 1, lengthM: 2, loadKw: 0.5 } })
  const { plan } = solved(chain)
  expect(plan.depth).toBe(9999)
})

it.each([3, 30, 300, 3000])('has a solution for the preset of %i nodes', (n) => {
  for (const seed of [1, 2, 3]) expect(createFeeder(generateFeeder(presetOf(n, seed))).solve().kind).toBe('solved')
})

it('measures at each end of a line what its distributed load leaves it', () => {
  const file = smallFeeder({
    lines: [line('s', 'x', 'abc', 4), line('x', 'y')],
    distributedLoads: [{ from: 'x', to: 's', connection: 'Y', model: 'PQ', kw: [30, 0, 0], kvar: [0, 0, 0] }],
  })
  const { plan, state } = solved(file)
  expect(plan.ids).toEqual(['s', 'x~s', 'x', 'y'])
  expect(plan.z[18]).toBeCloseTo(0.03, 12)
  expect(state.p.map((p) => Math.round(1e6 * p) / 1000)).toEqual(Float64Array.of(20, 10))
})

function at(solution: Parameters<typeof voltagesOf>[0], node: string) {
  return new Map(voltagesOf(solution)).get(node) ?? {}
}
