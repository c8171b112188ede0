import type { DeviceProfile, EventCopy, EventKind } from './event.ts'

/** Fields that several events may hold at once: their values are combined with AND, nobody loses them (D14). */
const shared: ReadonlySet<string> = new Set(['opModConnect', 'opModEnergize'])

/** Members of DERControlBase that say how to get to a set point and are none themselves. */
const manners: ReadonlySet<string> = new Set(['rampTms'])

export function isShared(field: string): boolean {
  return shared.has(field)
}

/** What the device can follow of an event's controls, and the fields in which the event meets others (D6). */
export function followed(
  kind: EventKind,
  copy: EventCopy,
  device: DeviceProfile,
): { fields: readonly string[]; controls: EventCopy['controls'] } {
  switch (kind) {
    case 'DERControl': {
      const controls = pick(copy.controls, device.modes && [...device.modes, ...manners])
      return { fields: Object.keys(controls).filter((name) => !manners.has(name)), controls }
    }
    case 'EndDeviceControl': {
      const controls = pick(copy.controls, device.drlc)
      const fields = Object.keys(controls).length > 0 ? categoryFields(copy, device) : []
      return { fields, controls }
    }
    case 'TimeTariffInterval':
      return { fields: [`price:${copy.component ?? ''}`], controls: copy.controls }
    case 'FlowReservationResponse':
      return { fields: [`flow:${copy.subject ?? ''}`], controls: copy.controls }
    default:
      return kind satisfies never
  }
}

/** An event without categories is for every device; one with them needs a bit in common. */
export function categoryMatches(copy: EventCopy, device: DeviceProfile): boolean {
  return copy.deviceCategory === undefined || commonBits(copy, device) !== 0
}

function pick(controls: EventCopy['controls'], names: readonly string[] | undefined): EventCopy['controls'] {
  if (!names) return controls
  return Object.fromEntries(Object.entries(controls).filter(([name]) => names.includes(name)))
}

function categoryFields(copy: EventCopy, device: DeviceProfile): readonly string[] {
  const bits = copy.deviceCategory === undefined ? bitmap(device.deviceCategory) : commonBits(copy, device)
  return Array.from({ length: 32 }, (_, bit) => bit)
    .filter((bit) => (bits >>> bit) & 1)
    .map((bit) => `category:${bit}`)
}

function commonBits(copy: EventCopy, device: DeviceProfile): number {
  return bitmap(copy.deviceCategory) & bitmap(device.deviceCategory)
}

/** HexBinary32 as a number; absent is no bit. */
export function bitmap(hex: string | undefined): number {
  return hex === undefined ? 0 : Number.parseInt(hex, 16)
}
