/** Seven octets of a time in UTC (CP56Time2a), from seconds since 1970. */
export function encodeTime(seconds: number): Buffer {
  const date = new Date(Math.round(seconds * 1000))
  const octets = Buffer.alloc(7)
  octets.writeUInt16LE(date.getUTCSeconds() * 1000 + date.getUTCMilliseconds(), 0)
  octets[2] = date.getUTCMinutes()
  octets[3] = date.getUTCHours()
  octets[4] = date.getUTCDate() | ((date.getUTCDay() || 7) << 5)
  octets[5] = date.getUTCMonth() + 1
  octets[6] = date.getUTCFullYear() % 100
  return octets
}

/** Seconds since 1970; undefined when the sender marked it invalid. */
export function decodeTime(octets: Buffer): number | undefined {
  const minute = octets.readUInt8(2)
  if ((minute & 0x80) !== 0) return undefined
  const [hour, day, month, year] = [3, 4, 5, 6].map((at) => octets.readUInt8(at)) as [number, number, number, number]
  const at = Date.UTC(2000 + (year & 0x7f), (month & 0x0f) - 1, day & 0x1f, hour & 0x1f, minute & 0x3f)
  return (at + octets.readUInt16LE(0)) / 1000
}
