/** The parameters of a simulated water heater; temperatures in °C, energies in Wh. */
export type HeaterParameters = Readonly<{
  volumeL: number
  kappaWhPerLK: number
  uaWPerK: number
  ambientC: number
  inletC: number
  setpointC: number
  /** Highest set point of an advanced load up, behind a mixing valve. */
  maxC: number
  /** The drop below the set point at which each mode begins and stops to heat, in kelvin. */
  thresholdsK: Readonly<Record<ThresholdMode, readonly [number, number]>>
  elementW: number
}> &
  Readonly<{ kind: 'resistive' } | ({ kind: 'heatPump' } & HeatPump)>

export type HeatPump = Readonly<{
  compressorW: number
  cop0: number
  copPerK: number
  copMin: number
  copMax: number
  /** The drops at which the back-up element joins and leaves. */
  elementOnK: number
  elementOffK: number
}>

export type ThresholdMode =
  | 'normal'
  | 'guidanceBad'
  | 'shed'
  | 'criticalPeak'
  | 'gridEmergency'
  | 'loadUp'
  | 'guidanceGood'
  | 'advancedLoadUp'

/** What the heater follows: a mode, how much hotter it stores, and the share of each ten minutes in which it may heat. */
export type HeaterOrder = Readonly<{ mode: ThresholdMode; extraWh: number; mayHeat: boolean }>

export type HeaterState = Readonly<{ temperatureC: number; isHeating: boolean; hasElement: boolean; energyWh: number }>

const tank = {
  volumeL: 189.3,
  kappaWhPerLK: 1.153,
  ambientC: 20,
  inletC: 12,
  setpointC: 52,
  maxC: 65,
  elementW: 4500,
  thresholdsK: {
    normal: [4, 0],
    guidanceBad: [7, 5],
    shed: [10, 8],
    criticalPeak: [16, 14],
    gridEmergency: [22, 20],
    loadUp: [1, 0],
    guidanceGood: [1, 0],
    advancedLoadUp: [1, 0],
  },
} as const

/** Fifty gallons with one element, and the same with a compressor and a back-up element. */
export const heaters = {
  resistive: { ...tank, kind: 'resistive', uaWPerK: 1.6 },
  heatPump: {
    ...tank,
    kind: 'heatPump',
    uaWPerK: 1.4,
    compressorW: 450,
    cop0: 5,
    copPerK: 0.06,
    copMin: 1.2,
    copMax: 6,
    elementOnK: 15,
    elementOffK: 8,
  },
} as const satisfies Record<string, HeaterParameters>

export const coldHeater = (temperatureC: number): HeaterState => ({
  temperatureC,
  isHeating: false,
  hasElement: false,
  energyWh: 0,
})

/** Sets the thermostat for an order: what the heater decides at the start of a step, or at once when it is told something. */
export function setThermostat(heater: HeaterParameters, state: HeaterState, order: HeaterOrder): HeaterState {
  const drop = targetOf(heater, order) - state.temperatureC
  const isHeating = order.mayHeat && switched(state.isHeating, drop, heater.thresholdsK[order.mode])
  const isCurtailed = order.mode === 'shed' || order.mode === 'criticalPeak' || order.mode === 'gridEmergency'
  const hasElement =
    heater.kind === 'heatPump' &&
    isHeating &&
    !isCurtailed &&
    switched(state.hasElement, drop, [heater.elementOnK, heater.elementOffK])
  return { ...state, isHeating, hasElement }
}

/** Electric watts of a heater whose thermostat is set. */
export function powerOf(heater: HeaterParameters, { isHeating, hasElement }: HeaterState): number {
  if (!isHeating) return 0
  return heater.kind === 'resistive' ? heater.elementW : heater.compressorW + (hasElement ? heater.elementW : 0)
}

/** One step of explicit Euler over one mixed node: thermostat, powers, temperature, energy. */
export function stepHeater(
  heater: HeaterParameters,
  before: HeaterState,
  { order, litresPerHour, seconds }: Readonly<{ order: HeaterOrder; litresPerHour: number; seconds: number }>,
): HeaterState {
  const state = setThermostat(heater, before, order)
  const { temperatureC } = state
  const watts = powerOf(heater, state)
  const gain = heatOf(heater, state) - heater.uaWPerK * (temperatureC - heater.ambientC)
  const drawn = heater.kappaWhPerLK * litresPerHour * (temperatureC - heater.inletC)
  return {
    ...state,
    temperatureC: temperatureC + ((seconds / 3600) * (gain - drawn)) / capacityPerKelvin(heater),
    energyWh: state.energyWh + (watts * seconds) / 3600,
  }
}

/** Wh that the tank would take now, and from cold to full. */
export function takeOf(heater: HeaterParameters, { temperatureC }: HeaterState, extraWh = 0) {
  const perKelvin = capacityPerKelvin(heater)
  const setpoint = Math.min(heater.maxC, heater.setpointC + extraWh / perKelvin)
  return {
    takeWh: Math.round(Math.max(0, perKelvin * (setpoint - temperatureC))),
    capacityWh: Math.round(perKelvin * (setpoint - heater.inletC)),
  }
}

/** The most that the heater can draw. */
export function ratedWatts(heater: HeaterParameters): number {
  return heater.kind === 'resistive' ? heater.elementW : heater.compressorW + heater.elementW
}

function targetOf(heater: HeaterParameters, { mode, extraWh }: HeaterOrder): number {
  if (mode !== 'advancedLoadUp') return heater.setpointC
  return Math.min(heater.maxC, heater.setpointC + extraWh / capacityPerKelvin(heater))
}

function heatOf(heater: HeaterParameters, state: HeaterState): number {
  const watts = powerOf(heater, state)
  if (heater.kind === 'resistive' || !state.isHeating) return watts
  const { compressorW, cop0, copPerK, copMin, copMax, ambientC } = heater
  const cop = Math.min(copMax, Math.max(copMin, cop0 - copPerK * (state.temperatureC - ambientC)))
  return watts + compressorW * (cop - 1)
}

const capacityPerKelvin = ({ volumeL, kappaWhPerLK }: HeaterParameters): number => volumeL * kappaWhPerLK
const switched = (was: boolean, drop: number, [on, off]: readonly [number, number]): boolean =>
  drop >= on || (drop > off && was)
