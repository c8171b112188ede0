import type { LocalOrder, PeerKind } from '@gridloom/contracts'
import type { Duty } from './duty.ts'
import type { Sight } from './sight.ts'

/** What a duty asks of the device, as a local order says it; undefined when nothing. */
export type Wish = Readonly<Pick<LocalOrder, 'targetW' | 'maxExportW' | 'maxImportW'>>

export function wishOf(kind: PeerKind, duty: Duty, sight: Sight): Wish | undefined {
  switch (kind) {
    case 'stochastic':
      return duty.limitKw === undefined ? undefined : { maxExportW: watts(duty.limitKw) }
    case 'fixed':
    case 'continuous':
      return duty.powerKw === undefined ? undefined : { targetW: watts(duty.powerKw) }
    case 'storage':
      return storageWish(duty, sight)
    case 'consumer':
      return consumerWish(duty, sight)
    default:
      return kind satisfies never
  }
}

function storageWish({ mode, powerKw = 0 }: Duty, { chargingRateKw }: Sight): Wish | undefined {
  if (mode === undefined) return undefined
  if (mode === 'charging') return { targetW: -watts(powerKw || chargingRateKw) }
  return { targetW: mode === 'discharging' ? watts(powerKw) : 0 }
}

/** The tightest of: no tree, a start that is deferred, what was shed, and what a consumer allows itself. */
function consumerWish({ starves, waiting, shed, frugal }: Duty, { firmKw }: Sight): Wish | undefined {
  if (starves || waiting) return { maxImportW: 0 }
  const caps = [...(shed ? [shed.leftKw] : []), ...(frugal ? [firmKw + frugal.part * frugal.ofKw] : [])]
  return caps.length > 0 ? { maxImportW: watts(Math.max(0, Math.min(...caps))) } : undefined
}

function watts(kw: number): number {
  return Math.round(1000 * kw)
}
