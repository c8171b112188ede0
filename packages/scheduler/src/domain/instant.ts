import { z } from 'zod'

/** A UTC instant `YYYY-MM-DDThh:mm:ssZ`, read as seconds since 1970. */
export const Instant = z.iso
  .datetime({ precision: 0, error: 'expected an instant YYYY-MM-DDThh:mm:ssZ' })
  .transform((text) => Date.parse(text) / 1000)

/** The text of an instant given in seconds since 1970. */
export function instantText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}
