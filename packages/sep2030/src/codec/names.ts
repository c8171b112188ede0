export const standardNamespace = 'urn:ieee:std:2030.5:ns'
/** The namespace before the edition of 2018. */
export const formerNamespace = 'http://ieee.org/2030.5'
/** What elements of a type were called in earlier versions: CSIP-AUS 1.1 had another name for one. */
export const formerNames: Readonly<Record<string, string>> = { 'ConnectionPointType/id': 'connectionPointId' }
export const xsiNamespace = 'http://www.w3.org/2001/XMLSchema-instance'
export const xsdNamespace = 'http://www.w3.org/2001/XMLSchema'
export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'
export const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/'

const start =
  'A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}' +
  '\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}'
const ncName = new RegExp(`^[${start}][${start}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}]*$`, 'u')

/** True of a name without a colon, after Namespaces in XML 1.0. */
export function isNcName(name: string): boolean {
  return ncName.test(name)
}

export function prefixOf(qname: string): string {
  return qname.slice(0, Math.max(qname.indexOf(':'), 0))
}

export function localOf(qname: string): string {
  return qname.slice(qname.indexOf(':') + 1)
}
