import type { DeviceConfig } from '@gridloom/devices'

/** Bits of DeviceCategoryType. */
const bits = {
  pv: 21,
  battery: 25,
  'water-heater': 3,
  'ev-charger': 17,
  building: 14,
  generator: 19,
  'pv-battery': 23,
  cta2045: 3,
  mqtt: 21,
  scheduled: 25,
  sunspec: 21,
} as const satisfies Record<DeviceConfig['kind'], number>

/** The DeviceCategoryType of a configured device, as eight hex digits. */
export function deviceCategoryOf(kind: DeviceConfig['kind']): string {
  return (2 ** bits[kind]).toString(16).toUpperCase().padStart(8, '0')
}
