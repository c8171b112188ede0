/** A number in [0, 1) that depends on nothing but its arguments: chance that can be looked up for any moment. */
export function noise(seed: number, index: number): number {
  let hash = Math.imul(seed ^ 0x9e37_79b9, 0x85eb_ca6b) ^ Math.imul(index, 0xc2b2_ae35)
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb_352d)
  hash = Math.imul(hash ^ (hash >>> 15), 0x846c_a68b)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}

/** Noise that glides from one whole x to the next. */
export function smoothNoise(seed: number, x: number): number {
  const index = Math.floor(x)
  const rest = x - index
  const weight = rest * rest * (3 - 2 * rest)
  return noise(seed, index) * (1 - weight) + noise(seed, index + 1) * weight
}
