import type { KeptOrder, LocalOrder } from '@gridloom/contracts'
import type { DeviceSetpoint } from '@gridloom/devices'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { inForce, isOwed, nextTurn, runningAt, stateAt, withOrders, type Ordered } from './local-orders.ts'

it('runs from its start up to, and not in, the second of its end', () => {
  const minute = kept({ start: 100, durationSeconds: 60 })
  expect([99, 100, 159, 160].map((now) => stateAt(minute, now))).toEqual(['scheduled', 'active', 'active', 'completed'])
  expect([50, 100, 160].map((now) => nextTurn([minute], now))).toEqual([100, 160, Infinity])
})

it('lets the order that began last come first, and a withdrawn one not at all', () => {
  const orders = [kept({ mRID: 'A', start: 100 }), kept({ mRID: 'B', start: 120 }), kept({ mRID: 'C', start: 130 })]
  const [, , last] = orders
  const withdrawn = orders.map((one) => (one === last ? { ...one, state: 'withdrawn' as const } : one))
  expect(runningAt(withdrawn, 140).map(({ mRID }) => mRID)).toEqual(['B', 'A'])
})

it('holds to the market where it and a region ask for different powers, and to the limits of both', () => {
  const region = kept({ mRID: 'B', source: 'region', start: 120, targetW: -3000, maxExportW: 500 })
  const running = runningAt([region, kept({ mRID: 'A', start: 100, targetW: 2000 })], 130)
  expect(running.map(({ source }) => source)).toEqual(['market', 'region'])
  expect(battery({}, running)).toEqual({ opModTargetW: 500, opModGenLimW: 500 })
  expect([running, runningAt([region], 130), [order({ maxImportW: 0 })]].map(isOwed)).toEqual([true, false, false])
})

it('replaces the power that a default asks for, and leaves the rest', () => {
  expect(battery({ opModFixedW: 0.5, opModMaxLimW: 0.8 }, [order({ targetW: 2000 })])).toEqual({
    opModTargetW: 2000,
    opModMaxLimW: 0.8,
  })
})

it.each([
  [{ opModExpLimW: 1500 }, { targetW: 3000 }, 1500],
  [{ opModMaxLimW: 0.2 }, { targetW: 3000 }, 1000],
  [{ opModLoadLimW: 700 }, { targetW: -3000 }, -700],
  [{ opModImpLimW: 0 }, { targetW: -3000 }, -0],
] satisfies [DeviceSetpoint, Partial<LocalOrder>, number][])(
  'under %j an order of %j is %d W',
  (utility, asked, watts) => {
    expect(battery(utility, [order(asked)]).opModTargetW).toBe(watts)
  },
)

it('waits while an event holds the power, and still limits', () => {
  const orders = [order({ targetW: 3000, maxExportW: 800 }), order({ targetW: 10 })]
  const rule = { holdsPower: true }
  expect(withOrders({ opModFixedW: 0.5 }, orders, storage, rule)).toEqual({ opModFixedW: 0.5, opModGenLimW: 800 })
  expect(inForce(orders, rule)).toEqual(orders.slice(0, 1))
})

it('tells a load that knows no target how much to draw at most', () => {
  const modes = ['opModMaxLimW', 'opModLoadLimW']
  expect(withOrders({}, [order({ targetW: -1200 })], { ...load, modes }, free)).toEqual({ opModLoadLimW: 1200 })
  expect(withOrders({}, [order({ targetW: -1200 })], { ...load, modes: ['opModMaxLimW'] }, free)).toEqual({
    opModMaxLimW: 0.3,
  })
  expect(withOrders({}, [order({ targetW: 0 })], { ...load, modes }, free)).toEqual({ opModLoadLimW: 0 })
})

it('speaks in shares to a device that knows no watts', () => {
  const device = { ...storage, modes: ['opModFixedW'] }
  expect(withOrders({}, [order({ targetW: -2000 })], device, free)).toEqual({ opModFixedW: -0.5 })
  expect(withOrders({}, [order({ targetW: 9000 })], device, free)).toEqual({ opModFixedW: 1 })
})

it('never lets through more than the utility allows, whatever is ordered', () => {
  const watts = fc.option(fc.integer({ min: 0, max: 6000 }), { nil: undefined })
  const limits = fc.record({ opModGenLimW: watts, opModExpLimW: watts, opModLoadLimW: watts, opModImpLimW: watts })
  const ordered = fc.record({ targetW: fc.integer({ min: -9000, max: 9000 }), maxExportW: watts, maxImportW: watts })
  fc.assert(
    fc.property(limits, fc.array(ordered, { maxLength: 4 }), (found, asked) => {
      const utility = definedOf(found)
      const setpoint = battery(utility, asked.map(definedOf).map(order))
      for (const [mode, limit] of Object.entries(utility)) {
        expect(setpoint[mode as keyof typeof found] ?? Infinity).toBeLessThanOrEqual(limit)
      }
      const {
        opModTargetW = 0,
        opModGenLimW = 1e9,
        opModExpLimW = 1e9,
        opModLoadLimW = 1e9,
        opModImpLimW = 1e9,
      } = setpoint
      expect(opModTargetW).toBeLessThanOrEqual(Math.min(opModGenLimW, opModExpLimW))
      expect(-opModTargetW).toBeLessThanOrEqual(Math.min(opModLoadLimW, opModImpLimW))
    }),
  )
})

const free = { holdsPower: false }
const settings = { maxW: 5000, maxChargeRateW: 4000, modesEnabled: [], gradient: 0, updatedAt: 0 }
const storage: Ordered = {
  kind: 'storage',
  settings,
  modes: ['opModTargetW', 'opModFixedW', 'opModGenLimW', 'opModExpLimW', 'opModLoadLimW', 'opModImpLimW'],
}
const load: Ordered = { kind: 'load', settings: { ...settings, maxW: 4000 }, modes: [] }

function battery(utility: DeviceSetpoint, orders: readonly LocalOrder[]): DeviceSetpoint {
  return withOrders(utility, orders, storage, free)
}

function order(asked: Partial<LocalOrder>): LocalOrder {
  return { mRID: 'A'.repeat(32), source: 'market', start: 100, durationSeconds: 60, ...asked }
}

function kept(asked: Partial<LocalOrder>): KeptOrder {
  return { ...order({ targetW: 1, ...asked }), state: 'scheduled' }
}

function definedOf<T extends object>(fields: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}
