import type { PlannedDevice } from '../plan.ts'
import { morningOffset, type Scene } from './scene.ts'

const mainsVolts = 240

/** A device of the plan as an emulated one; the number makes its day its own. */
export function emulated(device: PlannedDevice, number: number, scene: Scene) {
  return { ...equipmentOf(device), seed: number, utcOffsetSeconds: morningOffset(scene) }
}

function equipmentOf(device: PlannedDevice) {
  const { kind, maxW } = device
  switch (kind) {
    case 'pv':
      return { kind, maxW }
    case 'storage':
      return { kind: 'battery', maxW, capacityWh: device.maxWh, idle: 'self-consumption' }
    case 'load':
      return { kind: 'water-heater', maxW }
    case 'vehicle':
      return { kind: 'ev-charger', maxA: Math.floor(maxW / mainsVolts) }
    default:
      return kind satisfies never
  }
}
