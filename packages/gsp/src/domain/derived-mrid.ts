import { createHash } from 'node:crypto'
import { makeMrid, type Mrid } from '@gridloom/sep2030'

/** Who makes mRIDs, and how the profile spells that number. */
export type Maker = Readonly<{ pen: number; profile: string }>

/** The mRID of something that follows from what it is made of: always the same for the same parts. */
export function derivedMrid(maker: Maker, ...parts: readonly string[]): Mrid {
  return makeMrid(penOf(maker), createHash('sha256').update(parts.join('\n')).digest().subarray(0, 12))
}

/** CSIP-AUS reads the last eight characters as decimal digits, the base standard as the low 32 bits. */
export function penOf({ pen, profile }: Maker): number {
  return profile === 'base' ? pen : Number.parseInt(String(pen), 16)
}
