type Operation = Readonly<{
  tags?: readonly string[]
  summary?: string
  description?: string
  requestBody?: unknown
  parameters?: readonly Readonly<{ name: string; in: string; required?: boolean; description?: string }>[]
}>

/** What the page shows of an OpenAPI document. */
export type Document = Readonly<{
  info: Readonly<{ title: string; description?: string }>
  paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}>

type Entry = Readonly<{ method: string; path: string; operation: Operation }>

/** An OpenAPI document for people: one page of HTML without foreign assets. */
export function docsPage({ info, paths = {} }: Document): string {
  const entries = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Entry => ({ method: method.toUpperCase(), path, operation })),
  )
  const sections = [...Map.groupBy(entries, ({ operation }) => operation.tags?.[0] ?? 'operations')]
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(info.title)}</title><style>${style}</style>
<h1>${escaped(info.title)}</h1><p>${escaped(info.description ?? '')} The full document is <a href="openapi.json">openapi.json</a>.</p>
${sections.map(([tag, ofTag]) => `<h2>${escaped(tag)}</h2>${ofTag.map(entryHtml).join('\n')}`).join('\n')}</html>`
}

function entryHtml({ method, path, operation }: Entry): string {
  const { summary = '', description = '', parameters = [], requestBody } = operation
  const rows = parameters.map(
    (parameter) =>
      `<tr><td><code>${escaped(parameter.name)}</code><td>${escaped(parameter.in)}<td>${escaped(parameter.description ?? '')}`,
  )
  const body = requestBody ? `<pre>${escaped(JSON.stringify(schemaOf(requestBody), null, 1))}</pre>` : ''
  const details = rows.length > 0 || body ? `<table>${rows.join('')}</table>${body}` : ''
  return `<details><summary><b>${method}</b> <code>${escaped(path)}</code> ${escaped(summary)}</summary><p>${escaped(description)}</p>${details}</details>`
}

function schemaOf(requestBody: unknown): unknown {
  const { content } = requestBody as Readonly<{ content?: Readonly<Record<string, Readonly<{ schema?: unknown }>>> }>
  return content?.['application/json']?.schema
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

const style =
  'body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}details{margin:.3rem 0}summary{cursor:pointer}b{display:inline-block;width:4.5rem}td{padding:.1rem .8rem .1rem 0;vertical-align:top}pre{background:#f5f5f5;padding:.8rem;overflow:auto}'
