import { SepError, type SepErrorCode } from '../errors.ts'

/** What a document or a value can break: stable names, so that operators can count by them. */
export type Rule =
  // the document as XML
  | 'encoding'
  | 'well-formed'
  | 'character'
  | 'doctype'
  | 'entity'
  | 'namespace'
  // the document under the schema
  | 'root'
  | 'unknown-element'
  | 'unknown-attribute'
  | 'missing-element'
  | 'missing-attribute'
  | 'order'
  | 'occurrences'
  | 'content'
  | 'xsi-type'
  | 'xsi-nil'
  // a value under its type
  | 'integer'
  | 'range'
  | 'boolean'
  | 'hex'
  | 'length'
  | 'uri'
  | 'lexical'
  | 'kind'
  // what the reader is prepared to read
  | 'limit-bytes'
  | 'limit-depth'
  | 'limit-occurrences'
  | 'limit-attributes'

export type Fault = Readonly<{ rule: Rule; path: string; message: string; found?: string }>

const codes: Partial<Record<Rule, SepErrorCode>> = { encoding: 'unsupported', 'limit-bytes': 'tooLarge' }

export function faulty({ rule, path, message, found }: Fault): SepError {
  const text = `${path || '/'}: ${message}${found === undefined ? '' : `, found "${shortened(found)}"`}`
  return new SepError(codes[rule] ?? 'invalid', text, {
    path: path || '/',
    rule,
    ...(found === undefined ? {} : { found }),
  })
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
