import type { Lease, PeerKind, PeerReport } from '@gridloom/contracts'
import type { Duty } from './duty.ts'
import type { Sight } from './sight.ts'

export type Standing = Readonly<{
  id: string
  kind: PeerKind
  class: number
  merit: number
  duty: Duty
  /** The load of its tree, as it knows it. */
  loadKw: number
  /** The most that its firm load has been of late. */
  firmPeakKw: number
  lease: Lease | undefined
}>

/** What a peer tells its tracker of itself (§5). */
export function reportOf(
  { id, kind, merit, duty, loadKw, firmPeakKw, lease, ...own }: Standing,
  sight: Sight,
): PeerReport {
  const { capacityKw, outputKw } = sight
  switch (kind) {
    case 'stochastic':
      return { id, kind, capacityKw, outputKw, loadKw, availableKw: sight.availableKw }
    case 'fixed':
      return { id, kind, capacityKw, outputKw, loadKw, online: (duty.powerKw ?? outputKw) > 0 }
    case 'continuous':
      return { id, kind, capacityKw, outputKw: Math.min(duty.powerKw ?? outputKw, capacityKw), loadKw, merit }
    case 'storage':
      return storageReport(id, duty, loadKw, sight)
    case 'consumer': {
      const { shed, waiting } = duty
      // what has been told to wait may still run for a moment: it does not count twice
      const runningKw = Math.max(0, wantedKwOf(duty, sight) - (waiting?.kw ?? 0))
      const deferrableKw = runningKw + (shed?.kw ?? 0)
      return {
        id,
        kind,
        class: own.class,
        stochasticKw: sight.firmKw,
        stochasticMaxKw: Math.max(firmPeakKw, sight.firmKw),
        deferrableKw,
        drKw: deferrableKw,
        shedKw: shed?.kw ?? 0,
        ...(waiting && { waiting }),
        ...(lease && { lease }),
      }
    }
    default:
      return kind satisfies never
  }
}

/** What can wait of the load, also while it starves and so draws nothing of it. */
export function wantedKwOf({ starves }: Duty, { flexibleKw }: Sight): number {
  return Math.max(flexibleKw, starves?.wantedKw ?? 0)
}

function storageReport(id: string, duty: Duty, loadKw: number, sight: Sight): PeerReport {
  const { availableKwh, reserveKwh, capacityKwh, dischargeRateKw } = sight
  const mode = modeOf(duty, sight)
  // what it takes by itself is what flows; what it would take is its rate
  const own = duty.mode === undefined && mode === 'charging'
  const chargingRateKw = own ? sight.flexibleKw + sight.firmKw : sight.chargingRateKw
  const dischargeKw = mode === 'discharging' ? Math.min(duty.powerKw ?? sight.outputKw, dischargeRateKw) : 0
  return {
    id,
    kind: 'storage',
    mode,
    chargingRateKw,
    dischargeRateKw,
    dischargeKw,
    availableKwh,
    capacityKwh,
    reserveKwh,
    loadKw,
  }
}

/** A storage that has given all sleeps, whatever it was told (§2); one that is full takes nothing more. */
function modeOf({ mode }: Duty, { storing, isEmpty, isFull }: Sight): 'charging' | 'idle' | 'discharging' | 'sleeping' {
  const present = mode ?? (storing === 'holding' ? 'idle' : storing)
  if (present === 'charging') return isFull ? 'idle' : 'charging'
  return isEmpty ? 'sleeping' : present
}
