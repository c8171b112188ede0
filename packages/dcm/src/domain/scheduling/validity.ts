import type { EventCopy } from './event.ts'

const randomizationLimit = 3600
const wholePercent = 10_000

/** Whether the event makes sense at all (D21); one that does not is answered by 253. */
export function isValid({ duration, randomizeStart = 0, randomizeDuration = 0, controls }: EventCopy): boolean {
  if (duration <= 0 || duration + Math.min(0, randomizeDuration) <= 0) return false
  if (Math.abs(randomizeStart) > randomizationLimit || Math.abs(randomizeDuration) > randomizationLimit) return false
  const entries = Object.entries(controls)
  return entries.length > 0 && entries.every(([name, value]) => isInRange(name, value))
}

/** The PerCent and SignedPerCent elements of DERControlBase and EndDeviceControl, in hundredths. */
function isInRange(name: string, value: unknown): boolean {
  switch (name) {
    case 'opModMaxLimW':
      return isWithin(value, 0, wholePercent)
    case 'opModFixedW':
      return isWithin(value, -wholePercent, wholePercent)
    case 'opModFixedVar':
      return isWithin(member(value, 'value') ?? value, -wholePercent, wholePercent)
    case 'Offset':
      return isWithin(member(value, 'loadAdjustmentPercentageOffset'), 0, wholePercent)
    default:
      return true
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}

function isWithin(value: unknown, least: number, most: number): boolean {
  return typeof value !== 'number' || (least <= value && value <= most)
}
