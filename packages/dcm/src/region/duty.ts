import type { PeerKind, RegionCommand } from '@gridloom/contracts'

/** What its region wants of a device at present; powers in kW. */
export type Duty = Readonly<{
  /** Of a storage; absent: it does as it likes. */
  mode?: 'charging' | 'idle' | 'discharging'
  /** What it discharges with, or what a generator is set to. */
  powerKw?: number
  /** Of a stochastic generator. */
  limitKw?: number
  /** Of a consumer: what it gave up, and what it may draw since. */
  shed?: Readonly<{ kw: number; leftKw: number }>
  /** A load that has not begun: held until it is told, or until `latest`. */
  waiting?: Readonly<{ kw: number; since: number; latest: number }>
  /** Has no tree; what it drew before and could do without is what it still wants. */
  starves?: Readonly<{ wantedKw: number }>
  /** The part of what it could do without that it allows itself while nobody steers it (§6). */
  frugal?: Readonly<{ part: number; ofKw: number }>
}>

/** The duty after a command; undefined when the device is not of the kind that could. */
export function obey(
  kind: PeerKind,
  duty: Duty,
  { op, kw }: Pick<RegionCommand, 'op' | 'kw'>,
  capacityKw: number,
): Duty | undefined {
  switch (op) {
    case 'startStoring':
      return kind === 'storage' ? { mode: 'charging', powerKw: kw } : undefined
    case 'stopStoring':
      return kind === 'storage' ? { mode: 'idle' } : undefined
    case 'transition':
    case 'setDischarge':
      if (kind !== 'storage') return undefined
      return kw > 0 ? { mode: 'discharging', powerKw: kw } : { mode: 'idle' }
    case 'startFixed':
      return kind === 'fixed' ? { powerKw: capacityKw } : undefined
    case 'stopFixed':
      return kind === 'fixed' ? { powerKw: 0 } : undefined
    case 'setOutput':
      return kind === 'continuous' ? { powerKw: kw } : undefined
    case 'curtail':
      if (kind !== 'stochastic') return undefined
      return kw < capacityKw ? { limitKw: kw } : {}
    case 'startDeferred': {
      const { waiting: _, ...rest } = duty
      return kind === 'consumer' ? rest : undefined
    }
    case 'shed':
    case 'release':
      // passed on to consumers, not done by who gets the command
      return undefined
    default:
      return op satisfies never
  }
}

/** Halves what a consumer allows itself at every warning of its generator (§6). */
export function warned({ frugal, ...duty }: Duty, flexibleKw: number): Duty {
  return { ...duty, frugal: { part: (frugal?.part ?? 1) / 2, ofKw: frugal?.ofKw ?? flexibleKw } }
}

/** Takes a tenth more after a quiet period. */
export function recovered(duty: Duty): Duty {
  const { frugal, ...rest } = duty
  const part = (frugal?.part ?? 1) + 0.1
  return frugal && part < 1 ? { ...rest, frugal: { ...frugal, part } } : rest
}
