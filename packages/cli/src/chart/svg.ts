type Attributes = Readonly<Record<string, string | number>>

/** One SVG element; attribute values are escaped, children are markup already. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
  const start = `<${name}${written.join('')}`
  return children.length === 0 ? `${start}/>` : `${start}>${children.join('')}</${name}>`
}

export function label(content: string, x: number, y: number, attributes: Attributes = {}): string {
  return element('text', { x, y, ...attributes }, escaped(content))
}

export type Point = readonly [number, number]

/** A list of points to a tenth of a pixel. */
export function pointsOf(points: readonly Point[]): string {
  return points.map(([x, y]) => `${tenth(x)},${tenth(y)}`).join(' ')
}

/** A whole document on a white ground, for any viewer. */
export function svgDocument(width: number, height: number, title: string, ...children: readonly string[]): string {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    'font-family': 'Helvetica, Arial, sans-serif',
    'font-size': 13,
    fill: '#333',
  }
  const ground = element('rect', { width, height, fill: '#fff' })
  return `${element('svg', attributes, element('title', {}, escaped(title)), ground, ...children.map((child) => `\n${child}`))}\n`
}

function tenth(value: number): number {
  return Math.round(10 * value) / 10
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
