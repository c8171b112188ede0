import type { Quantity } from '@gridloom/contracts'
import type { Value } from './schedule.ts'

/** The modes of a DERControlBase that become schedules; percentages in hundredths, as on the wire. */
export type Base = Readonly<{
  opModMaxLimW?: number | undefined
  opModFixedW?: number | undefined
  opModTargetW?: Readonly<{ multiplier: number; value: number }> | undefined
  opModConnect?: boolean | undefined
  opModEnergize?: boolean | undefined
}>

/** What percentages are of, in watts. */
export type Bases = Readonly<{ setMaxW: number; setMaxChargeRateW: number; setMaxDischargeRateW: number }>

/** The value that a control means for a quantity; undefined when it says nothing of it (scheduling.md §6). */
export function valueOf(quantity: Quantity, base: Base, bases: Bases): Value | undefined {
  switch (quantity) {
    case 'MaxPow':
      return base.opModMaxLimW === undefined ? undefined : (base.opModMaxLimW * bases.setMaxW) / 10_000
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
  MaxPow: ['opModMaxLimW'],
  ActPow: ['opModTargetW', 'opModFixedW'],
  OnOff: ['opModConnect', 'opModEnergize'],
}

function activePowerOf({ opModTargetW, opModFixedW }: Base, bases: Bases): number | undefined {
  if (opModTargetW) return opModTargetW.value * 10 ** opModTargetW.multiplier
  if (opModFixedW === undefined) return undefined
  const { setMaxW, setMaxDischargeRateW, setMaxChargeRateW } = bases
  const base = opModFixedW < 0 ? setMaxChargeRateW : setMaxDischargeRateW || setMaxW
  return (opModFixedW * base) / 10_000
}
