import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkDocument } from '../check.ts'
import { libxml2 } from '../testing/libxml2.ts'
import { openXerces } from '../testing/xerces.ts'
import { decodeDocument } from './decode.ts'
import { encode } from './encode.ts'
import type { Profile } from './schema.ts'

type Vector = Readonly<{
  id: string
  root: string
  valid: boolean
  violation: string | null
  xml: string
  profile: Profile
}>

const vectors = [...read('instances.jsonl'), ...read('csipaus.jsonl')]
const valid = vectors.filter((vector) => vector.valid)
const profiles = new Set(vectors.map(({ profile }) => profile))
const xerces = openXerces()

describe('the documents of vectors/sep', () => {
  it('are valid or not as they were judged', () => {
    const wrong = vectors.filter(
      ({ xml, profile, valid: expected }) => checkDocument(xml, { profile }).valid !== expected,
    )
    expect(wrong.map(({ id, profile, violation }) => ({ id, profile, violation }))).toEqual([])
  })

  it.each(faultyOfEachKind())('are refused with a path and a rule: $violation', ({ xml, profile }) => {
    const { errors } = checkDocument(xml, { profile })
    expect(errors).toEqual([
      { path: expect.stringMatching(/^\/\w/), rule: expect.any(String), message: expect.any(String) },
    ])
  })

  it('give the same value when written and read again', () => {
    for (const { xml, profile } of valid) {
      const document = decodeDocument(xml, { profile })
      expect(decodeDocument(encode(document.type, document.value, { profile }), { profile })).toEqual(document)
    }
  })

  it('are judged alike by libxml2 with our schema', () => {
    const wrong = vectors.filter(
      ({ xml, profile, valid: expected }) => (libxml2(xml, profile) === undefined) !== expected,
    )
    expect(wrong.map(({ id }) => id)).toEqual([])
  })

  it('are still valid for libxml2 as we write them', () => {
    expect(valid.map(({ xml, profile }) => libxml2(rewritten(xml, profile), profile))).toEqual(
      valid.map(() => undefined),
    )
  })
})

describe.runIf(xerces)('the documents of vectors/sep, for Xerces (needs a JDK)', () => {
  it.each([...profiles])('are judged alike with our schema: %s', (profile) => {
    const documents = vectors.filter((vector) => vector.profile === profile)
    const verdicts =
      xerces?.(
        documents.map(({ xml }) => withoutProlog(xml)),
        profile,
      ) ?? []
    const wrong = documents.filter((vector, i) => (verdicts[i] === undefined) !== vector.valid)
    expect(wrong.map(({ id }) => id)).toEqual([])
  })

  it.each([...profiles])('are still valid as we write them: %s', (profile) => {
    const documents = valid
      .filter((vector) => vector.profile === profile)
      .map(({ xml }) => rewritten(xml, profile).toString())
    expect(xerces?.(documents, profile)).toEqual(documents.map(() => undefined))
  })
})

function read(file: string): readonly Vector[] {
  const text = readFileSync(join(import.meta.dirname, '../../../../test/vectors/sep', file), 'utf8')
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Vector & { profile?: string })
  return lines.map((vector) => ({
    ...vector,
    profile: (vector.profile ? `csipaus-${vector.profile}` : 'base') as Profile,
  }))
}

function faultyOfEachKind(): readonly Vector[] {
  return [
    ...new Map(vectors.flatMap((vector) => (vector.violation ? [[vector.violation, vector] as const] : []))).values(),
  ]
}

function rewritten(xml: string, profile: Profile): Buffer {
  const { type, value } = decodeDocument(xml, { profile })
  return encode(type, value, { profile })
}

function withoutProlog(xml: string): string {
  return xml.replace(/^<\?xml[^>]*\?>\s*/, '')
}
