import { createRandom } from '@gridloom/kit'
import type { DispatchDer, DispatchFile, Fairness } from './dispatch-file.ts'

export type SampleOptions = Readonly<{
  ders: number
  steps: number
  seed: number
  fairness?: Fairness
  /** Part of the water heaters is on or off and nothing between. */
  hasBlocks?: boolean
}>

/** A summer evening on a feeder, drawn from a seed: PV, batteries, water heaters and cars, and a peak that must be shaved. */
export function sampleDispatch({
  ders,
  steps,
  seed,
  fairness = 'price',
  hasBlocks = false,
}: SampleOptions): DispatchFile {
  const random = createRandom(seed)
  const between = (least: number, most: number) => least + (most - least) * random.next()
  const hours = Array.from({ length: steps }, (_, t) => (t * 24) / steps)
  const makers = [pv, battery, heater, car]
  const fleet = Array.from({ length: ders }, (_, index) => {
    const make = makers[index % makers.length] ?? pv
    const common = { upPrice: between(0.01, 0.5), downPrice: between(0.01, 0.5), usedWh: Math.floor(between(0, 5000)) }
    return { ...whole, ...common, ...make(index, between, hours), block: hasBlocks && index % 8 === 2 }
  })
  return {
    format: 'dispatch/1',
    horizon: { stepSeconds: 86_400 / steps, steps },
    request: { kind: 'limit', importLimitW: hours.map((hour) => ders * (isEvening(hour) ? 1400 : 4000)) },
    otherW: hours.map((hour) => -ders * (500 + 900 * Math.exp(-((hour - 19) ** 2) / 8))),
    fairness,
    shortfallPrice: 1000,
    fleet,
  }
}

type Between = (least: number, most: number) => number
type Made = Pick<DispatchDer, 'id' | 'baseW' | 'minW' | 'maxW'> & Partial<DispatchDer>

const whole = { block: false, trust: { Te: 1, level: 0 } }

function isEvening(hour: number): boolean {
  return hour >= 17 && hour < 22
}

function pv(index: number, between: Between, hours: readonly number[]): Made {
  const peak = between(3000, 8000)
  const sun = hours.map((hour) => Math.round(peak * Math.max(Math.sin(((hour - 6) / 14) * Math.PI), 0)))
  return { id: `pv-${index}`, baseW: sun, minW: 0, maxW: sun }
}

function battery(index: number, between: Between): Made {
  const power = between(3000, 5000)
  const storage = { energyWh: between(1000, 8000), minWh: 0, capacityWh: 10_000, ...lossOf(0.95) }
  return { id: `battery-${index}`, baseW: 0, minW: -power, maxW: power, storage }
}

function heater(index: number, between: Between, hours: readonly number[]): Made {
  const power = between(500, 2500)
  const use = hours.map((hour) => (isEvening(hour) ? -power : -power / 4))
  return { id: `heater-${index}`, baseW: use, minW: use, maxW: 0 }
}

function car(index: number, between: Between, hours: readonly number[]): Made {
  const power = between(1000, 3500)
  const charge = hours.map((hour) => (hour >= 17 ? -power : 0))
  const least = hours.map((hour) => (hour >= 17 ? -7400 : 0))
  const energyWh = between(1000, 20_000)
  const storage = { energyWh, minWh: 0, capacityWh: 60_000, finalWh: energyWh + 4 * power, ...lossOf(0.95) }
  return { id: `car-${index}`, baseW: charge, minW: least, maxW: 0, storage, rampWPerSecond: 20 }
}

function lossOf(oneWay: number) {
  return { chargeEfficiency: oneWay, dischargeEfficiency: oneWay }
}
