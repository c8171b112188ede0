import {
  seconds,
  unscaled,
  type DefaultDERControl,
  type DERControl,
  type DERControlBase,
  type DERCurve,
  type Scaled,
} from '@gridloom/sep2030'
import { hash } from 'node:crypto'

/** What a control sets: watts and vars positive towards the grid, percentages in hundredths as on the wire. */
export type Order = Readonly<{
  targetWatts?: number
  /** Of the rating; negative to charge. */
  fixedHundredths?: number
  maxHundredths?: number
  exportWatts?: number
  generateWatts?: number
  importWatts?: number
  loadWatts?: number
  vars?: number
  varHundredths?: number
  connect?: boolean
  energize?: boolean
}>

/** A published control, as far as it is judged; times in seconds. */
export type ControlFact = Readonly<{
  mRID: string
  version: number
  createdAt: number
  start: number
  duration: number
  randomizeStart: number
  randomizeDuration: number
  /** Bits as on the wire. */
  responseRequired: number
  /** EventStatus.currentStatus. */
  status: number
  order: Order
  /** Of all that may not change in place. */
  digest: string
}>

export type CurveFact = Readonly<{ type: number; points: readonly Readonly<{ x: number; y: number }>[] }>

export function controlFact(control: DERControl): ControlFact {
  const { mRID, version = 0, creationTime, interval, EventStatus, DERControlBase, deviceCategory } = control
  const { randomizeStart = 0, randomizeDuration = 0, responseRequired = '00' } = control
  const fixed = [
    seconds(interval.start),
    interval.duration,
    DERControlBase,
    randomizeStart,
    randomizeDuration,
    responseRequired,
    deviceCategory,
  ]
  return {
    mRID: mRID.toUpperCase(),
    version,
    createdAt: seconds(creationTime),
    start: seconds(interval.start),
    duration: interval.duration,
    randomizeStart,
    randomizeDuration,
    responseRequired: Number.parseInt(responseRequired, 16),
    status: EventStatus.currentStatus,
    order: orderOf(DERControlBase),
    digest: hash('sha256', JSON.stringify(fixed, forAnyDevice), 'hex').slice(0, 16),
  }
}

/** Each device finds the curves of a program below its own path: the same link for all. */
function forAnyDevice(key: string, value: unknown): unknown {
  return key === 'href' && typeof value === 'string' ? value.replace(/^\/edev\/[^/]+/, '') : value
}

export function defaultOrder({ DERControlBase }: DefaultDERControl): Order {
  return orderOf(DERControlBase)
}

export function curveFact({ curveType, CurveData, xMultiplier, yMultiplier }: DERCurve): CurveFact {
  const points = CurveData.map(({ xvalue, yvalue }) => ({
    x: unscaled({ multiplier: xMultiplier, value: xvalue }),
    y: unscaled({ multiplier: yMultiplier, value: yvalue }),
  }))
  return { type: curveType, points }
}

function orderOf(base: DERControlBase): Order {
  return {
    ...watts('targetWatts', base.opModTargetW ?? base.opModStorageTargetW),
    ...watts('exportWatts', base.opModExpLimW),
    ...watts('generateWatts', base.opModGenLimW),
    ...watts('importWatts', base.opModImpLimW),
    ...watts('loadWatts', base.opModLoadLimW),
    ...watts('vars', base.opModTargetVar),
    ...(base.opModFixedW !== undefined && { fixedHundredths: base.opModFixedW }),
    ...(base.opModMaxLimW !== undefined && { maxHundredths: base.opModMaxLimW }),
    ...(base.opModFixedVar && { varHundredths: base.opModFixedVar.value }),
    ...(base.opModConnect !== undefined && { connect: base.opModConnect }),
    ...(base.opModEnergize !== undefined && { energize: base.opModEnergize }),
  }
}

function watts(name: keyof Order, amount: Scaled | undefined): Order {
  return amount ? { [name]: unscaled(amount) } : {}
}
