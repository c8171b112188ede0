import type { Rules, Wish } from '../wish.ts'

/** One interval as an agent sees it: what it has committed there, and what a unit will probably cost. */
export type Ahead = Readonly<{
  dtStart: number
  position: number
  price: number
  /** False once the gate is closed: the position is final. */
  isOpen: boolean
}>

/** What the device can tell; absent what nobody knows. */
export type DeviceOutlook = Readonly<{
  /** Mean net power into the premises of late, in watts. */
  watts?: number
  /** Energy in the storage at the start of the first interval ahead, in Wh. */
  chargeWh?: number
  capacityWh?: number
  chargeW?: number
  dischargeW?: number
}>

export type Situation = Readonly<{
  now: number
  /** From the interval that runs now to the horizon, without gaps. */
  ahead: readonly Ahead[]
  /** The sum of the positions of the instruments that start from `from` up to `to`: what was bought less what was sold. */
  traded(from: number, to: number): number
  device: DeviceOutlook
  rules: Rules
}>

/** Turns a situation into what is wanted of each open instrument; a strategy is a function made by a function. */
export type Strategy = (situation: Situation) => readonly Wish[]
