import { UsageError } from './command.ts'

/** Reads a number within bounds, a whole one unless told otherwise; the error names the option. */
export function numberIn(option: string, text: string, least: number, most: number, whole = true): number {
  const number = Number(text)
  if (text.trim() && number >= least && number <= most && (!whole || Number.isInteger(number))) return number
  throw new UsageError(`--${option} "${text}" is not a ${whole ? 'whole ' : ''}number from ${least} to ${most}`)
}
