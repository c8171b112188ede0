/** A link code, a data-link, basic or intermediate message in words; `op` is null where only the opcodes are known. */
export type Message = Readonly<{ layer: Layer; op: string | null } & Record<string, unknown>>

export type Layer = 'link' | 'dataLink' | 'basic' | 'intermediate'

export type Fault =
  | 'bad-checksum'
  | 'truncated'
  | 'length-mismatch'
  | 'unknown-type'
  | 'unsupported-opcode'
  | 'invalid-operand'
  | 'noise'

/** What a payload says, or what is wrong with it. */
export type Reading = Readonly<{ fault: Fault | null; decoded: Message | null }>

export const good = (decoded: Message): Reading => ({ fault: null, decoded })
export const faulty = (fault: Fault, decoded: Message | null = null): Reading => ({ fault, decoded })

/** The two bytes of the message type of each layer that is supported. */
export const messageTypes = { basic: [0x08, 0x01], intermediate: [0x08, 0x02], dataLink: [0x08, 0x03] } as const

/** The layer of a message type, if it is one of ours. */
export function layerOf(first: number, second: number): keyof typeof messageTypes | undefined {
  if (first !== 0x08) return undefined
  return ([undefined, 'basic', 'intermediate', 'dataLink'] as const)[second]
}
