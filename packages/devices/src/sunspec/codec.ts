import type { Point, PointType } from './models/layout.ts'

/** Registers are unsigned 16 bit, the high word first. */
export type Words = ArrayLike<number>

/** The number in the registers at `at`, not scaled; undefined when they say "not implemented" or the model ends before. */
export function rawOf(words: Words, at: number, { type, size }: Point): number | undefined {
  if (at + size > words.length) return undefined
  const registers = Array.from({ length: size }, (_, index) => words[at + index] ?? 0)
  if (isSame(registers, unimplemented(type, size))) return undefined
  const unsigned = registers.reduce((sum, word) => sum * 0x1_0000 + word, 0)
  const isNegative = signed.has(type) && (registers[0] ?? 0) >= 0x8000
  return isNegative ? unsigned - 2 ** (16 * size) : unsigned
}

/** The registers of a number that was scaled already, held within what the type can say. */
export function wordsOf(raw: number, { type, size }: Point): number[] {
  const bits = 16 * size
  // the last value of each type means "not implemented"
  const [least, most] = signed.has(type) ? [1 - 2 ** (bits - 1), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 2]
  // half away from zero, so that charging and discharging are rounded alike
  const rounded = Math.sign(raw) * Math.round(Math.abs(raw))
  const held = BigInt(Math.min(most, Math.max(least, rounded)))
  const pattern = BigInt.asUintN(bits, held)
  return Array.from({ length: size }, (_, index) => Number((pattern >> BigInt(bits - 16 * (index + 1))) & 0xff_ffn))
}

/** What a point that the device does not have reads as. */
export function unimplemented(type: PointType, size: number): number[] {
  if (type === 'acc32' || type === 'acc64' || type === 'string') return Array<number>(size).fill(0)
  const first = signed.has(type) || type === 'sunssf' || type === 'pad' ? 0x8000 : 0xff_ff
  return [first, ...Array<number>(size - 1).fill(first === 0x8000 ? 0 : 0xff_ff)]
}

export function textOf(words: Words, at: number, { size }: Point): string {
  const bytes = Array.from({ length: size }, (_, index) => words[at + index] ?? 0).flatMap((word) => [
    word >> 8,
    word & 0xff,
  ])
  const [text = ''] = Buffer.from(bytes).toString('utf8').split('\0')
  return text.trim()
}

export function wordsOfText(text: string, { size }: Point): number[] {
  const bytes = Buffer.alloc(2 * size)
  bytes.write(text)
  return Array.from({ length: size }, (_, index) => bytes.readUInt16BE(2 * index))
}

const signed: ReadonlySet<PointType> = new Set(['int16', 'int32', 'sunssf'])

function isSame(registers: readonly number[], others: readonly number[]): boolean {
  return registers.every((word, index) => word === others[index])
}
