import { createHash } from 'node:crypto'

/** A seeded source: the same seed gives the same run. */
export type Random = Readonly<{
  /** A number in [0, 1). */
  next(): number
  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number
  bytes(count: number): Uint8Array
  /** An independent source for one part of a run, so that parts do not disturb one another. */
  fork(label: string): Random
}>

/** Not for keys: those come from node:crypto. */
export function createRandom(seed: string | number): Random {
  const next = xoshiro128(createHash('sha256').update(String(seed)).digest())
  return {
    next,
    integer: (least, most) => least + Math.floor(next() * (most - least + 1)),
    bytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(next() * 256)),
    fork: (label) => createRandom(`${seed}/${label}`),
  }
}

/** The xoshiro128** generator of Blackman and Vigna over the first 128 bits of a hash. */
function xoshiro128(hash: Buffer): () => number {
  let a = hash.readUInt32LE(0)
  let b = hash.readUInt32LE(4)
  let c = hash.readUInt32LE(8)
  let d = hash.readUInt32LE(12)
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotate(d, 11)
    return result / 2 ** 32
  }
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits))
}
