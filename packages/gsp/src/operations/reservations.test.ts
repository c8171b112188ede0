import { virtualClock, type VirtualClock } from '@gridloom/kit'
import { expect, it } from 'vitest'
import { Config } from '../config.ts'
import { EventState } from '../domain/event-status.ts'
import { grantOf } from '../domain/flow-request.ts'
import { newRow } from '../store/new-row.ts'
import { openResources } from '../store/open-resources.ts'
import type { ResourceStore } from '../store/resources.ts'
import type { Row } from '../store/row.ts'
import { openOperations, type Operations } from './open-operations.ts'

const start = 1_800_018_000
const group = '/groups/1'

it('shares what a group has among its devices', async () => {
  await using feeder = await openFeeder([{ start, watts: 4000 }])
  await feeder.ask(1, { energyWh: 8000, powerW: 4000 })
  await feeder.ask(2, { energyWh: 4000, powerW: 4000 })
  expect(await feeder.grants(1)).toMatchObject([{ start, duration: 7200, powerW: 4000 }])
  expect(await feeder.grants(2)).toMatchObject([{ start: start + 7200, duration: 3600, powerW: 4000 }])
})

it('keeps the request with less slack when a group is tightened', async () => {
  await using feeder = await openFeeder([{ start, watts: 4000 }])
  await feeder.ask(1, { energyWh: 4000, powerW: 2000 })
  await feeder.ask(2, { energyWh: 12_000, powerW: 2000 })
  await feeder.tighten([{ start, watts: 2000 }])
  expect(await feeder.grants(2)).toMatchObject([{ start, duration: 21_600, powerW: 2000 }])
  expect(await feeder.grants(1)).toMatchObject([{ start: start + 21_600, duration: 7200, powerW: 2000 }])
})

it('lowers a running grant from the moment the group is tightened, and it is superseded then', async () => {
  await using feeder = await openFeeder([{ start, watts: 4000 }])
  await feeder.ask(1, { energyWh: 16_000, powerW: 4000 })
  await feeder.clock.advance(3600)
  const at = start + 7200
  await feeder.tighten([
    { start, watts: 4000 },
    { start: at, watts: 2000 },
  ])
  expect(await feeder.grants(1)).toMatchObject([
    { start, powerW: 4000 },
    { start: at, powerW: 2000, energyWh: 8000 },
  ])
  await feeder.clock.advance(3600)
  await expect.poll(() => feeder.states(1)).toEqual([EventState.superseded, EventState.active])
})

it('tries refused requests again when the limit is lifted', async () => {
  await using feeder = await openFeeder([{ start, watts: 0 }])
  await feeder.ask(1, { energyWh: 4000, powerW: 4000 })
  expect(await feeder.grants(1)).toMatchObject([{ powerW: 0, energyWh: 0 }])
  await feeder.tighten(undefined)
  expect((await feeder.grants(1)).map(({ powerW }) => powerW).toSorted()).toEqual([0, 4000])
})

type Steps = NonNullable<Row<'Group'>['body']['capacity']>
type Asked = Readonly<{ energyWh: number; powerW: number }>

type Feeder = AsyncDisposable &
  Readonly<{
    clock: VirtualClock
    ask(device: number, asked: Asked): Promise<void>
    tighten(capacity: Steps | undefined): Promise<void>
    grants(device: number): Promise<readonly ReturnType<typeof grantOf>[]>
    states(device: number): Promise<readonly (number | undefined)[]>
  }>

/** A group of two devices with a capacity, at the begin of the window of all requests. */
async function openFeeder(capacity: Steps): Promise<Feeder> {
  const store = openResources('sqlite::memory:')
  const clock = virtualClock(start)
  const log = { info: () => undefined, error: (detail: unknown) => expect(detail).toBeUndefined() }
  const operations = await openOperations(Config.parse({ certs: 'unused' }), { store, clock, log })
  const members = [1, 2].map((device) => assignment(device))
  await store.write([{ create: groupRow(capacity) }, ...members.map((create) => ({ create }))])
  const rows = async (device: number) => {
    const states = [EventState.scheduled, EventState.active, EventState.superseded]
    return (await store.page({ kind: 'FlowReservationResponse', parent: `/edev/${device}/frp`, states })).rows
  }
  return {
    clock,
    ask: (device, asked) => operations.reservations.ask(request(device, asked)),
    tighten: (steps) => tighten({ store, operations }, steps),
    grants: async (device) => (await rows(device)).map(({ body }) => grantOf(body)),
    states: async (device) => (await rows(device)).map(({ state }) => state),
    [Symbol.asyncDispose]: async () => {
      await operations[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
    },
  }
}

async function tighten(
  { store, operations }: Readonly<{ store: ResourceStore; operations: Operations }>,
  steps: Steps | undefined,
): Promise<void> {
  await store.write([{ put: groupRow(steps) }])
  await operations.reservations.retune(group)
}

function groupRow(capacity: Steps | undefined): Row<'Group'> {
  return newRow(
    'Group',
    { href: group, parent: '/groups' },
    { name: 'feeder', mRID: 'F', ...(capacity && { capacity }) },
  )
}

function assignment(device: number): Row<'FunctionSetAssignments'> {
  return newRow(
    'FunctionSetAssignments',
    { href: `/edev/${device}/fsa/1`, parent: `/edev/${device}/fsa` },
    { mRID: 'F', group },
  )
}

function request(device: number, { energyWh, powerW }: Asked): Row<'FlowReservationRequest'> {
  const parent = `/edev/${device}/frq`
  return newRow(
    'FlowReservationRequest',
    { href: `${parent}/1`, parent },
    {
      mRID: String(device).padStart(32, '0'),
      creationTime: start,
      durationRequested: (3600 * energyWh) / powerW,
      energyRequested: { multiplier: 0, value: energyWh },
      intervalRequested: { start, duration: 36_000 },
      powerRequested: { multiplier: 0, value: powerW },
      RequestStatus: { dateTime: start, requestStatus: 0 },
    },
  )
}
