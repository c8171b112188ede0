import { unimplemented, wordsOfText } from '../codec.ts'
import type { Layout, Model, Point } from '../models/layout.ts'
import { groupOf, type View, viewOf, writesOf } from '../view.ts'
import { ModbusFault } from './modbus-server.ts'

/** One model as the simulator keeps it; its registers change in place. */
export type Block<Name extends string = string> = View<Name> &
  Readonly<{
    id: number
    words: number[]
    /** Whether a register may be written, by its place in the block. */
    writable: readonly boolean[]
    /** The function that a register belongs to, for messages and limits: its point's name. */
    names: readonly string[]
  }>

export type Values<Name extends string> = Readonly<Partial<Record<Name, number | string>>>

/** Groups that follow the fixed part of a model. */
export type Part = Readonly<{ layout: Layout; values?: Values<string> }>

/** The chain of models from the marker to the end, at one base address. */
export type Image = Readonly<{
  read(address: number, count: number): number[]
  /** Writes registers that may be written; the others are an illegal address. */
  write(address: number, words: readonly number[]): void
  /** The block and the point that a register belongs to. */
  pointAt(address: number): Readonly<{ block: Block; name: string }> | undefined
  block<Name extends string>(model: Model<Name>): Block<Name> | undefined
}>

export type Content = Readonly<{ model: Model; values: Values<string>; parts?: readonly Part[] }>

const marker = [0x53_75, 0x6e_53]
const end = [0xff_ff, 0]

export function createImage(contents: readonly Content[], base: number): Image {
  let next = base + marker.length
  const blocks = contents.map((content) => {
    const block = createBlock(content, next)
    next += block.words.length
    return block
  })
  const find = (address: number) =>
    blocks.find((one) => one.address <= address && address < one.address + one.words.length)
  const wordAt = (address: number): number => {
    const block = find(address)
    const fixed = address < base + marker.length ? marker[address - base] : end[address - next]
    const word = block ? block.words[address - block.address] : fixed
    if (word === undefined) throw new ModbusFault('illegalAddress', `there is no register ${address}`)
    return word
  }
  return {
    read: (address, count) => Array.from({ length: count }, (_, index) => wordAt(address + index)),
    write(address, words) {
      for (const index of words.keys()) {
        const block = find(address + index)
        const isWritable = block?.writable[address + index - block.address]
        if (!isWritable) throw new ModbusFault('illegalAddress', `register ${address + index} is only read`)
      }
      for (const [index, word] of words.entries()) {
        const block = find(address + index)
        if (block) block.words[address + index - block.address] = word
      }
    },
    pointAt(address) {
      const block = find(address)
      return block && { block, name: block.names[address - block.address] ?? '' }
    },
    block<Name extends string>(model: Model<Name>) {
      return blocks.find(({ id }) => id === model.id) as Block<Name> | undefined
    },
  }
}

function createBlock({ model, values, parts = [] }: Content, address: number): Block {
  const size = model.size + parts.reduce((sum, { layout }) => sum + layout.size, 0)
  const words = Array<number>(size).fill(0)
  const writable = Array<boolean>(size).fill(false)
  const names = Array<string>(size).fill('')
  words[0] = model.id
  words[1] = size - 2
  const view = viewOf(model, words, address)
  const place = (target: View, own: Values<string>): void => {
    for (const [name, point] of Object.entries<Point>(target.layout.points)) {
      const at = target.base + point.at
      for (let index = 0; index < point.size; index += 1) {
        words[at + index] = unimplemented(point.type, point.size)[index] ?? 0
        writable[at + index] = point.writable && own[name] !== undefined
        names[at + index] = name
      }
    }
    put(target, own)
  }
  place(view, values)
  let at = model.size
  for (const { layout, values: own = {} } of parts) {
    place(groupOf(view, layout, at), own)
    at += layout.size
  }
  return { ...view, id: model.id, words, writable, names }
}

/** Puts values, in their units, into the registers of a view; scale factors first, since the others need them. */
export function put<Name extends string>(view: View<Name>, values: Values<Name>): void {
  const words = view.words as number[]
  const entries = Object.entries<number | string | undefined>(values) as [Name, number | string | undefined][]
  const isScale = ([name]: [Name, unknown]): boolean => view.layout.points[name].type === 'sunssf'
  for (const [name, value] of entries.toSorted((a, b) => Number(isScale(b)) - Number(isScale(a)))) {
    if (value === undefined) continue
    const point = view.layout.points[name]
    const [write] = typeof value === 'number' ? writesOf(view, [[name, value]]) : []
    const content = write?.words ?? wordsOfText(String(value), point)
    for (const [index, word] of content.entries()) words[view.base + point.at + index] = word
  }
}
