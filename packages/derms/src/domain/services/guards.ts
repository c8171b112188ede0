import type { Candidate } from './allocate.ts'
import type { Band } from './band.ts'
import { boundOf } from './order-of.ts'
import type { Wanted } from './wanted.ts'

export type GuardOptions = Readonly<{
  /** What each does by the plan. */
  W: ReadonlyMap<string, number>
  band: Band
  /** What the plan comes to at the point. */
  sumW: number
}>

/**
 * Bounds for those who need not move for a limit: what the limit still leaves is shared out in the ratio of what each might
 * add by itself, so that the limit holds between two looks at it, whatever they do. Who fits in with all that it is rated
 * for needs none.
 */
export function guardsOf(candidates: readonly Candidate[], options: GuardOptions): ReadonlyMap<string, Wanted> {
  const { highW, lowW } = options.band
  const exports = highW === undefined ? new Map() : capsOf(candidates, 'export-cap', highW - options.sumW, options)
  const imports = lowW === undefined ? new Map() : capsOf(candidates, 'import-cap', options.sumW - lowW, options)
  return new Map(candidates.flatMap((candidate) => guardOf(candidate, { exports, imports, ...options })))
}

type Caps = ReadonlyMap<string, number>
type Side = 'export-cap' | 'import-cap'

/** The bound of each, with its part of what is left. */
function capsOf(candidates: readonly Candidate[], side: Side, leftW: number, { W }: GuardOptions): Caps {
  const sign = side === 'export-cap' ? 1 : -1
  const risks = candidates.flatMap(({ der }) => {
    const rated = side === 'export-cap' ? der.maxW : -der.minW
    const flowW = Math.max(sign * (W.get(der.lfdi) ?? 0), 0)
    return rated > 0 ? [{ lfdi: der.lfdi, rated, flowW, room: Math.max(rated - flowW, 0) }] : []
  })
  const room = risks.reduce((sum, risk) => sum + risk.room, 0)
  const share = room > 0 ? Math.min(Math.max(leftW, 0) / room, 1) : 1
  return new Map(share === 1 ? [] : risks.map(({ lfdi, flowW, room: own }) => [lfdi, flowW + share * own]))
}

function guardOf(
  { der, reach }: Candidate,
  { exports, imports }: Readonly<{ exports: Caps; imports: Caps }>,
): readonly (readonly [string, Wanted])[] {
  const { lfdi, maxW, minW } = der
  const [exportW, importW] = [exports.get(lfdi), imports.get(lfdi)]
  const controls = boundOf(der, {
    ...(exportW !== undefined && { exportW }),
    ...(importW !== undefined && { importW }),
  })
  if (!controls) return []
  const common = { lfdi, baseW: reach.baseW[0] ?? 0, controls, deadbandW: deadband * Math.max(maxW, -minW) }
  if (exportW !== undefined) return [[lfdi, { ...common, W: exportW, steering: 'export-cap' }]]
  return [[lfdi, { ...common, W: -(importW ?? 0), steering: 'import-cap' }]]
}

// of its rating: bounds move with every reading of everybody
const deadband = 0.05
