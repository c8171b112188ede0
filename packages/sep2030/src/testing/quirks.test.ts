import { describe, expect, it } from 'vitest'
import { checkDocument } from '../check.ts'
import { libxml2 } from './libxml2.ts'
import { openXerces } from './xerces.ts'

// Where a judge leaves the specification: the codec keeps to it, and the other tests go round these places.
const ns = 'xmlns="urn:ieee:std:2030.5:ns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
const power = (content: string) =>
  `<ActivePower ${ns}>${content}<multiplier>0</multiplier><value>1</value></ActivePower>`
const link = (href: string) => `<TimeLink ${ns} href="${href}"/>`
const yes = true
const no = false

const quirks: readonly (readonly [
  about: string,
  document: string,
  codec: boolean,
  libxml: boolean,
  xerces: boolean,
])[] = [
  ['white space in a CDATA section between elements', power('<![CDATA[ ]]>'), yes, no, yes],
  ['an empty CDATA section in an empty element', `<TimeLink ${ns} href=""><![CDATA[]]></TimeLink>`, yes, no, yes],
  ['white space around the name of a type', `<TimeLink ${ns} href="" xsi:type=" TimeLink "/>`, yes, no, yes],
  ['a colon in the target of a processing instruction', power('<?a:b c?>'), no, no, yes],
  ['a root without a declaration but with a type', `<foo ${ns} href="" xsi:type="TimeLink"/>`, no, no, yes],
  ['a scheme and nothing else', link('http:'), no, yes, no],
  ['an address in brackets that is none', link('http://[1:2]/'), no, yes, no],
  ['brackets in the query', link('?a[b]'), no, no, yes],
  ['a port that is no number', link('http://host:port/'), no, no, yes],
  ['a document type declaration, which IEEE 2030.5 has no use for', `<!DOCTYPE ActivePower>${power('')}`, no, yes, yes],
]
const xerces = openXerces()

describe('a document with', () => {
  it.each(quirks)('%s', (_about, document, codec, libxml) => {
    expect({ codec: checkDocument(document).valid, libxml: libxml2(document) === undefined }).toEqual({ codec, libxml })
  })
})

it.runIf(xerces)('is judged by Xerces as noted', () => {
  const embeddable = quirks.filter(([, document]) => !document.startsWith('<!'))
  const verdicts = xerces?.(embeddable.map(([, document]) => document)).map((finding) => finding === undefined)
  expect(verdicts).toEqual(embeddable.map(([, , , , expected]) => expected))
})
