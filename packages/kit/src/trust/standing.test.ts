import type { TrustAlert } from '@gridloom/contracts'
import { expect, it } from 'vitest'
import { standingAfter, standingRead, type Standing } from './standing.ts'

it('follows a change of level', () => {
  expect(standingAfter(undefined, alert({ levelTo: 3 }), 50)).toMatchObject({ subject: 'A', level: 3, since: 50 })
})

it('takes no notice of an alert that is older than what it knows', () => {
  expect(standingAfter(standing({ seq: 9 }), alert({ seq: 8, levelTo: 0 }), 50)).toBeUndefined()
})

it('takes a level from changes of level alone', () => {
  const others = (['finding', 'group', 'self-test'] as const).map((type) => alert({ type, levelTo: 4 }))
  expect(others.map((other) => standingAfter(undefined, other, 50))).toEqual([undefined, undefined, undefined])
})

it('sees that blocking is held when nobody is to deny', () => {
  const levels = [['deny'], ['hold-new-events']] as const
  const [denied, held] = levels.map((recommended) =>
    standingAfter(undefined, alert({ levelTo: 4, recommended: [...recommended] }), 50),
  )
  expect([denied?.held, held?.held]).toEqual([false, true])
})

it('keeps the time of a level that stays', () => {
  expect(standingAfter(standing({ level: 3, since: 10 }), alert({ levelTo: 3 }), 50)?.since).toBe(10)
})

it('remembers since when a subject is distrusted, whatever comes on top', () => {
  const known = standing({ level: 3, since: 10, distrustedSince: 10 })
  expect(standingAfter(known, alert({ levelTo: 4 }), 50)).toMatchObject({ since: 50, distrustedSince: 10 })
  expect(standingAfter(known, alert({ levelTo: 2 }), 50)).not.toHaveProperty('distrustedSince')
})

it('believes the register of the DTM and keeps the number of the last alert', () => {
  const vector = { level: 2, Te: 0.45 } as never
  const read = { id: 'A', role: 'DCM', vector, held: false, provisional: false, levelSince: 0, lastAt: 0 } as const
  expect(standingRead(standing({ seq: 9 }), read, 50)).toMatchObject({ level: 2, seq: 9, Te: 0.45, since: 50 })
})

function standing(change: Partial<Standing>): Standing {
  return { subject: 'A', role: 'DCM', level: 4, held: false, since: 0, seq: 1, ...change }
}

function alert(change: Partial<TrustAlert>): TrustAlert {
  return {
    id: 'x',
    seq: 10,
    at: 0,
    type: 'level-change',
    subject: 'A',
    role: 'DCM',
    text: '',
    recommended: [],
    count: 1,
    firstAt: 0,
    lastAt: 0,
    ...change,
  }
}
