import type { RegionOp } from '@gridloom/contracts'
import type { Patch } from './member.ts'

/** What a command makes of the report of the peer that it is for. */
export function patchOf(op: RegionOp, kw: number): Patch {
  switch (op) {
    case 'startStoring':
      return { mode: 'charging', dischargeKw: 0 }
    case 'stopStoring':
      return { mode: 'idle' }
    case 'transition':
    case 'setDischarge':
      return kw > 0 ? { mode: 'discharging', dischargeKw: kw } : { mode: 'idle', dischargeKw: 0 }
    case 'startFixed':
      return { online: true }
    case 'stopFixed':
      return { online: false }
    case 'setOutput':
      return { outputKw: kw }
    case 'shed':
      return { shedKw: kw }
    case 'release':
      return { shedKw: 0 }
    case 'startDeferred':
      return { startedKw: kw }
    case 'curtail':
      return {}
    default:
      return op satisfies never
  }
}

/** Commands after which a peer stays as it is for the dwell time. */
export function isTurn(op: RegionOp, kw: number): boolean {
  const turns: readonly RegionOp[] = [
    'startStoring',
    'stopStoring',
    'transition',
    'startFixed',
    'stopFixed',
    'shed',
    'release',
  ]
  return turns.includes(op) || (op === 'setDischarge' && kw === 0)
}
