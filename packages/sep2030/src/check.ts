import { decodeDocument, type DecodeOptions } from './codec/decode.ts'
import { SepError } from './errors.ts'

export type Finding = Readonly<{ path: string; rule: string; message: string }>
export type Verdict = Readonly<{ valid: boolean; root?: string; errors: readonly Finding[] }>

/** Judges a document: valid, or what is wrong with it; reading ends at the first fault. */
export function checkDocument(source: Uint8Array | string, options: DecodeOptions = {}): Verdict {
  try {
    return { valid: true, root: decodeDocument(source, options).root, errors: [] }
  } catch (error) {
    if (!(error instanceof SepError)) throw error
    return { valid: false, errors: [findingOf(error)] }
  }
}

function findingOf({ path = '/', rule = 'invalid', message }: SepError): Finding {
  return { path, rule, message }
}
