import { decodeDocument, SepError, type Profile } from '@gridloom/sep2030'
import { hash } from 'node:crypto'
import { factsOf, type Facts } from './facts.ts'
import { oddValue } from './odd-values.ts'
import { shapeOf } from './server.ts'

/** What is wrong with a body: its XML, what no message needs, its namespace, a value, or the schema otherwise. */
export type Fault = Readonly<{ kind: 'ill-formed' | 'hostile' | 'namespace' | 'value' | 'schema'; detail: string }>

/** A body as it reads: its true digest, its root and facts, or its fault. */
export type Content = Readonly<{
  sha256: string
  root?: string
  facts: Facts
  fault?: Fault
  /** The shapes of the paths that it names. */
  shapes?: readonly string[]
}>

const mostBytes = 1024 * 1024
const mostDepth = 64
const keptBodies = 1024
const keptLength = 16_384

const noFacts: Facts = {}

/** Reads bodies, each only once while it stays in use: what many poll is the same text for all. */
export function createReader(): (body: string) => Content {
  const kept = new Map<string, Content>()
  return (body) => {
    const known = kept.get(body)
    if (known) return known
    const content = readContent(body)
    if (body.length > keptLength) return content
    if (kept.size >= keptBodies) kept.delete(kept.keys().next().value ?? '')
    kept.set(body, content)
    return content
  }
}

/** An extension asks for more than the standard, and each edition for something else: what any of them takes is well formed. */
function readContent(body: string): Content {
  if (!body.includes('csipaus')) return readUnder('base', body)
  const contents = function* () {
    for (const profile of ['csipaus-1.3', 'csipaus-1.2', 'base'] as const) yield readUnder(profile, body)
  }
  return contents().find(({ fault }) => fault === undefined) ?? readUnder('csipaus-1.3', body)
}

function readUnder(profile: Profile, body: string): Content {
  const sha256 = hash('sha256', body, 'hex')
  try {
    const document = decodeDocument(body, {
      profile,
      limits: { bytes: mostBytes, depth: mostDepth },
      unknown: 'skip',
      tolerate: ['former-names', 'uncounted-list'],
    })
    const facts = factsOf(document)
    const odd = oddValue(facts, document.value)
    const fault = odd === undefined ? undefined : ({ kind: 'value', detail: odd } as const)
    return { sha256, root: document.root, facts, shapes: shapesIn(body), ...(fault && { fault }) }
  } catch (error) {
    if (!(error instanceof SepError)) throw error
    return { sha256, facts: noFacts, fault: faultOf(error) }
  }
}

/** Every path that a document names, in whatever attribute or element: the shapes of all of them are published. */
function shapesIn(body: string): readonly string[] {
  const shapes = new Set<string>()
  for (const [, path] of body.matchAll(/(?:href="|replyTo="|>)(\/[^"<>\s]*)/g)) shapes.add(shapeOf(path ?? ''))
  return [...shapes]
}

function faultOf({ rule = 'content', path = '/', found = '' }: SepError): Fault {
  const detail = `${rule} at ${path}`.slice(0, 120)
  if (rule === 'root' && !knownNamespaces.some((namespace) => found.includes(namespace))) {
    return { kind: 'namespace', detail }
  }
  return { kind: kinds.get(rule) ?? 'schema', detail }
}

const knownNamespaces = ['urn:ieee:std:2030.5:ns', 'https://csipaus.org/ns', 'http://csipaus.org/ns']

const kinds = new Map<string, Fault['kind']>([
  ['encoding', 'ill-formed'],
  ['well-formed', 'ill-formed'],
  ['character', 'ill-formed'],
  ['doctype', 'hostile'],
  ['entity', 'hostile'],
  ['limit-depth', 'hostile'],
  ['limit-bytes', 'hostile'],
  ['limit-occurrences', 'hostile'],
  ['limit-attributes', 'hostile'],
  ['namespace', 'namespace'],
  ['range', 'value'],
])
