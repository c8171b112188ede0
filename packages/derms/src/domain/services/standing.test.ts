import { expect, it } from 'vitest'
import { runningOf } from '../../testing/running.ts'
import type { Known } from '../knowledge/known.ts'
import { standingOf } from './standing.ts'

it('leaves each device that knows a bound the same, and the others their rating', () => {
  const fleet = [panel('a'), panel('b'), panel('old', { modes: ['opModMaxLimW'], maxW: 2000 })]
  expect(boundsOf(fleet, { exportW: 8001 })).toEqual({ kind: 'controls', controls: { opModExpLimW: 3000 } })
})

it('bounds both directions, each for those who have it', () => {
  const store = panel('store', { minW: -4000, modes: ['opModExpLimW', 'opModImpLimW'] })
  expect(boundsOf([panel('a'), store], { exportW: 6000, importW: 1000 })).toEqual({
    kind: 'controls',
    controls: { opModExpLimW: 3000, opModImpLimW: 1000 },
  })
})

it('refuses where those who know no bound may do more already', () => {
  const old = panel('old', { modes: [] })
  expect(boundsOf([old, panel('a')], { exportW: 4000 })).toMatchObject({
    kind: 'refused',
    best: expect.stringContaining('an export of 5000 W'),
  })
})

function boundsOf(fleet: readonly Known[], asked: Readonly<{ exportW?: number; importW?: number }>) {
  const members = fleet.map(({ der }) => der.lfdi)
  const known = new Map(fleet.map((one) => [one.der.lfdi, one]))
  const running = runningOf({ kind: 'envelope', standing: true, ...asked }, { now: 1_000_000, members })
  return standingOf({ running, known, awards: new Map() })
}

function panel(lfdi: string, changes: Partial<Known['der']> = {}): Known {
  return {
    der: {
      lfdi,
      device: '1',
      groups: [],
      groupKeys: [],
      kind: 'pv',
      modes: ['opModGenLimW', 'opModExpLimW'],
      maxW: 5000,
      minW: 0,
      maxVar: 0,
      ratedVA: 5000,
      isOff: false,
      isFaulty: false,
      trust: { level: 0, Te: 1 },
      ...changes,
    },
    history: { recent: [], quarters: new Map() },
    responses: [],
    trust: { level: 0, Te: 1 },
    terms: {},
    usedWh: 0,
    counts: { asked: 0, followed: 0, dropped: 0 },
  }
}
