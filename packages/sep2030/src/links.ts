/** A link of a resource to another: its element, where it goes, and whether that is a list to be paged through. */
export type LinkTo = Readonly<{ name: string; href: string; list: boolean }>

/** The links of a resource and of the members it holds, in document order. */
export function linksOf(value: unknown): readonly LinkTo[] {
  if (Array.isArray(value)) return value.flatMap(linksOf)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, child]) => {
    if (name.endsWith('Link') && isLink(child)) return [{ name, href: child.href, list: name.endsWith('ListLink') }]
    return linksOf(child)
  })
}

function isLink(value: unknown): value is Readonly<{ href: string }> {
  return typeof value === 'object' && value !== null && 'href' in value && typeof value.href === 'string'
}
