import { readFileSync } from 'node:fs'
import { decodeFrames, type DecodedFrame } from '@gridloom/devices'
import { parse, single, UsageError, type Command } from '../command.ts'
import { writeJson } from '../io.ts'

export const cta2045: Command = {
  summary: 'decode CTA-2045 (EcoPort) messages',
  usage: `gridloom cta2045 decode FILE [--json]
    says what a default receiver makes of each frame of a vector file, a JSON list or of lines of hex, and what it
    answers; with --json one object per line: {id, valid, fault, decoded, linkReply, appReply}`,
  async run([verb, ...argv]) {
    if (verb !== 'decode') throw new UsageError(`there is no "cta2045 ${verb ?? ''}"`)
    const { values, positionals } = parse(argv, { json: { type: 'boolean' } })
    for (const frame of framesIn(single(positionals, 'FILE'))) {
      if (values.json) writeJson(frame, true)
      else process.stdout.write(`${lineOf(frame)}\n`)
    }
    return 0
  },
}

function framesIn(file: string): ReturnType<typeof decodeFrames> {
  const text = readFileSync(file, 'utf8')
  try {
    return decodeFrames(text)
  } catch (err) {
    throw new Error(`${file} cannot be read as frames`, { cause: err })
  }
}

function lineOf({ id, fault, decoded, linkReply, appReply }: DecodedFrame): string {
  const { layer, op, ...fields } = decoded ?? { layer: undefined, op: undefined }
  const said = decoded ? [layer, op ?? 'unknown', JSON.stringify(fields)] : []
  const answers = [linkReply, appReply].filter((reply) => reply !== null).map((reply) => `→ ${reply}`)
  return [id, fault ?? 'ok', ...said, ...answers].join('  ')
}
