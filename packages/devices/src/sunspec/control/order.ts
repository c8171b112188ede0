import type { Settings } from '../../device.ts'
import type { Mode } from '../../modes.ts'
import type { Registers } from '../registers.ts'
import { has, type View, type Write, writesOf } from '../view.ts'

export type Step = Readonly<
  | { kind: 'write'; write: Write }
  /** Asks for a curve to be adopted and waits until the register at `result` says how that went. */
  | { kind: 'adopt'; request: Write; result: number }
>

/** What is written for one function of the device. */
export type Order = Readonly<{
  /** One function, one owner of its registers. */
  key: string
  /** The modes that are refused when the device does not take it. */
  modes: readonly Mode[]
  steps: readonly Step[]
  /** The device lets go by itself, so it is written again and again; else once, and only where it differs. */
  isTimed: boolean
  /** A device that does not take it is as good without. */
  mayFail?: true
  /** Why the device cannot do this. */
  impossible?: string
}>

/** What the orders of a set point depend on. */
export type Context = Readonly<{
  /** The control models as they are now. */
  registers: Registers
  settings: Settings
  /** Seconds of silence after which the device lets go; absent for never. */
  revertSeconds?: number | undefined
  /** What generation is held at then, where the device knows such a value. */
  safeLimitW?: number | undefined
  /** What power is held then, where the device knows such a value. */
  safeSetW?: number | undefined
  /** What a flow reservation grants at the moment. */
  grantedW?: number | undefined
}>

type Values<Name extends string> = Parameters<typeof writesOf<Name>>[1]

/** The steps that give points these values. */
export function steps<Name extends string>(view: View<Name>, values: Values<Name>): Step[] {
  return writesOf(view, values).map((write) => ({ kind: 'write', write }))
}

/** A function that nobody asks for is switched off, where the device has it. */
export function release<Name extends string>(key: string, view: View<Name>, enable: Name): Order {
  return { key, modes: [], steps: has(view, enable) ? steps(view, [[enable, 0]]) : [], isTimed: false }
}

/** The pairs whose value is there. */
export function given<Name extends string>(
  ...pairs: readonly (readonly [name: Name, value: number | undefined])[]
): (readonly [name: Name, value: number])[] {
  return pairs.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
}
