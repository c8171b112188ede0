/** A control field with what it carries (IEC 60870-5-104 §5): numbers count I frames, modulo 32768. */
export type Apdu = Readonly<
  | { kind: 'I'; send: number; receive: number; asdu: Buffer }
  | { kind: 'S'; receive: number }
  | { kind: 'U'; function: UFunction }
>

/** The unnumbered functions and their control octets. */
export const uFunctions = {
  startAct: 0x07,
  startCon: 0x0b,
  stopAct: 0x13,
  stopCon: 0x23,
  testAct: 0x43,
  testCon: 0x83,
} as const
export type UFunction = keyof typeof uFunctions

const startOctet = 0x68
const mostOctets = 253

/** The frames of a stream so far, and what is left of it; an error when it is no such stream. */
export function framesOf(stream: Buffer): Readonly<{ frames: readonly Apdu[]; rest: Buffer }> {
  const frames: Apdu[] = []
  let rest = stream
  while (rest.length >= 2) {
    const [start, length = 0] = rest
    if (start !== startOctet) throw new Error(`a frame begins with ${start}, not with ${startOctet}`)
    if (length < 4 || length > mostOctets) throw new Error(`a frame of ${length} octets`)
    if (rest.length < length + 2) break
    frames.push(apduOf(rest.subarray(2, length + 2)))
    rest = rest.subarray(length + 2)
  }
  return { frames, rest }
}

function apduOf(octets: Buffer): Apdu {
  const first = octets.readUInt16LE(0)
  const receive = octets.readUInt16LE(2) >> 1
  if ((first & 1) === 0) return { kind: 'I', send: first >> 1, receive, asdu: octets.subarray(4) }
  if ((first & 3) === 1) return { kind: 'S', receive }
  const name = Object.entries(uFunctions).find(([, octet]) => octet === octets[0])?.[0]
  if (name === undefined) throw new Error(`an unnumbered frame ${octets[0]} of no known function`)
  return { kind: 'U', function: name as UFunction }
}

export function encodeApdu(apdu: Apdu): Buffer {
  const asdu = apdu.kind === 'I' ? apdu.asdu : Buffer.alloc(0)
  const head = Buffer.alloc(6)
  head[0] = startOctet
  head[1] = 4 + asdu.length
  switch (apdu.kind) {
    case 'I':
      head.writeUInt16LE(apdu.send << 1, 2)
      head.writeUInt16LE(apdu.receive << 1, 4)
      break
    case 'S':
      head[2] = 1
      head.writeUInt16LE(apdu.receive << 1, 4)
      break
    case 'U':
      head[2] = uFunctions[apdu.function]
      break
    default:
      apdu satisfies never
  }
  return Buffer.concat([head, asdu])
}
