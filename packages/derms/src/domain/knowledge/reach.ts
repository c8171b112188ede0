import type { Der } from './der.ts'

/** What a DER can be brought to, step by step, around what it does of itself. W, export positive; min <= base <= max. */
export type Reach = Readonly<{ baseW: readonly number[]; minW: readonly number[]; maxW: readonly number[] }>

export type Bounds = Readonly<{
  /** What its connection point bears. */
  envelope?: Readonly<{ exportW: number; importW: number }> | undefined
  /** What it holds for reserves of other services. */
  heldUpW?: number
  heldDownW?: number
}>

/** How far a DER can be moved by the controls that it supports; one that cannot be moved stays at its forecast. */
export function reachOf(der: Der, forecast: readonly number[], bounds: Bounds = {}): Reach {
  const baseW = forecast.map((W) => within(W, der.minW, der.maxW))
  if (der.isOff || der.isFaulty) return { baseW, minW: baseW, maxW: baseW }
  const { envelope, heldUpW = 0, heldDownW = 0 } = bounds
  const most = Math.min(canRise(der) ? mostOf(der) : -Infinity, envelope?.exportW ?? Infinity) - heldUpW
  const least = Math.max(canFall(der) ? der.minW : Infinity, -(envelope?.importW ?? Infinity)) + heldDownW
  return {
    baseW,
    maxW: baseW.map((W) => Math.max(W, most)),
    minW: baseW.map((W) => Math.min(W, leastOf(der, least))),
  }
}

/** How a DER is moved: a target can go both ways, a cap only towards nothing. */
export function steeringOf({ kind, modes }: Der): 'target' | 'export-cap' | 'import-cap' | 'none' {
  const has = (...wanted: readonly string[]): boolean => wanted.some((mode) => modes.includes(mode))
  switch (kind) {
    case 'storage':
    case 'pv-storage':
      return has('opModTargetW', 'opModStorageTargetW', 'opModFixedW') ? 'target' : 'none'
    case 'ev':
      if (modes.includes('discharge') && has('opModTargetW', 'opModFixedW')) return 'target'
      return has('opModImpLimW', 'opModLoadLimW', 'opModMaxLimW') ? 'import-cap' : 'none'
    case 'load':
      return has('opModImpLimW', 'opModLoadLimW', 'opModMaxLimW') ? 'import-cap' : 'none'
    case 'pv':
    case 'generator':
      return has('opModGenLimW', 'opModMaxLimW', 'opModExpLimW') ? 'export-cap' : 'none'
    case 'unknown':
      return 'none'
    default:
      return kind satisfies never
  }
}

function canRise(der: Der): boolean {
  return ['target', 'import-cap'].includes(steeringOf(der))
}

function canFall(der: Der): boolean {
  return ['target', 'export-cap'].includes(steeringOf(der))
}

/** A load can be brought to nothing and not beyond. */
function mostOf(der: Der): number {
  return steeringOf(der) === 'import-cap' ? 0 : der.maxW
}

function leastOf(der: Der, least: number): number {
  return steeringOf(der) === 'export-cap' ? Math.max(least, 0) : least
}

function within(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}
