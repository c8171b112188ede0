import type { DecodeOptions, Document } from './codec/decode.ts'
import type { Element } from './codec/element.ts'
import { encode } from './codec/encode.ts'
import { schemaOf } from './codec/schema.ts'
import { SepError } from './errors.ts'

declare global {
  // in Node since 22, in TypeScript's libraries not yet
  interface JSON {
    rawJSON(text: string): object
    parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown
  }
}

/** A document as JSON, `{ "root": "Time", "value": { … } }`, integers with all their digits. */
export function toJson({ root, value }: Pick<Document, 'root' | 'value'>): string {
  return JSON.stringify(
    { root, value },
    (_key, item) => (typeof item === 'bigint' ? JSON.rawJSON(String(item)) : item),
    2,
  )
}

/** A document from its JSON, held to the schema as one in XML is. */
export function fromJson(text: string, { profile = 'base' }: Pick<DecodeOptions, 'profile'> = {}): Document {
  const { root, value } = parsed(text)
  const schema = schemaOf(profile)
  const declared = schema.rootNamed(root, schema.namespaceOf(root))
  if (!declared)
    throw new SepError('invalid', `no element that a document may begin with: "${root}"`, { rule: 'root', found: root })
  const type: Element<unknown> = { name: root, type: declared.name }
  encode(type, value, { profile })
  return { root, type, value }
}

function parsed(text: string): Readonly<{ root: string; value: unknown }> {
  const document = parsedJson(text)
  if (typeof document === 'object' && document !== null && 'root' in document && 'value' in document) {
    if (typeof document.root === 'string') return { root: document.root, value: document.value }
  }
  throw new SepError('invalid', 'not of the form {"root": …, "value": …}', { rule: 'json' })
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text, (_key, value, { source }) => exact(value, source))
  } catch (cause) {
    throw new SepError('invalid', 'not JSON', { rule: 'json', cause })
  }
}

function exact(value: unknown, source = ''): unknown {
  return typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source) ? BigInt(source) : value
}
