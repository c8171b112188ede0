/** Longest event that a duration byte can name: 35 h 50 min 32 s. */
export const longestSeconds = 129_032

/** Seconds of a duration byte; null for 00, until told otherwise, and for FF, longer than the longest. */
export function durationOf(byte: number): number | null {
  return byte === 0x00 || byte === 0xff ? null : 2 * byte * byte
}

/** The duration byte that ends no sooner than after `seconds`; null lasts until told otherwise. */
export function durationByte(seconds: number | null): number {
  if (seconds === null) return 0x00
  if (seconds > longestSeconds) return 0xff
  return Math.max(1, Math.ceil(Math.sqrt(seconds / 2)))
}

/** Ratio to the normal price of a price index; null for 00, unknown, and FF, too large. */
export function relativePriceOf(byte: number): number | null {
  return byte === 0x00 || byte === 0xff ? null : ((byte - 1) * (byte + 63)) / 8192
}

/** The nearest price index; null is unknown. */
export function priceByte(ratio: number | null): number {
  if (ratio === null) return 0x00
  const index = Math.round(-31 + Math.sqrt(3844 + 4 * (63 + 8192 * Math.max(0, ratio))) / 2)
  return Math.min(254, Math.max(1, index))
}

/** Bits 0 to 6 of a power level, rounded down so that the level is never above what was meant. */
export function powerLevelByte(fraction: number): number {
  return Math.floor(127 * Math.min(1, Math.max(0, fraction)))
}

/** The bytes that each max payload code stands for. */
export const payloadSizes = [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1280, 1500, 2048, 4096] as const

/** Seconds from 1970 to 2000-01-01, from where this standard counts. */
export const epoch2000 = 946_684_800
