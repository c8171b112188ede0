import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { plainCurve, wireCurve } from './curve.ts'

const named = { mRID: 'AA', creationTime: 0 }

it('carries points of any precision over the wire and back', () => {
  fc.assert(
    fc.property(points, (all) => {
      const wire = wireCurve({ curveType: 'opModFreqWatt', points: all })
      expect(plainCurve({ ...named, ...wire }).points).toEqual(all)
    }),
  )
})

it('takes the coarsest power of ten that loses nothing', () => {
  const wire = wireCurve({
    curveType: 'opModVoltVar',
    points: [
      { x: 92, y: 44.5 },
      { x: 98, y: 0 },
    ],
  })
  expect(wire).toMatchObject({
    xMultiplier: 0,
    yMultiplier: -1,
    CurveData: [
      { xvalue: 92, yvalue: 445 },
      { xvalue: 98, yvalue: 0 },
    ],
  })
})

it('raises the power of ten for what is beyond 32 bits', () => {
  const wire = wireCurve({ curveType: 'opModFreqWatt', points: [{ x: 60, y: 5_000_000_000 }] })
  expect(wire).toMatchObject({ yMultiplier: 1, CurveData: [{ yvalue: 500_000_000 }] })
  expect(() => wireCurve({ curveType: 'opModFreqWatt', points: [{ x: 1e30, y: 0 }] })).toThrow('no power of ten')
})

it('knows the usual unit of y', () => {
  expect([yRefTypeOf('opModVoltVar'), yRefTypeOf('opModWattPF'), yRefTypeOf('opModHVRTMustTrip')]).toEqual([2, 0, 4])
})

function yRefTypeOf(curveType: 'opModVoltVar' | 'opModWattPF' | 'opModHVRTMustTrip'): number {
  return wireCurve({ curveType, points: [{ x: 1, y: 1 }] }).yRefType
}

const axis = (decimals: number) =>
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map((value) => value / 10 ** decimals)

const points = fc
  .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }))
  .chain(([x, y]) =>
    fc.array(fc.record({ x: axis(x), y: axis(y) }, { noNullPrototype: true }), { minLength: 1, maxLength: 10 }),
  )
