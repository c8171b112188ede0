import { expect, it } from 'vitest'
import type { Running } from '../domain/services/running.ts'
import type { Wanted } from '../domain/services/wanted.ts'
import { runningOf } from '../testing/running.ts'
import { placed, released } from './orders.ts'

const now = 1_000_000
const span = { now, until: now + 600, primacy: 60, rampSeconds: 10 }

it('takes back an order whose fields the new one does not have, for both would hold', () => {
  const first = said(placed(empty, [bound({ opModGenLimW: 3880 })], span))
  const { mRID } = first.service.awards[0] ?? {}
  const second = placed(first, [bound({ opModExpLimW: 4200 })], span)
  expect(second.cancels).toEqual([{ mRID, reason: 'replaced' }])
  expect(second.pending).toMatchObject([{ controls: { opModExpLimW: 4200 } }])
})

it('leaves to the server what the new order supersedes by itself', () => {
  const first = said(placed(empty, [bound({ opModGenLimW: 3880 })], span))
  expect(placed(first, [bound({ opModGenLimW: 4200 })], span).cancels).toEqual([])
  expect(placed(first, [bound({ opModGenLimW: 4200, opModImpLimW: 0 })], span).cancels).toEqual([])
})

it('says nothing any more of what was never said', () => {
  const first = placed(empty, [bound({ opModGenLimW: 3880 })], span)
  const second = placed(first, [bound({ opModExpLimW: 4200 })], span)
  expect(second).toMatchObject({ cancels: [], pending: [{ controls: { opModExpLimW: 4200 } }] })
  expect(released(second, second.service.awards, { now, reason: 'not needed' })).toMatchObject({
    cancels: [],
    pending: [],
    service: { awards: [] },
    trail: { a: [{ W: 4000 }, { W: 4000 }, { W: null }] },
  })
})

const empty = runningOf({ kind: 'limit', exportW: 5000 }, { now })

function bound(controls: Wanted['controls']): Wanted {
  return { lfdi: 'a', W: 4000, baseW: 5000, steering: 'export-cap', controls }
}

function said(running: Running): Running {
  return { ...running, pending: [] }
}
