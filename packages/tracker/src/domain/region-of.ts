import { murmur3 } from './murmur3.ts'

const seed = 42

/** The region of a peer (§1): its name's hash, cut into even half-open ranges, one for each region. */
export function regionOf(name: string, regions: number): Readonly<{ hash: number; region: number }> {
  const hash = murmur3(new TextEncoder().encode(name), seed)
  return { hash, region: Number(((BigInt(hash) + 2n ** 31n) * BigInt(regions)) >> 32n) }
}
