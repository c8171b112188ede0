import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { coldHeater, type HeaterParameters, heaters, powerOf, stepHeater, takeOf } from './heater.ts'
import {
  type EventKind,
  inForce,
  modeOf,
  noOrders,
  operationalStateOf,
  orderOf,
  type Orders,
  overrideLasts,
} from './orders.ts'

const { runs }: { runs: readonly Run[] } = JSON.parse(
  readFileSync(new URL('../../../../../test/vectors/cta2045/water-heater.json', import.meta.url), 'utf8'),
)

it.each(runs)('heats water as in $id', ({ parameters, initialC, minutes, draws, commands, rows }) => {
  let orders = noOrders
  let state = coldHeater(initialC)
  const found: Row[] = []
  for (let t = 0; t < minutes * 60; t += 60) {
    orders = inForce(orders, t, Infinity)
    for (const command of commands.filter((one) => one.t === t)) orders = told(orders, command)
    const lpm = draws.reduce((sum, { from, to, lpm: rate }) => sum + (from * 60 <= t && t < to * 60 ? rate : 0), 0)
    state = stepHeater(parameters, state, { order: orderOf(orders, t), litresPerHour: lpm * 60, seconds: 60 })
    found.push(rowOf(t + 60, orders, parameters, state))
  }
  for (const row of rows) {
    const { tempC, energyWh, ...whole } = found.find(({ t }) => t === row.t) ?? fail(row.t)
    expect(Math.abs(tempC - row.tempC)).toBeLessThan(1e-5)
    expect(Math.abs(energyWh - row.energyWh)).toBeLessThan(1e-5)
    expect({ ...whole, tempC: row.tempC, energyWh: row.energyWh }).toEqual(row)
  }
})

it('heats only in the first half of each ten minutes at half power', () => {
  const orders = { ...noOrders, powerLevel: { fraction: 0.5, since: 1000 } }
  expect([1000, 1299, 1300, 1599, 1600].map((now) => orderOf(orders, now).mayHeat)).toEqual([
    true,
    true,
    false,
    false,
    true,
  ])
  expect(orderOf({ ...noOrders, powerLevel: { fraction: 0, since: 0 } }, 0).mode).toBe('gridEmergency')
  expect(modeOf({ ...noOrders, powerLevel: { fraction: 1, since: 0 } }).mode).toBe('normal')
})

it('forgets event, price level and guidance when the outside is lost', () => {
  const event = { kind: 'shed', startedAt: 0, endsAt: null } as const
  const orders = { ...noOrders, event, guidance: 'bad', outsideGoodAt: 0 } as const
  expect(inForce(orders, 299, 300)).toEqual(orders)
  expect(inForce(orders, 300, 300)).toEqual(noOrders)
})

it('knows the tank of the reference study', () => {
  expect(takeOf(heaters.resistive, coldHeater(52))).toEqual({ takeWh: 0, capacityWh: 8731 })
})

type Command = Readonly<{ t: number; cmd: string; seconds?: number | null; extraWh?: number; on?: boolean }>
type Row = Readonly<{
  t: number
  mode: string
  state: number
  powerW: number
  tempC: number
  takeWh: number
  capacityWh: number
  energyWh: number
}>
type Run = Readonly<{
  id: string
  parameters: HeaterParameters
  initialC: number
  minutes: number
  draws: readonly Readonly<{ from: number; to: number; lpm: number }>[]
  commands: readonly Command[]
  rows: readonly Row[]
}>

function told(orders: Orders, { t, cmd, seconds = null, extraWh, on }: Command): Orders {
  if (cmd === 'override') return { ...orders, overrideUntil: on ? t + overrideLasts : undefined }
  if (cmd === 'endShed') return { ...orders, event: undefined }
  const event = { kind: cmd as EventKind, startedAt: t, endsAt: seconds === null ? null : t + seconds }
  return { ...orders, event: { ...event, ...(extraWh !== undefined && { extraWh }) } }
}

function rowOf(t: number, orders: Orders, parameters: HeaterParameters, state: ReturnType<typeof coldHeater>): Row {
  return {
    t,
    mode: modeOf(orders).mode,
    state: operationalStateOf(orders, state.isHeating),
    powerW: powerOf(parameters, state),
    tempC: state.temperatureC,
    energyWh: state.energyWh,
    ...takeOf(parameters, state),
  }
}

function fail(t: number): never {
  throw new Error(`no row at ${t}`)
}
