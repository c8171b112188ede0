import { readFields, sizeOf, writeFields } from './fields.ts'
import { type Form, forms } from './intermediate-forms.ts'
import { faulty, good, type Message, type Reading } from './message.ts'

/** Why an intermediate request was not done: the first byte after the opcodes of a reply. */
export const responseCodes = {
  success: 0,
  notImplemented: 1,
  badValue: 2,
  lengthError: 3,
  tooLong: 4,
  busy: 5,
  other: 6,
  customerOverride: 7,
  notEnabled: 8,
} as const

export type ResponseCode = keyof typeof responseCodes

const layer = 'intermediate'

/** What an intermediate payload of two bytes or more says. */
export function readIntermediate(payload: Buffer): Reading {
  const [opcode1 = 0, opcode2 = 0] = payload
  const known = forms.filter(({ opcodes }) => opcodes[0] === opcode1 && opcodes[1] === opcode2)
  const fullest = known.at(-1)
  if (!fullest) return faulty('unsupported-opcode', { layer, op: null, opcode1, opcode2 })
  const form = known.find((one) => fits(one, payload.length))
  if (!form) return faulty('length-mismatch', { layer, op: fullest.op })
  const values = read(form, payload)
  if (!values) return faulty('invalid-operand', { layer, op: form.op })
  return good({ layer, op: form.op, ...form.constants, ...values, ...form.derive?.(values) })
}

/** The payload that says so. */
export function writeIntermediate(message: Message): Buffer {
  const form = forms.findLast((one) => one.op === message.op && carries(one, message))
  if (!form) throw new TypeError(`there is no intermediate message "${message.op}" with these fields`)
  const tails = (form.tails ?? []).filter((fields) => fields.some(({ name }) => (message[name] ?? null) !== null))
  const rows = form.rows && (message[form.rows.name] as readonly Row[])
  return Buffer.concat([
    Buffer.from(form.opcodes),
    writeFields([...form.fields, ...tails.flat()], message),
    ...(form.rows && rows ? rows.map((row) => writeFields(form.rows?.fields ?? [], packed(row))) : []),
    ...(form.rest === undefined ? [] : [Buffer.from(String(message[form.rest] ?? ''), 'hex')]),
  ])
}

type Row = Readonly<Record<string, unknown>>

function fits({ fields, tails = [], rows, rest }: Form, length: number): boolean {
  const extra = length - 2 - sizeOf(fields)
  if (rest !== undefined) return extra >= 0
  if (rows) return extra % sizeOf(rows.fields) === 0 && extra / sizeOf(rows.fields) >= rows.least
  return [[], ...tails].some((_, count) => extra === sizeOf(tails.slice(0, count).flat()))
}

function read(form: Form, payload: Buffer): Row | undefined {
  const fixed = readFields(form.fields, payload, 2)
  if (!fixed) return undefined
  const tails = readTails(form, payload)
  const rows = form.rows && readRows(form.rows, payload, 2 + sizeOf(form.fields))
  if (!tails || (form.rows && !rows)) return undefined
  const rest = form.rest === undefined ? {} : { [form.rest]: payload.toString('hex', 2 + sizeOf(form.fields)) }
  return { ...fixed, ...tails, ...(form.rows && { [form.rows.name]: rows }), ...rest }
}

function readTails({ fields, tails = [] }: Form, payload: Buffer): Row | undefined {
  const values: Record<string, unknown> = {}
  let at = 2 + sizeOf(fields)
  for (const tail of tails) {
    const isThere = at < payload.length
    const found = isThere ? readFields(tail, payload, at) : Object.fromEntries(tail.map(({ name }) => [name, null]))
    if (!found) return undefined
    Object.assign(values, found)
    at += sizeOf(tail)
  }
  return values
}

function readRows({ fields }: NonNullable<Form['rows']>, payload: Buffer, from: number): readonly Row[] | undefined {
  const size = sizeOf(fields)
  const rows: Row[] = []
  for (let at = from; at < payload.length; at += size) {
    const row = readFields(fields, payload, at)
    if (!row) return undefined
    rows.push(unpacked(row))
  }
  return rows
}

function carries({ fields, rows, constants = {} }: Form, message: Message): boolean {
  const names = [...fields.map(({ name }) => name).filter((name) => name !== ''), ...(rows ? [rows.name] : [])]
  const hasAll = names.every((name) => message[name] !== undefined && message[name] !== 'all')
  return hasAll && Object.entries(constants).every(([name, value]) => message[name] === value)
}

// A commodity code and the bit that says measured share a byte.
const unpacked = ({ code, ...row }: Row): Row =>
  'rate' in row ? { code: Number(code) & 0x7f, measured: Number(code) >= 0x80, ...row } : { code, ...row }
const packed = ({ code, measured, ...row }: Row): Row => ({
  code: Number(code) + (measured === true ? 0x80 : 0),
  ...row,
})
