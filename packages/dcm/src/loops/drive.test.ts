import { EmulatedConfig, openDevice } from '@gridloom/devices'
import { type Clock, createLogger, createRandom, onwardClock, simulatedClock, virtualClock } from '@gridloom/kit'
import type { DERControl, DERControlBase, Lfdi } from '@gridloom/sep2030'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createActuator } from '../actuator.ts'
import { controlInputs } from '../domain/schedule-inputs.ts'
import type { Posture } from '../domain/posture.ts'
import type { View } from '../domain/view.ts'
import { createOrders } from '../orders.ts'
import { journalOf, openJournals } from '../store/journal.ts'
import { createDrive } from './drive.ts'

const begin = 1_800_000_000

it('starts a control when its time comes, and then only owes the start', async () => {
  const { pass, drive, owed, setpoint } = driving()
  drive.take(news([control({ start: begin + 60 })]))
  await pass(1)
  expect(owed()).toEqual(['1 @0'])
  await pass(60)
  expect(owed()).toEqual(['1 @0', '2 @60'])
  expect(setpoint()).toEqual({ opModMaxLimW: 0.5 })
  await pass(60)
  expect(owed()).toEqual(['1 @0', '2 @60', '3 @120'])
  expect(setpoint()).toEqual({})
})

it('owes a rejection for a device that stays lost, and no start', async () => {
  const { pass, drive, device, owed } = driving()
  device.fail()
  drive.take(news([control({ start: begin + 5 })]))
  await pass(30)
  expect(owed()).toEqual(['1 @0', '252 @5'])
})

it('brings a device that is back to its set point', async () => {
  const { pass, drive, device, setpoint } = driving()
  device.fail()
  drive.take(news([control({ start: begin })]))
  await pass(10)
  device.recover()
  drive.ring()
  await pass(1)
  expect(setpoint()).toEqual({ opModMaxLimW: 0.5 })
})

it('refuses what its device cannot do', async () => {
  const { pass, drive, owed } = driving()
  drive.take(news([control({ start: begin, DERControlBase: { opModStorageTargetW: { multiplier: 0, value: 5 } } })]))
  await pass(5)
  expect(owed()).toEqual(['1 @0', '252 @0'])
})

it('follows a local order for as long as it runs, and an event before it', async () => {
  const { pass, drive, orders, setpoint } = driving({ kind: 'battery' })
  const local = { source: 'market', start: begin + 10, durationSeconds: 60, targetW: -900 } as const
  await orders.give({ ...local, mRID: 'A'.repeat(32) })
  await pass(10)
  expect(setpoint()).toEqual({ opModTargetW: -900 })
  drive.take(
    news([
      control({
        start: begin + 20,
        interval: { start: begin + 20, duration: 20 },
        DERControlBase: { opModFixedW: 2000 },
      }),
    ]),
  )
  await pass(10)
  expect([setpoint(), drive.rule()]).toEqual([{ opModFixedW: 0.2 }, { holdsPower: true }])
  await pass(20)
  expect(setpoint()).toEqual({ opModTargetW: -900 })
  await pass(30)
  expect(setpoint()).toEqual({})
})

it('does nothing that a server says that is not trusted', async () => {
  const { pass, drive, owed, setpoint } = driving({ isTrusted: false })
  drive.take(news([control({ start: begin })]))
  await pass(5)
  expect([owed(), setpoint()]).toEqual([[], { opModGenLimW: 1500 }])
})

it('starts and ends a control in its time when the clock of the machine is set back', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: begin * 1000 })
  onTestFinished(() => void vi.useRealTimers())
  const fast = onwardClock(simulatedClock({ start: begin, startedAt: begin, speed: 20 }), 20)
  const { drive, setpoint } = driving({ time: fast })
  drive.take(news([control({ start: begin + 10 })]))
  vi.setSystemTime((begin - 7200) * 1000)
  await vi.waitFor(() => expect(setpoint()).toEqual({ opModMaxLimW: 0.5 }), { timeout: 20_000 })
  vi.setSystemTime((begin - 36_000) * 1000)
  await vi.waitFor(() => expect(setpoint()).toEqual({}), { timeout: 20_000 })
})

it.for<Posture>([
  { server: 'local', isOnDefault: false },
  { server: 'follow', isOnDefault: true },
])('stays on the default control when %o, and says so to who sends an event', async (posture) => {
  const { pass, drive, owed, setpoint } = driving({ posture })
  drive.take(news([control({ start: begin + 5 })], { opModMaxLimW: 9000 }))
  await pass(30)
  expect([owed(), setpoint()]).toEqual([['1 @0', '252 @5'], { opModMaxLimW: 0.9 }])
})

function driving({ isTrusted = true, kind = 'pv', posture = trusting, time }: Options = {}) {
  const virtual = virtualClock(begin)
  const clock = time ?? virtual
  const lfdi = 'A'.repeat(40) as Lfdi
  const log = createLogger('dcm', 'silent')
  const database = openJournals('sqlite::memory:')
  const journal = journalOf(database, lfdi)
  const config = kind === 'pv' ? ({ ...pv, kind } as const) : EmulatedConfig.parse({ kind })
  const device = openDevice(config, { now: clock.now })
  const actuator = createActuator(device, log)
  const ending = new AbortController()
  const orders = createOrders({ journal, log, serverNow: clock.now, changed: () => drive.ring() })
  const fixed = isTrusted ? { base: {}, settings: {} } : mistrusting
  const drive = createDrive({
    journal,
    actuator,
    profile: { lfdi, modes: device.settings.modesEnabled },
    device: { kind: device.capability.kind, settings: device.settings },
    orders,
    clock,
    random: createRandom('drive'),
    fixed,
    serverNow: clock.now,
    whenServer: (second) => second,
    assigned: () => [],
    awaitsFlow: () => false,
    isTrusted: () => isTrusted,
    stance: { posture: () => posture, frozen: () => undefined },
    owes: () => undefined,
    turned: () => undefined,
  })
  const running = drive.run(ending.signal).catch(() => undefined)
  onTestFinished(async () => {
    ending.abort()
    await running
    await database[Symbol.asyncDispose]()
  })
  const pass = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) {
      await virtual.advance(1)
      // What the loop has begun to write is on the disk after the next write.
      for (const _ of [1, 2, 3]) await database.commit(() => undefined)
    }
  }
  const owed = () => journal.unsent().map(({ status, at }) => `${status} @${at - begin}`)
  return { pass, drive, orders, device, owed, setpoint: actuator.setpoint }
}

const pv = { seed: 1, utcOffsetSeconds: 0, vNom: 240, maxW: 5000, gradient: 0, cloudiness: 0 }
const mistrusting = { base: { opModGenLimW: { multiplier: 0, value: 1500 } }, settings: {} }

type Options = Readonly<{ isTrusted?: boolean; kind?: 'pv' | 'battery'; posture?: Posture; time?: Clock }>

const trusting: Posture = { server: 'follow', isOnDefault: false }

function news(controls: readonly DERControl[], base?: DERControlBase) {
  const defaultControl = base && { mRID: '0D', DERControlBase: base }
  const assigned = [{ program: { mRID: '0A', primacy: 1 }, controls, curves: [], ahead: 0, defaultControl }]
  return { controls: controlInputs('S', { assigned } as unknown as View), flows: [] }
}

function control({ start, ...rest }: { start: number } & Partial<DERControl>): DERControl {
  return {
    mRID: 'E1',
    replyTo: '/rsp',
    responseRequired: '03',
    creationTime: begin,
    EventStatus: { currentStatus: 0, dateTime: begin, potentiallySuperseded: false },
    interval: { start, duration: 60 },
    DERControlBase: { opModMaxLimW: 5000 },
    ...rest,
  }
}
