import { virtualClock } from '@gridloom/kit'
import { expect, it } from 'vitest'
import { newRow } from '../store/new-row.ts'
import { openResources } from '../store/open-resources.ts'
import type { ResourceStore } from '../store/resources.ts'
import { openRequestExpiry } from './request-expiry.ts'

const log = { error: (detail: unknown) => expect(detail).toBeUndefined() }

it('takes a request off its list when its window is over, and keeps it for the operator', async () => {
  await using store = openResources('sqlite::memory:')
  const clock = virtualClock(1000)
  await using stack = new AsyncDisposableStack()
  stack.use(await openRequestExpiry({ store, clock, log }))
  await store.write([{ create: request(1, 1000) }, { create: request(2, 1500) }])
  await clock.advance(599)
  expect(await listed(store)).toHaveLength(2)
  await clock.advance(1)
  await expect.poll(() => listed(store)).toEqual(['/edev/1/frq/2'])
  expect((await store.page({ kind: 'FlowReservationRequest' })).all).toBe(2)
})

it('does so at its start for windows that ended meanwhile', async () => {
  await using store = openResources('sqlite::memory:')
  await store.write([{ create: request(1, 1000) }])
  const clock = virtualClock(2000)
  await using stack = new AsyncDisposableStack()
  stack.use(await openRequestExpiry({ store, clock, log }))
  await expect.poll(() => listed(store)).toEqual([])
})

async function listed(store: ResourceStore): Promise<readonly string[]> {
  const { rows } = await store.page({ kind: 'FlowReservationRequest', parent: '/edev/1/frq' })
  return rows.map(({ href }) => href)
}

function request(number: number, start: number) {
  const place = { href: `/edev/1/frq/${number}`, parent: '/edev/1/frq' }
  return newRow('FlowReservationRequest', place, {
    mRID: String(number).padStart(32, '0'),
    creationTime: 900,
    energyRequested: { multiplier: 0, value: 100 },
    intervalRequested: { start, duration: 600 },
    powerRequested: { multiplier: 0, value: 1000 },
    RequestStatus: { dateTime: 900, requestStatus: 0 },
  })
}
