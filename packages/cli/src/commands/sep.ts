import { createReadStream, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { createInterface } from 'node:readline'
import { checkDocument, profiles, type Profile, type Verdict } from '@gridloom/sep2030'
import { z } from 'zod'
import { parse, UsageError, type Command } from '../command.ts'
import { profileOf } from '../profile.ts'
import { convert } from './sep-convert.ts'

const usage = `gridloom sep check [--profile ${profiles.join('|')}] [--json] FILE...
    validates XML files, or the lines {id, xml, profile?} of a .jsonl file or of standard input (-)
    exit code 1 when a document is not valid; --json prints {id, valid, root?, errors:[{path, rule, message}]} per document
gridloom sep convert --to xml|json [--profile PROFILE] FILE
    prints the document in the other form`

const verbs: Readonly<Record<string, (argv: readonly string[]) => Promise<number>>> = { check, convert }

export const sep: Command = {
  summary: 'validate and convert IEEE 2030.5 documents',
  usage,
  run: async ([verb = '', ...argv]) => {
    const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined
    if (!run) throw new UsageError(`sep does not know "${verb}"`)
    return run(argv)
  },
}

type Source = Readonly<{ id: string; document: Uint8Array | string; profile?: Profile | undefined }>

async function check(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, {
    profile: { type: 'string', default: 'base' },
    json: { type: 'boolean', default: false },
  })
  const usual = profileOf(values.profile)
  if (positionals.length === 0) throw new UsageError('FILE is missing')
  let faults = 0
  for (const file of positionals) {
    for await (const { id, document, profile = usual } of sourcesIn(file)) {
      const verdict = checkDocument(document, { profile })
      if (!verdict.valid) faults += 1
      await print(values.json ? JSON.stringify({ id, ...verdict }) : describe(id, verdict))
    }
  }
  return faults > 0 ? 1 : 0
}

async function* sourcesIn(file: string): AsyncIterable<Source> {
  if (file !== '-' && !file.endsWith('.jsonl')) {
    yield { id: basename(file), document: readFileSync(file) }
    return
  }
  const input = file === '-' ? process.stdin : createReadStream(file)
  let number = 0
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1
    if (line.trim()) yield sourceOf(line, `${file === '-' ? 'standard input' : file}, line ${number}`)
  }
}

const Line = z.object({ id: z.string(), xml: z.string(), profile: z.string().nullish() })

function sourceOf(line: string, where: string): Source {
  const { id, xml, profile } = parsed(line, where)
  return { id, document: xml, profile: profile ? profileOf(profile) : undefined }
}

function parsed(line: string, where: string): z.infer<typeof Line> {
  try {
    return Line.parse(JSON.parse(line))
  } catch (err) {
    const reason = err instanceof z.ZodError ? z.prettifyError(err) : (err as Error).message
    throw new Error(`${where} is not a JSON line {id, xml, profile?}: ${reason}`, { cause: err })
  }
}

function describe(id: string, { valid, root = '', errors }: Verdict): string {
  if (valid) return `${id}  valid  ${root}`
  return errors.map(({ path, rule, message }) => `${id}  not valid  ${path}  ${rule}: ${message}`).join('\n')
}

/** A corpus of verdicts may be piped: wait for the reader instead of filling memory. */
async function print(line: string): Promise<void> {
  if (process.stdout.write(`${line}\n`)) return
  await new Promise((resolve) => process.stdout.once('drain', resolve))
}
