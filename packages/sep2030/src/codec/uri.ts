/**
 * True of a value of xs:anyURI: a URI reference after RFC 2396, 2732 and the escaping that XML Schema 1.0 puts before them,
 * by which any other character may stand as it is.
 */
export function isUriReference(text: string): boolean {
  if (isPlainPath(text)) return true
  const [reference = '', ...fragments] = text.split('#')
  if (fragments.length > 1 || /[[\]]/.test(fragments[0] ?? '')) return false
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) return false
  const scheme = /^[^/?]*?:/.exec(reference)?.[0]
  if (scheme !== undefined && !/^[A-Za-z][A-Za-z0-9+.-]*:$/.test(scheme)) return false
  const rest = reference.slice(scheme?.length ?? 0)
  if (scheme !== undefined && rest === '') return false
  const [, authority = '', path = ''] = /^(?:\/\/([^/?]*))?(.*)$/s.exec(rest) ?? []
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

/** Brackets hold an IPv6 address and nothing else; whatever has none is at least a registry-based name. */
function isAuthority(authority: string): boolean {
  if (!/[[\]]/.test(authority)) return true
  return /^(?:[^@[\]]*@)?\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\](?::[0-9]*)?$/.test(authority)
}
