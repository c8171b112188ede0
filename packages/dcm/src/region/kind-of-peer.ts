import type { PeerKind } from '@gridloom/contracts'
import type { DeviceConfig, DeviceKind } from '@gridloom/devices'

/** What a device is in its region (region-tracking §1). */
export function kindOfPeer(kind: DeviceKind, device: DeviceConfig): PeerKind {
  switch (kind) {
    case 'pv':
      return 'stochastic'
    case 'storage':
    case 'pv-storage':
      return 'storage'
    case 'ev':
    case 'evse':
    case 'load':
      return 'consumer'
    case 'generator':
      return device.kind === 'generator' ? device.output : 'continuous'
    default:
      return kind satisfies never
  }
}

/** How important a consumer is when nobody says: heat can wait, a vehicle too, a house cannot. */
export function usualClass({ kind }: DeviceConfig): number {
  return kind === 'building' ? 3 : 6
}
