/** The bits of a HexBinary by name, bit 0 the least significant. */
export type Bits = Readonly<Record<string, number>>

/** The names of the bits that are set; bits without a name are left out. */
export function bitsIn<Table extends Bits>(hex: string, table: Table): readonly (keyof Table & string)[] {
  const value = BigInt(`0x${hex || '0'}`)
  return Object.entries(table).flatMap(([name, bit]) => ((value >> BigInt(bit)) & 1n ? [name] : []))
}

/** The HexBinary of so many bits, full width, in which the named bits are set. */
export function hexOf<Table extends Bits>(
  names: readonly (keyof Table & string)[],
  table: Table,
  width: 8 | 16 | 32,
): string {
  let value = 0n
  for (const name of names) value |= 1n << BigInt(table[name] ?? 0)
  return value
    .toString(16)
    .toUpperCase()
    .padStart(width / 4, '0')
}
