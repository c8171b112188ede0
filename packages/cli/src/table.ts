/** Lays rows out in columns under their heads, numbers to the right: what a person reads in a terminal. */
export function table(heads: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const numeric = heads.map((_, column) => rows.every((row) => typeof row[column] === 'number' || row[column] === ''))
  const lines = [heads, ...rows.map((row) => row.map(String))]
  const widths = heads.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines
    .map((line) =>
      line
        .map((cell, column) => pad(cell, column))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')

  function pad(cell: string, column: number): string {
    const width = widths[column] ?? 0
    return numeric[column] && rows.length > 0 ? cell.padStart(width) : cell.padEnd(width)
  }
}
