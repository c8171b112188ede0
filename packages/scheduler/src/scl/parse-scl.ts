import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** An element: its attributes and its children by name, in the order of the file; `text` of a leaf. */
export type Element = Readonly<{
  attributes: Readonly<Record<string, string>>
  children(name: string): readonly Element[]
  child(name: string): Element | undefined
  text: string
}>

const namespace = 'http://www.iec.ch/61850/2003/SCL'
const rootTag = /<(?:[\w.-]+:)?SCL\s[^>]*>/
const mostBytes = 20 * 1_048_576

/** Reads an SCL document; entities are not resolved, and a document type is refused. */
export function parseScl(xml: string): Element {
  const bytes = Buffer.byteLength(xml)
  if (bytes > mostBytes) throw new Error(`the file has ${bytes} bytes, more than the ${mostBytes} that are read`)
  if (/<!DOCTYPE/i.test(xml)) throw new Error('a document type declaration is not read')
  const valid = XMLValidator.validate(xml)
  if (valid !== true) throw new Error(`not well formed at line ${valid.err.line}: ${valid.err.msg}`)
  const document = elementOf(parser.parse(xml))
  const root = document.child('SCL')
  if (!root) throw new Error('the root element is not SCL')
  // the parser takes prefixes away, and with them the declarations
  if (!rootTag.exec(xml)?.[0].includes(`="${namespace}"`)) throw new Error(`SCL is not of the namespace "${namespace}"`)
  return root
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#text',
  alwaysCreateTextNode: true,
  removeNSPrefix: true,
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: (name) => !name.startsWith('@') && name !== '#text',
})

function elementOf(raw: Readonly<Record<string, unknown>>): Element {
  const attributes = Object.fromEntries(
    Object.entries(raw).flatMap(([name, value]) => (name.startsWith('@') ? [[name.slice(1), String(value)]] : [])),
  )
  const seen = new Map<string, readonly Element[]>()
  const children = (name: string): readonly Element[] => {
    const found = raw[name]
    const elements = seen.get(name) ?? (Array.isArray(found) ? found.map(elementOf) : [])
    seen.set(name, elements)
    return elements
  }
  const text = raw['#text']
  return { attributes, children, child: (name) => children(name)[0], text: typeof text === 'string' ? text.trim() : '' }
}
