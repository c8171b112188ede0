/** One field of an intermediate message: big-endian bytes and the value they stand for. */
export type Field = Readonly<{
  name: string
  bytes: number
  /** undefined when the bytes are no value of the field. */
  read(bytes: Buffer): unknown
  write(value: unknown): Buffer
}>

export function unsigned(name: string, bytes: number, most = 256 ** bytes - 1): Field {
  return {
    name,
    bytes,
    read: (from) => atMost(from.readUIntBE(0, bytes), most),
    write: (value) => filled(bytes, (into) => into.writeUIntBE(numberOf(name, value), 0, bytes)),
  }
}

export function signed(name: string, bytes: number): Field {
  return {
    name,
    bytes,
    read: (from) => from.readIntBE(0, bytes),
    write: (value) => filled(bytes, (into) => into.writeIntBE(numberOf(name, value), 0, bytes)),
  }
}

/** A field in which one value, given as a number, means that there is none: null. */
export function optional(field: Field, none: number): Field {
  return {
    ...field,
    read: (from) => noneAsNull(field.read(from), none),
    write: (value) => field.write(value ?? none),
  }
}

/** One byte that counts the words, which must be one of them. */
export function word(name: string, words: readonly unknown[]): Field {
  const index = unsigned(name, 1, words.length - 1)
  return {
    ...index,
    read: (from) => words[index.read(from) as number],
    write: (value) => index.write(words.indexOf(value)),
  }
}

/** ASCII, padded with 00. */
export function text(name: string, bytes: number): Field {
  return {
    name,
    bytes,
    read: (from) => from.toString('latin1').replace(/\0+$/, ''),
    write: (value) => filled(bytes, (into) => into.write(String(value), 'latin1')),
  }
}

/** Bytes that mean nothing: sent as 00, ignored on receipt. */
export function reserved(bytes: number): Field {
  return { name: '', bytes, read: () => null, write: () => Buffer.alloc(bytes) }
}

export const sizeOf = (fields: readonly Field[]): number => fields.reduce((sum, { bytes }) => sum + bytes, 0)

/** The fields in a row from `offset`; undefined when one of them holds no value. */
export function readFields(
  fields: readonly Field[],
  bytes: Buffer,
  offset: number,
): Record<string, unknown> | undefined {
  const values: Record<string, unknown> = {}
  let at = offset
  for (const field of fields) {
    const value = field.read(bytes.subarray(at, at + field.bytes))
    if (value === undefined) return undefined
    if (field.name !== '') values[field.name] = value
    at += field.bytes
  }
  return values
}

export function writeFields(fields: readonly Field[], values: Readonly<Record<string, unknown>>): Buffer {
  return Buffer.concat(fields.map((field) => field.write(values[field.name])))
}

function filled(bytes: number, write: (into: Buffer) => unknown): Buffer {
  const buffer = Buffer.alloc(bytes)
  write(buffer)
  return buffer
}

function numberOf(name: string, value: unknown): number {
  if (typeof value !== 'number') throw new TypeError(`${name} is no number: "${String(value)}"`)
  return value
}

const atMost = (value: number, most: number): number | undefined => (value <= most ? value : undefined)
const noneAsNull = (value: unknown, none: number): unknown => (value === none ? null : value)
