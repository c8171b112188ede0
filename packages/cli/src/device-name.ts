/** A device by its name, or the beginning of its LFDI where it has none. */
export function nameOf({ name, lfdi }: Readonly<{ name?: string | undefined; lfdi: string }>): string {
  return name ?? `${lfdi.slice(0, 12)}…`
}
