import type { TicksGiven } from './region-file.ts'

type Tick = Readonly<{ tick: number; deliveredKw: number; availableKwh: number; mode: 'discharging' | 'sleeping' }>

const ticksShown = 4
/** What is left of rounding is no energy. */
const nothingKwh = 1e-9

/** A storage gives until it is empty, and sleeps from that same tick on: it wants its charging rate and gets nothing (§2). */
export function runStorage({ availableKwh, dischargeKw, chargingRateKw, tickH }: TicksGiven) {
  const ticks: Tick[] = []
  let left = availableKwh
  for (let tick = 1; tick <= ticksShown; tick++) {
    const deliveredKw = Math.min(dischargeKw, left / tickH)
    const rest = left - deliveredKw * tickH
    left = rest > nothingKwh ? rest : 0
    ticks.push({ tick, deliveredKw, availableKwh: left, mode: left > 0 ? 'discharging' : 'sleeping' })
  }
  return { ticks, advertisedWhileSleepingKw: chargingRateKw, consumesWhileSleepingKw: 0 }
}
