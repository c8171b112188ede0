import { isIPv6 } from 'node:net'

/**
 * True of a value of xs:anyURI: a reference under both RFC 2396, which XML Schema 1.0 cites, and its successor RFC 3986,
 * once the characters that URIs do not have are escaped; so any character may stand as it is but % # [ ] and some colons.
 */
export function isUriReference(text: string): boolean {
  if (isPlainPath(text)) return true
  if (/%(?![0-9A-Fa-f]{2})/.test(text) || text.indexOf('#') !== text.lastIndexOf('#')) return false
  const [, scheme, authority, rest = ''] = /^([^/?#]*?:)?(?:\/\/([^/?#]*))?(.*)$/s.exec(text) ?? []
  if (scheme !== undefined && !/^[A-Za-z][A-Za-z0-9+.-]*:$/.test(scheme)) return false
  // a scheme, or two slashes, and nothing to them
  if (authority === undefined ? scheme !== undefined && /^(?:#|$)/.test(rest) : authority + rest === '') return false
  return !/^[^#]*[[\]]/.test(rest) && isAuthority(authority ?? '')
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

function isAuthority(authority: string): boolean {
  const [, address] = /^(?:[^@[\]]*@)?(?:\[([^[\]]*)\]|[^:@[\]]*)(?::[0-9]*)?$/.exec(authority) ?? [undefined, '']
  return address === undefined || isIPv6(address)
}
