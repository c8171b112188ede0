import { expect, it } from 'vitest'
import { line, load, smallFeeder } from '../../testing/small-feeder.ts'
import { createFeeder } from './feeder.ts'
import { solveScenario } from './solve-scenario.ts'

const regulator = { id: 'R', phases: 'abc', stepPu: 0.00625, maxTap: 16, taps: { a: 1, b: 1, c: 1 } }
const single = { id: 'x', kvLL: Math.sqrt(3), phases: 'a' }
const [s, , y] = smallFeeder().nodes

it.each([
  ['a loop', { switches: [{ id: 'T', from: 'y', to: 's', phases: 'abc', closed: true }] }, 'is a second path to node'],
  ['a second line', { lines: [line('s', 'x'), line('x', 's')] }, 'line "x-s" is a second path to node "x"'],
  [
    'a regulator backwards',
    { lines: [line('s', 'x')], regulators: [{ ...regulator, from: 'y', to: 'x' }] },
    'regulator "R" points towards the source',
  ],
  [
    'a tap too many',
    { lines: [line('s', 'x')], regulators: [{ ...regulator, from: 'x', to: 'y', taps: { b: 17 } }] },
    'regulator "R": tap 17 is beyond 16',
  ],
  ['an unknown end', { lines: [line('s', 'z')] }, 'line "s-z": there is no node "z"'],
  ['an unknown config', { lines: [{ ...line('s', 'x'), config: 'z' }] }, 'line "s-x": there is no line config "z"'],
  ['a phase that the node lacks', { nodes: [s, single, y] }, 'line "s-x": node "x" has no phase bc'],
  [
    'a load on that phase',
    { nodes: [s, single, y], lines: [line('s', 'x', 'a')], loads: [load('x', [0, 1, 0], [0, 0, 0])] },
    'load "load at x": node "x" has no phase b',
  ],
  ['a node twice', { nodes: [s, single, single] }, 'nodes[2]: a second node "x"'],
  [
    'a line between voltages',
    { nodes: [s, { ...single, phases: 'abc', kvLL: 1 }, y] },
    '"s" and "x" have different base voltages',
  ],
  [
    'a load along no line',
    { distributedLoads: [{ from: 's', to: 'y', connection: 'Y', model: 'PQ', kw: [1, 0, 0], kvar: [0, 0, 0] }] },
    'no line joins "s" and "y"',
  ],
])('refuses %s and names it', (_, rest, message) => {
  expect(() => createFeeder(smallFeeder(rest))).toThrow(message)
})

it('refuses taps of a regulator that is not there', () => {
  expect(() => createFeeder(smallFeeder()).solve({ taps: { R9: { a: 1 } } })).toThrow('there is no regulator "R9"')
})

it('says at which path a scenario is wrong', () => {
  const scenario = {
    format: 'gridloom.feeder-case/1',
    feeder: 'small',
    ders: [{ id: 'd', node: 's', connection: 'W' }],
  }
  expect(() => solveScenario(scenario, () => smallFeeder())).toThrow(/ders\[0\]\.connection/)
})

it('says which document a case leads to when that one is wrong', () => {
  const scenario = { format: 'gridloom.feeder-case/1', feeder: 'small.json' }
  expect(() => solveScenario(scenario, () => ({ format: 'gridloom.feeder/1' }))).toThrow(
    /small\.json is not valid[^]*nodes/,
  )
})
