import { readFileSync } from 'node:fs'
import { decodeDocument, encode, fromJson, toJson } from '@gridloom/sep2030'
import { parse, required, single, UsageError } from '../command.ts'
import { profileOf } from '../profile.ts'

/** Prints a document in the other form: XML becomes JSON {root, value}, and back. */
export async function convert(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, { to: { type: 'string' }, profile: { type: 'string', default: 'base' } })
  const options = { profile: profileOf(values.profile) }
  const to = required(values.to, 'to')
  if (to !== 'xml' && to !== 'json') throw new UsageError(`--to "${to}" is neither xml nor json`)
  const source = readFileSync(single(positionals, 'FILE'))
  const isJson = /^\s*\{/.test(source.toString('latin1', 0, 200))
  const document = isJson ? fromJson(source.toString(), options) : decodeDocument(source, options)
  if (to === 'json') process.stdout.write(`${toJson(document)}\n`)
  else process.stdout.write(Buffer.concat([encode(document.type, document.value, options), Buffer.from('\n')]))
  return 0
}
