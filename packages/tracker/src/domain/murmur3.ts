/** MurmurHash3 for x86, 32 bits, as a signed number. */
export function murmur3(bytes: Uint8Array, seed: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const whole = bytes.length - (bytes.length % 4)
  let hash = seed
  for (let at = 0; at < whole; at += 4) {
    hash = Math.imul(rotated(hash ^ scrambled(view.getUint32(at, true)), 13), 5) + 0xe6546b64
  }
  const tail = bytes.subarray(whole).reduce((word, byte, index) => word | (byte << (8 * index)), 0)
  return finished(hash ^ scrambled(tail) ^ bytes.length)
}

function scrambled(word: number): number {
  return Math.imul(rotated(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593)
}

function finished(hash: number): number {
  const first = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35)
  return second ^ (second >>> 16)
}

function rotated(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}
