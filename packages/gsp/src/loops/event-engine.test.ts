import { virtualClock, type VirtualClock } from '@gridloom/kit'
import type { DERControl } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { cancelled, pastState, type EventRow } from '../domain/event-list.ts'
import { createdStatus, EventState } from '../domain/event-status.ts'
import { openResources } from '../store/open-resources.ts'
import type { ResourceStore } from '../store/resources.ts'
import { openEventEngine, type EventEngine, type EventList } from './event-engine.ts'

const list: EventList = { kind: 'DERControl', parent: '/derp/1/derc' }

it('takes a control through its life by the clock', async () => {
  await using grid = await openGrid()
  await grid.publish(control({ mRID: 'A1', start: 1100, duration: 60 }))
  expect(await grid.statusOf('A1')).toBe(EventState.scheduled)
  await grid.clock.advance(100)
  await expect.poll(() => grid.statusOf('A1')).toBe(EventState.active)
  await grid.clock.advance(60)
  await expect.poll(() => grid.listed()).toEqual([])
  expect(await grid.past()).toEqual(['A1'])
})

it('makes a control whose start is not in the future active in the write that creates it', async () => {
  await using grid = await openGrid()
  await grid.publish(control({ mRID: 'A1', start: 1000 }))
  expect(await grid.store.get('DERControl', '/derp/1/derc/A1')).toMatchObject({
    state: EventState.active,
    body: { version: 1, EventStatus: { currentStatus: EventState.active, dateTime: 1000 } },
  })
})

it('supersedes in the write that publishes the newer control', async () => {
  await using grid = await openGrid()
  await grid.publish(control({ mRID: 'A1', start: 1000 }))
  await grid.publish(control({ mRID: 'A2', start: 1000 }))
  expect(await grid.statusOf('A1')).toBe(EventState.superseded)
  expect(await grid.statusOf('A2')).toBe(EventState.active)
})

it('wakes earlier when something new is due earlier', async () => {
  await using grid = await openGrid()
  await grid.publish(control({ mRID: 'A1', start: 5000 }))
  await grid.clock.advance(10)
  await grid.publish(control({ mRID: 'A2', start: 1050, creationTime: 1010, duration: 10 }))
  await grid.clock.advance(40)
  await expect.poll(() => grid.statusOf('A2')).toBe(EventState.active)
})

it('keeps a cancelled control listed until its original end', async () => {
  await using grid = await openGrid()
  await grid.publish(control({ mRID: 'A1', start: 1000, duration: 60 }))
  await grid.cancel('A1')
  await grid.clock.advance(59)
  expect(await grid.statusOf('A1')).toBe(EventState.cancelled)
  await grid.clock.advance(1)
  await expect.poll(() => grid.listed()).toEqual([])
  await expect(grid.cancel('A1')).rejects.toThrow('not listed')
})

it('refuses a second cancel and changes nothing', async () => {
  await using grid = await openGrid()
  await grid.publish(control({ mRID: 'A1', start: 1000, duration: 60 }))
  await grid.cancel('A1')
  await expect(grid.cancel('A1')).rejects.toMatchObject({ code: 'conflict' })
})

it('makes at its start what was due while the server was down', async () => {
  await using store = openResources('sqlite::memory:')
  const first = await openGrid(store, 1000)
  await first.publish(control({ mRID: 'A1', start: 1100, duration: 60 }))
  await first.publish(control({ mRID: 'A2', start: 1100, duration: 600 }))
  await first.publish(control({ mRID: 'A3', start: 1010, duration: 20, fields: { opModConnect: true } }))
  await first.engine[Symbol.asyncDispose]()
  const second = await openGrid(store, 1300)
  expect(await second.past()).toEqual(['A1', 'A3'])
  expect(await store.get('DERControl', '/derp/1/derc/A1')).toMatchObject({
    state: pastState,
    body: { EventStatus: { currentStatus: EventState.superseded, dateTime: 1100 } },
  })
  expect(await second.statusOf('A2')).toBe(EventState.active)
  await second.engine[Symbol.asyncDispose]()
})

it('decides edits that arrive together one after the other', async () => {
  await using grid = await openGrid()
  const names = Array.from({ length: 20 }, (_, index) => `A${index + 10}`)
  await Promise.all(names.map((mRID) => grid.publish(control({ mRID, start: 1000 }))))
  const active = await grid.store.page({ kind: 'DERControl', parent: list.parent, states: [EventState.active] })
  expect(active.rows.map(({ body }) => body.mRID)).toEqual(['A29'])
})

type Grid = AsyncDisposable &
  Readonly<{
    clock: VirtualClock
    engine: EventEngine
    store: ResourceStore
    publish(row: EventRow): Promise<void>
    cancel(mRID: string): Promise<void>
    statusOf(mRID: string): Promise<number | undefined>
    listed(): Promise<readonly string[]>
    past(): Promise<readonly string[]>
  }>

async function openGrid(kept?: ResourceStore, start = 1000): Promise<Grid> {
  const store = kept ?? openResources('sqlite::memory:')
  const clock = virtualClock(start)
  const engine = await openEventEngine({ store, clock, log: { info: () => undefined, error: () => undefined } })
  const namesBelow = async (parent: string): Promise<readonly string[]> => {
    const { rows } = await store.page({ kind: 'DERControl', parent })
    return rows.map(({ body }) => body.mRID)
  }
  return {
    clock,
    engine,
    store,
    publish: (row) => engine.edit([{ list, edit: () => ({ rows: [row] }) }]),
    cancel: (mRID) => engine.edit([{ list, edit: (rows, now) => ({ rows: [cancelled(found(rows, mRID), now)] }) }]),
    statusOf: async (mRID) => (await store.get('DERControl', `${list.parent}/${mRID}`))?.body.EventStatus.currentStatus,
    listed: () => namesBelow(list.parent),
    past: () => namesBelow('/derp/1/past'),
    [Symbol.asyncDispose]: async () => {
      await engine[Symbol.asyncDispose]()
      if (!kept) await store[Symbol.asyncDispose]()
    },
  }
}

function found(rows: readonly EventRow[], mRID: string): EventRow {
  const row = rows.find(({ body, state }) => body.mRID === mRID && state !== pastState)
  if (!row) throw new Error('not listed')
  return row
}

type Times = Readonly<{
  mRID: string
  start: number
  duration?: number
  creationTime?: number
  fields?: DERControl['DERControlBase']
}>

function control({
  mRID,
  start,
  duration = 600,
  creationTime = 1000,
  fields = { opModMaxLimW: 5000 },
}: Times): EventRow {
  const EventStatus = createdStatus(creationTime)
  const body = { mRID, creationTime, interval: { start, duration }, EventStatus, DERControlBase: fields }
  return {
    href: `${list.parent}/${mRID}`,
    parent: list.parent,
    kind: 'DERControl',
    sort: mRID,
    key: mRID,
    state: 0,
    body,
  }
}
