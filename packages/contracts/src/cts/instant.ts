import { z } from 'zod'

/** A UTC instant written `YYYY-MM-DDThh:mm:ssZ`, read as seconds since 1970. */
export const CtsInstant = z.string().transform((text, context) => {
  const seconds = Date.parse(text) / 1000
  // written back it must be the same: refuses offsets, fractions and the 30th of February
  if (Number.isInteger(seconds) && formatCtsInstant(seconds) === text) return seconds
  context.addIssue({ code: 'custom', message: `"${text}" is not an instant like 2027-01-04T12:00:00Z`, input: text })
  return z.NEVER
})

/** A duration written `PT[nH][nM][nS]`, read as seconds. */
export const CtsDuration = z.string().transform((text, context) => {
  const [, hours, minutes, seconds] = /^PT(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(text) ?? []
  const total = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)
  if ((hours ?? minutes ?? seconds) !== undefined && Number.isSafeInteger(total)) return total
  context.addIssue({ code: 'custom', message: `"${text}" is not a duration like PT15M`, input: text })
  return z.NEVER
})

/** Writes seconds since 1970 as the market writes an instant. */
export function formatCtsInstant(seconds: number): string {
  const known = texts.get(seconds)
  if (known !== undefined) return known
  if (texts.size >= mostTexts) texts.clear()
  const text = new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
  texts.set(seconds, text)
  return text
}

// the same few instants are written again and again: those of the instruments, and the present
const texts = new Map<number, string>()
const mostTexts = 10_000

/** Writes seconds as a duration in one part. */
export function formatCtsDuration(seconds: number): string {
  return `PT${seconds}S`
}
