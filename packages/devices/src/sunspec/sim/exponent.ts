/** The smallest scale factor, from 0 on, with which a magnitude fits a signed register. */
export function exponentFor(most: number): number {
  return Math.max(0, Math.ceil(Math.log10(most / 32_767)))
}
