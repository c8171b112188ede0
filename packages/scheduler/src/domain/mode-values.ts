import type { Quantity } from '@gridloom/contracts'
import type { Value } from './schedule.ts'

type Watts = Readonly<{ multiplier: number; value: number }>

/** The modes of a DERControlBase that become schedules; percentages in hundredths, as on the wire. */
export type Base = Readonly<{
  opModMaxLimW?: number | undefined
  opModExpLimW?: Watts | undefined
  opModGenLimW?: Watts | undefined
  opModImpLimW?: Watts | undefined
  opModLoadLimW?: Watts | undefined
  opModFixedW?: number | undefined
  opModTargetW?: Watts | undefined
  opModConnect?: boolean | undefined
  opModEnergize?: boolean | undefined
}>

/** What percentages are of, in watts. */
export type Bases = Readonly<{ setMaxW: number; setMaxChargeRateW: number; setMaxDischargeRateW: number }>

/** The value that a control means for a quantity; undefined when it says nothing of it (scheduling.md §6). */
export function valueOf(quantity: Quantity, base: Base, bases: Bases): Value | undefined {
  switch (quantity) {
    case 'MaxPow':
      return leastOf(fieldsOf.MaxPow.map((field) => wattsOf(field, base, bases)))
    case 'ActPow':
      return activePowerOf(base, bases)
    case 'OnOff':
      if (base.opModConnect === undefined && base.opModEnergize === undefined) return undefined
      return base.opModConnect !== false && base.opModEnergize !== false
    default:
      return quantity satisfies never
  }
}

/** The fields of a DERControlBase that a quantity is made of. */
export const fieldsOf: Readonly<Record<Quantity, readonly (keyof Base)[]>> = {
  MaxPow: ['opModMaxLimW', 'opModExpLimW', 'opModGenLimW'],
  ActPow: ['opModTargetW', 'opModFixedW'],
  OnOff: ['opModConnect', 'opModEnergize'],
}

/** The limits on what a device draws: no quantity says them (scheduling.md §1). */
export const drawLimits = ['opModImpLimW', 'opModLoadLimW'] as const satisfies readonly (keyof Base)[]

/** The watts that a control allows in one of its limits. */
export function wattsOf(field: keyof Base, base: Base, { setMaxW }: Bases): number | undefined {
  const limit = base[field]
  if (typeof limit === 'number') return (limit * setMaxW) / 10_000
  return typeof limit === 'object' ? unscaled(limit) : undefined
}

function leastOf(watts: readonly (number | undefined)[]): number | undefined {
  const known = watts.filter((one) => one !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

function unscaled({ value, multiplier }: Watts): number {
  return value * 10 ** multiplier
}

function activePowerOf({ opModTargetW, opModFixedW }: Base, bases: Bases): number | undefined {
  if (opModTargetW) return unscaled(opModTargetW)
  if (opModFixedW === undefined) return undefined
  const { setMaxW, setMaxDischargeRateW, setMaxChargeRateW } = bases
  const base = opModFixedW < 0 ? setMaxChargeRateW : setMaxDischargeRateW || setMaxW
  return (opModFixedW * base) / 10_000
}
