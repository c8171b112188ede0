import { isIPv6 } from 'node:net'

/**
 * True of a value of xs:anyURI: a URI reference after RFC 2396 as amended by RFC 2732, once the characters that these do
 * not have are escaped, as XML Schema 1.0 does first; so any character may stand as it is but % # [ ] and, early on, a colon.
 */
export function isUriReference(text: string): boolean {
  if (isPlainPath(text)) return true
  if (/%(?![0-9A-Fa-f]{2})/.test(text) || text.indexOf('#') !== text.lastIndexOf('#')) return false
  const [reference = ''] = text.split('#', 1)
  const scheme = /^[^/?]*?:/.exec(reference)?.[0]
  if (scheme === undefined) return isHierarchical(reference)
  const rest = reference.slice(scheme.length)
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:$/.test(scheme) || rest === '') return false
  return !rest.startsWith('/') || isHierarchical(rest)
}

/** Brackets stand around an IPv6 address as the host, or after the question mark. */
function isHierarchical(text: string): boolean {
  const [beforeQuery = ''] = text.split('?', 1)
  const [, authority = '', path = ''] = /^(?:\/\/([^/]*))?(.*)$/s.exec(beforeQuery) ?? []
  return !/[[\]]/.test(path) && isAuthority(authority)
}

/** What nearly every href is, told without a regular expression: letters, digits and `/-_.` after a slash. */
function isPlainPath(text: string): boolean {
  if (text.charCodeAt(0) !== 0x2f) return false
  for (let at = 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const letter = code | 0x20
    if ((letter < 0x61 || letter > 0x7a) && (code < 0x2d || code > 0x39) && code !== 0x5f) return false
  }
  return true
}

/** Whatever has no brackets is at least a name of some registry. */
function isAuthority(authority: string): boolean {
  if (!/[[\]]/.test(authority)) return true
  const address = /^(?:[^@[\]]*@)?\[([^[\]]*)\](?::[0-9]*)?$/.exec(authority)?.[1]
  return address !== undefined && isIPv6(address)
}
