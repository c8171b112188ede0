/** Rows as CSV (RFC 4180) under their heads; a cell that holds a comma, a quote or a line break is quoted. */
export function csvOf(heads: readonly string[], rows: readonly Readonly<Record<string, string | number>>[]): string {
  const lines = [heads, ...rows.map((row) => heads.map((head) => row[head] ?? ''))]
  return lines.map((line) => `${line.map(cell).join(',')}\n`).join('')
}

function cell(value: string | number): string {
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
