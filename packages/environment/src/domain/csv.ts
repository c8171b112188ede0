import { SepError } from '@gridloom/sep2030'

/** A row of a table: its cells by the name of their column, blank ones absent, and where it stands. */
export type CsvRow = Readonly<{ cells: ReadonlyMap<string, string>; line: number; file: string }>
export type CsvTable = Readonly<{ columns: readonly string[]; rows: readonly CsvRow[] }>

/** Reads a table with a header: UTF-8 BOM, CRLF, blank lines, quoted cells and rows that end early are fine. */
export function parseCsv(text: string, file: string, required: readonly string[]): CsvTable {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  const head = lines.findIndex((line) => line.trim() !== '')
  if (head < 0) throw new SepError('invalid', `${file} is empty`)
  const columns = cellsOf(lines[head] ?? '')
  const missing = required.find((column) => !columns.includes(column))
  if (missing !== undefined) throw new SepError('invalid', `${file}:${head + 1}: there is no column "${missing}"`)
  const twice = columns.find((column, index) => columns.indexOf(column) !== index)
  if (twice !== undefined) throw new SepError('invalid', `${file}:${head + 1}: there are two columns "${twice}"`)
  const rows = lines.flatMap((written, index): CsvRow[] => {
    const cells = cellsOf(written)
    const line = index + 1
    if (index <= head || cells.every((cell) => cell === '')) return []
    const extra = cells.findIndex((cell, column) => column >= columns.length && cell !== '')
    if (extra >= 0) throw new SepError('invalid', `${file}:${line}: "${cells[extra]}" stands beyond the last column`)
    const named = columns.map((column, at) => [column, cells[at] ?? ''] as const).filter(([, cell]) => cell !== '')
    return [{ cells: new Map(named), line, file }]
  })
  return { columns, rows }
}

export type Range = Readonly<{ least?: number; most?: number; whole?: boolean }>

/** The number in a column, undefined where the cell is blank; the error says file, line, column and what was found. */
export function numberIn(row: CsvRow, column: string, { least, most, whole }: Range = {}): number | undefined {
  const cell = row.cells.get(column)
  if (cell === undefined) return undefined
  const value = Number(cell)
  if (!Number.isFinite(value)) throw cellError(row, column, 'is not a number')
  if (whole && !Number.isInteger(value)) throw cellError(row, column, 'is not a whole number')
  if (least !== undefined && value < least) throw cellError(row, column, `is below ${least}`)
  if (most !== undefined && value > most) throw cellError(row, column, `is above ${most}`)
  return value
}

export function cellError({ file, line, cells }: CsvRow, column: string, fault: string): SepError {
  const found = cells.get(column)
  return new SepError('invalid', `${file}:${line}: ${column}${found === undefined ? '' : `: "${found}"`} ${fault}`)
}

function cellsOf(line: string): string[] {
  const cells = line.match(/"(?:[^"]|"")*"[^,]*|[^,]+|(?<=,|^)(?=,|$)/g) ?? []
  return cells.map((cell) => {
    const text = cell.trim()
    return /^".*"$/.test(text) ? text.slice(1, -1).replaceAll('""', '"').trim() : text
  })
}
