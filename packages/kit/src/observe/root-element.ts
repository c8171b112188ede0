// the declaration, comments and white space that may come before it
const root = /^(?:\s|<\?[^>]*\?>|<!--[^>]*-->)*<(?:[\w.-]+:)?([\w.-]+)/

const longest = 512

/** The name of a document's root element, without its prefix; undefined where its beginning is none. */
export function rootElementOf(body: Uint8Array | string): string | undefined {
  return root.exec(typeof body === 'string' ? body.slice(0, longest) : beginningOf(body))?.[1]?.slice(0, 100)
}

function beginningOf({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, Math.min(byteLength, longest)).toString('latin1')
}
