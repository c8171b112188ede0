import { NewCurve } from '@gridloom/contracts'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { varShares, type VarDer } from './var-shares.ts'
import { voltVarCurve } from './volt-var-curve.ts'

it('makes the default curve of the standard from its band', () => {
  const answer = voltVarCurve({ lowPercent: 92, highPercent: 108, deadBandPercent: 4 })
  expect(answer).toEqual({
    status: 'feasible',
    curve: {
      curveType: 'opModVoltVar',
      points: [
        { x: 92, y: 100 },
        { x: 98, y: 0 },
        { x: 102, y: 0 },
        { x: 108, y: -100 },
      ],
      yRefType: 2,
      openLoopTms: 5,
    },
  })
})

it('refuses what the standard does not have, with the nearest that it has', () => {
  const answer = voltVarCurve({ lowPercent: 99, highPercent: 101, deadBandPercent: 1, strengthPercent: 120 })
  expect(answer).toMatchObject({
    status: 'refused',
    reason: 'beyond category B of IEEE 1547: V1 99, V4 101, strength 120',
    best: {
      points: [
        { x: 97.5, y: 100 },
        { x: 99.5, y: 0 },
        { x: 100.5, y: 0 },
        { x: 102.5, y: -100 },
      ],
    },
  })
})

it('moves the middle, but not beyond what the standard has', () => {
  expect(voltVarCurve({ lowPercent: 95, highPercent: 101, vRefPercent: 98 })).toMatchObject({
    curve: { points: [{ x: 95 }, { x: 97 }, { x: 99 }, { x: 101 }] },
  })
  expect(voltVarCurve({ lowPercent: 88, highPercent: 100, vRefPercent: 94 })).toMatchObject({
    reason: 'beyond category B of IEEE 1547: vRef 94, V2 92, V3 96',
    best: { points: [{ x: 88 }, { x: 93 }, { x: 97 }, { x: 100 }] },
  })
})

it('makes only curves that the GSP takes, falling and within the ranges, whatever is asked', () => {
  const percent = fc.double({ min: -50, max: 250, noNaN: true })
  const request = fc.record({
    lowPercent: percent,
    highPercent: percent,
    deadBandPercent: percent,
    strengthPercent: percent,
    vRefPercent: percent,
    openLoopSeconds: percent,
  })
  fc.assert(
    fc.property(request, (asked) => {
      const answer = voltVarCurve(asked)
      const curve = NewCurve.parse(answer.status === 'feasible' ? answer.curve : answer.best)
      const [V1 = 0, V2 = 0, V3 = 0, V4 = 0] = curve.points.map(({ x }) => x)
      expect(V2 - V1).toBeGreaterThan(1.99)
      expect(V3).toBeGreaterThanOrEqual(V2)
      expect(V4 - V3).toBeGreaterThan(1.99)
      expect(curve.points[0]?.y).toBe(-(curve.points[3]?.y ?? NaN))
      if (answer.status === 'refused') expect(answer.reason).toMatch(/^beyond category B of IEEE 1547: [vVso]/)
    }),
  )
})

it('shares vars by what active power and trust leave', () => {
  const fleet = [der('idle', {}), der('busy', { watts: 4800 }), der('suspect', { trust: { Te: 0.5, level: 1 } })]
  const { status, sumVar, setpoints } = varShares(fleet, 2200)
  expect({ status, sumVar }).toEqual({ status: 'met', sumVar: 2200 })
  expect(setpoints).toEqual([
    { id: 'idle', var: 1000 },
    { id: 'busy', var: expect.closeTo(700, 6) },
    { id: 'suspect', var: expect.closeTo(500, 6) },
  ])
})

it('gives the best there is of what is too much, in both directions', () => {
  const fleet = [der('a', {}), der('b', { maxVarAbsorbed: 500 })]
  expect(varShares(fleet, 9000)).toMatchObject({ status: 'short', sumVar: 4000 })
  expect(varShares(fleet, -9000)).toMatchObject({ status: 'short', sumVar: -2500 })
  expect(varShares([], 1)).toEqual({ status: 'short', sumVar: 0, setpoints: [] })
})

function der(id: string, change: Partial<VarDer>): VarDer {
  return {
    id,
    watts: 0,
    ratedVA: 5000,
    maxVarInjected: 2000,
    maxVarAbsorbed: 2000,
    trust: { Te: 1, level: 0 },
    ...change,
  }
}
