/** The two checksum bytes of a message: Fletcher's sums modulo 255, begun with AA, so that both end at zero over the whole frame. */
export function checksum(bytes: Uint8Array): readonly [number, number] {
  const { a, b } = sums(bytes)
  const first = 255 - ((a + b) % 255)
  return [first, 255 - ((a + first) % 255)]
}

/** Whether the last two bytes are the checksum of those before. */
export function isIntact(frame: Uint8Array): boolean {
  const { a, b } = sums(frame)
  return a === 0 && b === 0
}

function sums(bytes: Uint8Array): { a: number; b: number } {
  let a = 0xaa
  let b = 0
  for (const byte of bytes) {
    a = (a + byte) % 255
    b = (b + a) % 255
  }
  return { a, b }
}
