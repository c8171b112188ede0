import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Observation, TrustRegistration } from '@gridloom/contracts'
import { z } from 'zod'
import { attackNames } from '../attack-names.ts'
import type { Trace } from './generate.ts'
import type { Batch } from './reporter.ts'

const Header = z.object({
  format: z.literal('trust-trace/1'),
  registrations: z.array(TrustRegistration),
  title: z.string().optional(),
})

const Label = z.object({ attack: z.enum(attackNames), subject: z.string(), act: z.string().optional() })

const Line = z.object({
  t: z.number(),
  peer: z.string().optional(),
  observations: z.array(Observation),
  label: Label.optional(),
})

/** Writes a trace as `gridloom trust replay` reads it: a header, then a line for each batch. */
export async function writeTrace(file: string, { title, registrations, batches }: Trace): Promise<void> {
  await using output = await open(file, 'w')
  let text = `${JSON.stringify({ format: 'trust-trace/1', title, registrations })}\n`
  for (const batch of batches) {
    text += `${JSON.stringify(batch)}\n`
    if (text.length < 1_000_000) continue
    await output.write(text)
    text = ''
  }
  await output.write(text)
}

/** Reads a labelled trace; each labelled line is a deed of its own where the label names none. */
export async function readTrace(file: string): Promise<Trace> {
  const batches: Batch[] = []
  let header: z.infer<typeof Header> | undefined
  let number = 0
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    number += 1
    if (text.trim() === '') continue
    const where = `${file}, line ${number}`
    if (header) batches.push(batchOf(parsed(Line, text, where), where))
    else header = parsed(Header, text, where)
  }
  if (!header) throw new Error(`${file} is empty`)
  const attack = batches.find(({ label }) => label)?.label?.attack
  return { title: header.title ?? file, attack, registrations: header.registrations, batches }
}

function batchOf({ t, peer, observations, label }: z.infer<typeof Line>, where: string): Batch {
  const reporter = peer ?? observations[0]?.reporter
  if (reporter === undefined) throw new Error(`${where}: nobody reports it`)
  return { t, peer: reporter, observations, ...(label && { label: { ...label, act: label.act ?? where } }) }
}

function parsed<T>(schema: z.ZodType<T>, text: string, where: string): T {
  try {
    return schema.parse(JSON.parse(text))
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause)
    throw new Error(`${where} is not of a trust trace: ${reason}`, { cause })
  }
}
