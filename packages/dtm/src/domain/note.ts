import type { Observation, TrustRole } from '@gridloom/contracts'
import { SepError } from '@gridloom/sep2030'
import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** A message in the XML of the source project: `message/{to,from,timestamp,contents/*}`. */
export type Note = Readonly<{ to: string; from: string; timestamp: number | undefined; contents: unknown }>

const parser = new XMLParser({ processEntities: false, ignoreAttributes: false, parseTagValue: false })

/** Reads a note; whatever it carries beside the four known elements is kept in its text. */
export function parseNote(xml: string): Note {
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) throw new SepError('invalid', 'a message carries no document type')
  const verdict = XMLValidator.validate(xml)
  if (verdict !== true) throw new SepError('invalid', `the message is no XML: ${verdict.err.msg}`)
  const { message } = parser.parse(xml) as { message?: unknown }
  if (typeof message !== 'object' || message === null) throw new SepError('invalid', 'there is no element "message"')
  const { to, from, timestamp, contents } = message as Record<string, unknown>
  return { to: textOf(to, 'to'), from: textOf(from, 'from'), timestamp: secondsOf(timestamp), contents }
}

export type NoteContext = Readonly<{
  reporter: string
  role: TrustRole
  seq: number
  receivedAt: number
  text: string
  sha256: string
  roleOf: (lfdi: string) => TrustRole | undefined
}>

/** The observation that a note amounts to: a copy of a message, with what its ends are called. */
export function observationOf({ to, from, timestamp }: Note, context: NoteContext): Observation {
  const ends = { from: endOf(from, context), to: endOf(to, context) }
  const isDevice = ends.from.role === 'DER' || ends.to.role === 'DER'
  const length = Buffer.byteLength(context.text)
  return {
    v: 1,
    seq: context.seq,
    reporter: context.reporter,
    observedAt: timestamp ?? context.receivedAt,
    leg: isDevice ? 'DCM-DER' : 'GSP-DCM',
    ...ends,
    kind: kindOf(ends.from.role, isDevice),
    contentType: 'application/xml',
    length,
    sha256: context.sha256,
    ...(length <= 65_536 && { body: context.text }),
  }
}

function kindOf(from: TrustRole, isDevice: boolean): Observation['kind'] {
  if (isDevice) return from === 'DER' ? 'device-reply' : 'device-command'
  return from === 'GSP' ? 'response' : 'request'
}

/** An end is named by its LFDI or by its role; the reporter's own role means the reporter. */
function endOf(name: string, { reporter, role, roleOf }: NoteContext): Observation['from'] {
  const word = name.trim().toUpperCase()
  if (/^[0-9A-F]{40}$/.test(word)) return { role: roleOf(word) ?? 'UNKNOWN', id: word }
  if (word === role) return { role, id: reporter }
  if (word === 'DER') return { role: 'DER', id: `${reporter}/der/1` }
  const known = (['GSP', 'DCM', 'DTM', 'AGG', 'OPR'] as const).find((each) => each === word)
  return { role: known ?? 'UNKNOWN', id: word.slice(0, 100) }
}

function textOf(value: unknown, name: string): string {
  if (typeof value === 'string' && value.trim() !== '') return value
  throw new SepError('invalid', `the message has no text in "${name}"`)
}

/** Seconds or milliseconds since 1970, or a date; undefined for anything else. */
function secondsOf(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined
  const number = Number(value)
  if (Number.isFinite(number)) return Math.abs(number) > 1e11 ? number / 1000 : Math.max(number, 0)
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(date / 1000, 0)
}
