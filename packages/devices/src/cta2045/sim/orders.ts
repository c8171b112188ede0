import type { HeaterOrder, ThresholdMode } from './heater.ts'

/** The events that a heater can be told; the newest replaces the one before. */
export type EventKind = 'shed' | 'criticalPeak' | 'gridEmergency' | 'loadUp' | 'advancedLoadUp' | 'cycling'

export type HeaterEvent = Readonly<{
  kind: EventKind
  startedAt: number
  /** null until told otherwise. */
  endsAt: number | null
  extraWh?: number
  /** Share of each ten minutes in which a cycling heater may heat. */
  fraction?: number
}>

/** What a heater has been told and not been told to forget; times in seconds. */
export type Orders = Readonly<{
  event: HeaterEvent | undefined
  overrideUntil: number | undefined
  powerLevel: Readonly<{ fraction: number; since: number }> | undefined
  guidance: 'bad' | 'neutral' | 'good'
  outsideGoodAt: number | undefined
}>

export const noOrders: Orders = {
  event: undefined,
  overrideUntil: undefined,
  powerLevel: undefined,
  guidance: 'neutral',
  outsideGoodAt: undefined,
}

/** A customer's override ends by itself after this many seconds. */
export const overrideLasts = 4 * 3600

/** What is still in force at `now`: events end, overrides wear off, and so does all when the outside is lost for `commLoss`. */
export function inForce(orders: Orders, now: number, commLoss: number): Orders {
  const { event, overrideUntil, outsideGoodAt } = orders
  if (outsideGoodAt !== undefined && now - outsideGoodAt >= commLoss) return { ...noOrders, overrideUntil }
  const hasEnded = event?.endsAt != null && event.endsAt <= now
  const isOver = overrideUntil !== undefined && overrideUntil <= now
  return { ...orders, event: hasEnded ? undefined : event, overrideUntil: isOver ? undefined : overrideUntil }
}

export type Mode = ThresholdMode | 'powerLevel' | 'cycling'

/** The mode in words, followed or not, and whether the customer opted out of it. */
export function modeOf({
  event,
  overrideUntil,
  powerLevel,
  guidance,
}: Orders): Readonly<{ mode: Mode; isOptedOut: boolean }> {
  if (event) return { mode: event.kind, isOptedOut: overrideUntil !== undefined }
  const isLimited = powerLevel !== undefined && powerLevel.fraction < 1
  return { mode: isLimited ? 'powerLevel' : guidanceModes[guidance], isOptedOut: false }
}

const guidanceModes = { bad: 'guidanceBad', neutral: 'normal', good: 'guidanceGood' } as const

/** What the heater does about its orders at `now`. */
export function orderOf(orders: Orders, now: number): HeaterOrder {
  const { mode, isOptedOut } = modeOf(orders)
  const plain = { mode: 'normal', extraWh: 0, mayHeat: true } as const
  if (isOptedOut) return plain
  if (mode === 'powerLevel') return partOf(orders.powerLevel?.fraction, now - (orders.powerLevel?.since ?? now))
  if (mode === 'cycling') return partOf(orders.event?.fraction, now - (orders.event?.startedAt ?? now))
  return { ...plain, mode, extraWh: orders.event?.extraWh ?? 0 }
}

// heats in the first share of each ten minutes
function partOf(fraction = 1, since: number): HeaterOrder {
  if (fraction === 0) return { mode: 'gridEmergency', extraWh: 0, mayHeat: true }
  return { mode: 'normal', extraWh: 0, mayHeat: since % 600 < 600 * fraction }
}

/** The operational state byte: idle or running under the mode. */
export function operationalStateOf(orders: Orders, isHeating: boolean): number {
  const { mode, isOptedOut } = modeOf(orders)
  const [idle, running] = isOptedOut ? [0x0b, 0x0c] : states[mode]
  return isHeating ? running : idle
}

const curtailed = [4, 2] as const
const heightened = [6, 3] as const
const states: Readonly<Record<Mode, readonly [number, number]>> = {
  normal: [0, 1],
  guidanceBad: curtailed,
  shed: curtailed,
  criticalPeak: curtailed,
  gridEmergency: curtailed,
  powerLevel: curtailed,
  cycling: [8, 7],
  loadUp: heightened,
  guidanceGood: heightened,
  advancedLoadUp: heightened,
}
