import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Profile } from '../codec/schema.ts'
import { schemaFile } from './schemas.ts'

/** Judges well-formed documents without a prolog: for each what Xerces has against it, or nothing. */
export type Xerces = (documents: readonly string[], profile?: Profile) => readonly (string | undefined)[]

/**
 * The validator of xsd-schema-validator, compiled for the JDK at hand; undefined where there is none. It judges one
 * document per process, so many are put into one, each on lines of its own, and its findings are told apart by line.
 */
export function openXerces(): Xerces | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-xerces-'))
  if (!compile(folder)) return undefined
  return (documents, profile = 'base') => {
    const schema = join(folder, `${profile}.xsd`)
    writeFileSync(schema, wrapperSchema(profile))
    const { text, lines } = wrapped(documents)
    const findings = validate(folder, schema, text)
    return documents.map((_, i) => {
      const [first = 0, last = 0] = lines[i] ?? []
      return findings.find(({ line }) => line >= first && line <= last)?.message
    })
  }
}

function compile(folder: string): boolean {
  const home = dirname(createRequire(import.meta.url).resolve('xsd-schema-validator/package.json'))
  try {
    execFileSync('javac', ['-d', folder, join(home, 'support/XMLValidator.java')], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function validate(
  folder: string,
  schema: string,
  document: string,
): readonly Readonly<{ line: number; message: string }>[] {
  const args = [
    '-Dfile.encoding=UTF-8',
    '-cp',
    folder,
    'support.XMLValidator',
    '-insecure',
    '-stdin',
    `-schema=${schema}`,
  ]
  const { stderr, stdout } = spawnSync('java', args, { input: document, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (stderr.includes('[fatal]') || !stdout.includes('result='))
    throw new Error(`Xerces gave up: ${stderr.slice(-500)}`)
  const findings = stderr.matchAll(/^\[error\] (.*?) \((\d+):\d+\)$/gms)
  return [...findings].map(([, message = '', line]) => ({ line: Number(line), message }))
}

const wrapper = 'urn:gridloom:judged-together'

function wrapperSchema(profile: Profile): string {
  return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="${wrapper}" elementFormDefault="qualified">
  <xs:import namespace="urn:ieee:std:2030.5:ns" schemaLocation="${schemaFile(profile)}"/>
  <xs:element name="all"><xs:complexType><xs:sequence>
    <xs:any namespace="##any" processContents="strict" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>`
}

function wrapped(
  documents: readonly string[],
): Readonly<{ text: string; lines: readonly (readonly [number, number])[] }> {
  let text = `<w:all xmlns:w="${wrapper}">\n`
  let line = 2
  const lines = documents.map((document) => {
    const length = document.split(/\r\n?|\n/).length
    text += `${withoutPairs(document)}\n`
    line += length
    return [line - length, line - 1] as const
  })
  return { text: `${text}</w:all>\n`, lines }
}

/** Xerces holds a maxLength against UTF-16 units and not, as XML Schema does, characters: it is given none that has two. */
function withoutPairs(document: string): string {
  return document.replaceAll(/[\u{10000}-\u{10FFFF}]/gu, '@').replaceAll(/&#x10?[0-9a-f]{4};/gi, '@')
}
