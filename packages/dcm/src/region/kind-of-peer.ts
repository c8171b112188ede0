import type { PeerKind } from '@gridloom/contracts'
import type { DeviceConfig } from '@gridloom/devices'

/** What a device is in its region (region-tracking §1). */
export function kindOfPeer(device: DeviceConfig): PeerKind {
  switch (device.kind) {
    case 'pv':
    case 'sunspec':
      return 'stochastic'
    case 'battery':
    case 'pv-battery':
      return 'storage'
    case 'generator':
      return device.output
    case 'water-heater':
    case 'ev-charger':
    case 'building':
    case 'cta2045':
    case 'mqtt':
      return 'consumer'
    default:
      return device satisfies never
  }
}

/** How important a consumer is when nobody says: heat can wait, a vehicle too, a house cannot. */
export function usualClass({ kind }: DeviceConfig): number {
  return kind === 'building' ? 3 : 6
}
