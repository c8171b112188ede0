import { coldHeater, type HeaterParameters, heaters, powerOf, setThermostat, stepHeater, takeOf } from './heater.ts'
import {
  type HeaterEvent,
  inForce,
  type Mode,
  modeOf,
  noOrders,
  operationalStateOf,
  orderOf,
  type Orders,
} from './orders.ts'

export type PlantOptions = Readonly<{
  /** Seconds since 1970. */
  now: () => number
  heater?: HeaterParameters
  temperatureC?: number
  /** Litres of hot water per hour. */
  draw?: (now: number) => number
  /** Without good news from outside for so long, it forgets what it was told. */
  commLossSeconds?: number
}>

export type PlantReport = Readonly<{
  mode: Mode
  /** The operational state byte. */
  state: number
  watts: number
  temperatureC: number
  takeWh: number
  capacityWh: number
  energyWh: number
}>

/** A simulated water heater in time: what it was told, and its water. */
export type HeaterPlant = Readonly<{
  heater: HeaterParameters
  now(): number
  orders(): Orders
  obey(change: Partial<Orders>): void
  begin(event: Omit<HeaterEvent, 'startedAt'>): void
  /** Operational state 5 and cold water from now on, or no longer. */
  breakDown(isBroken: boolean): void
  report(): PlantReport
}>

export function createHeaterPlant({ now, heater = heaters.resistive, ...options }: PlantOptions): HeaterPlant {
  const { draw = () => 0, commLossSeconds = 300 } = options
  let state = coldHeater(options.temperatureC ?? heater.setpointC - 3)
  let orders: Orders = noOrders
  let isBroken = false
  let at = Math.floor(now())

  const obey = (change: Partial<Orders>): void => {
    advance()
    orders = { ...orders, ...change }
    settle()
  }

  return {
    heater,
    now() {
      advance()
      return at
    },
    obey,
    orders() {
      advance()
      return orders
    },
    begin: (event) => obey({ event: { ...event, startedAt: Math.floor(now()) } }),
    breakDown(broken) {
      advance()
      isBroken = broken
    },
    report() {
      advance()
      const { temperatureC, energyWh } = state
      return {
        mode: modeOf(orders).mode,
        state: isBroken ? 5 : operationalStateOf(orders, state.isHeating),
        watts: isBroken ? 0 : powerOf(heater, state),
        temperatureC,
        energyWh,
        ...takeOf(heater, state, orders.event?.extraWh),
      }
    },
  }

  function advance(): void {
    const until = Math.floor(now())
    const seconds = Math.max(1, Math.ceil((until - at) / mostSteps))
    while (at < until) {
      orders = inForce(orders, at, commLossSeconds)
      const length = Math.min(seconds, until - at)
      const step = { order: orderOf(orders, at), litresPerHour: draw(at), seconds: length }
      if (!isBroken) state = stepHeater(heater, state, step)
      at += length
    }
    settle()
  }

  // What the thermostat decides shows at once, in the state that is read next.
  function settle(): void {
    orders = inForce(orders, at, commLossSeconds)
    state = setThermostat(heater, state, orderOf(orders, at))
  }
}

/** After a longer absence the steps grow instead of their number. */
const mostSteps = 100_000
