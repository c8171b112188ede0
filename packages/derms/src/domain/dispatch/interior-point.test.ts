import { expect, it } from 'vitest'
import type { Block } from './block-program.ts'
import { solveBlocks } from './interior-point.ts'

it('serves a link from the cheapest blocks and finds its price', () => {
  const { x, linkPrice } = solveBlocks(program([1, 3, 2], 15), { tolerance: 1e-8 })
  expect(Array.from(x)).toEqual([10, 0, 5].map((value) => expect.closeTo(value, 4)))
  expect(linkPrice[0]).toBeCloseTo(2, 4)
})

it('comes to rest at finite numbers where there is no solution', () => {
  const { x } = solveBlocks(program([1, 2], 50), { tolerance: 1e-8 })
  expect(Array.from(x, Number.isFinite)).toEqual([true, true])
})

/** Blocks of one column of 10 each, without rows, that one link sums up. */
function program(costs: readonly number[], linkRhs: number) {
  return { blocks: costs.map(block), linkRhs: Float64Array.of(linkRhs), sharedCost: new Float64Array() }
}

function block(cost: number): Block {
  const [none, nothing] = [new Int32Array(), new Float64Array()]
  const shape = {
    rows: 0,
    columns: 1,
    band: 0,
    stepOf: none,
    sharedOf: none,
    linkOf: Int32Array.of(0),
    linkSign: Float64Array.of(1),
    start: new Int32Array(2),
    rowOf: none,
  }
  return {
    shape,
    rhs: nothing,
    sharedValue: nothing,
    cost: Float64Array.of(cost),
    upper: Float64Array.of(10),
    value: nothing,
  }
}
