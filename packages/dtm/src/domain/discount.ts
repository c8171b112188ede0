import { defaults, type TrustParameters } from './parameters.ts'

/** Who saw a message: the DTM itself or both ends, one other actor of effective trust Te, or the subject alone. */
export type Witness = Readonly<{ kind: 'certain' } | { kind: 'reporter'; Te: number } | { kind: 'self' }>

/** How far a report is believed (§4 step 2): nobody gains by praising itself, and what it admits counts in full. */
export function discountOf(witness: Witness, clean: boolean, parameters: TrustParameters = defaults): number {
  switch (witness.kind) {
    case 'certain':
      return 1
    case 'reporter':
      return Math.min(Math.max(witness.Te, parameters.leastDiscount), 1)
    case 'self':
      return clean ? parameters.selfDiscount : 1
    default:
      return witness satisfies never
  }
}
