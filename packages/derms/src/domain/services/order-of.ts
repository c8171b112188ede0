import type { ControlFields } from '@gridloom/contracts'
import type { Der } from '../knowledge/der.ts'
import { steeringOf } from '../knowledge/reach.ts'

/** Says a set point in the controls that a DER supports. W, export positive; undefined when it has none that say it. */
export function orderOf(der: Der, W: number): ControlFields | undefined {
  const has = (mode: string): boolean => der.modes.includes(mode)
  const ratedW = Math.max(der.maxW, -der.minW)
  switch (steeringOf(der)) {
    case 'target':
      if (has('opModTargetW')) return { opModTargetW: Math.round(W) }
      if (has('opModStorageTargetW')) return { opModStorageTargetW: Math.round(W) }
      return { opModFixedW: percent(W, W < 0 ? -der.minW : der.maxW) }
    case 'export-cap': {
      const cap = Math.max(Math.round(W), 0)
      if (has('opModGenLimW')) return { opModGenLimW: cap }
      if (has('opModMaxLimW')) return { opModMaxLimW: percent(cap, ratedW) }
      return { opModExpLimW: cap }
    }
    case 'import-cap': {
      const cap = Math.max(Math.round(-W), 0)
      if (has('opModImpLimW')) return { opModImpLimW: cap }
      if (has('opModLoadLimW')) return { opModLoadLimW: cap }
      return { opModMaxLimW: percent(cap, ratedW) }
    }
    default:
      return undefined
  }
}

/** Says a bound of its own of an operating envelope; undefined when it has no control for that. */
export function boundOf(der: Der, bound: Readonly<{ exportW?: number; importW?: number }>): ControlFields | undefined {
  const has = (mode: string): boolean => der.modes.includes(mode)
  const fields: ControlFields = {}
  const ratedW = Math.max(der.maxW, -der.minW)
  if (bound.exportW !== undefined && der.maxW > 0) {
    const cap = Math.max(Math.floor(bound.exportW), 0)
    // of what only generates the same as its orders
    if (der.minW === 0 && has('opModGenLimW')) fields.opModGenLimW = cap
    else if (has('opModExpLimW')) fields.opModExpLimW = cap
    else if (has('opModGenLimW')) fields.opModGenLimW = cap
    // who draws too reads it as a cap on that
    else if (der.minW === 0 && has('opModMaxLimW')) fields.opModMaxLimW = percent(cap, ratedW)
    else return undefined
  }
  if (bound.importW !== undefined && der.minW < 0) {
    const cap = Math.max(Math.floor(bound.importW), 0)
    if (has('opModImpLimW')) fields.opModImpLimW = cap
    else if (has('opModLoadLimW')) fields.opModLoadLimW = cap
    else if (der.maxW === 0 && has('opModMaxLimW')) fields.opModMaxLimW = percent(cap, ratedW)
    else return undefined
  }
  return Object.keys(fields).length > 0 ? fields : undefined
}

/** To the hundredth that the wire holds, never beyond 100. */
function percent(value: number, of: number): number {
  if (of <= 0) return 0
  return Math.min(Math.max(Math.round((value / of) * 10_000) / 100, -100), 100)
}
