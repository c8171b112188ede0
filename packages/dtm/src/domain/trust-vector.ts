import { z } from 'zod'
import { categories, severities } from './parameters.ts'

const Fraction = z.number().min(0).max(1)

const Category = z.enum(categories)

const Finding = z.object({ category: Category, severity: z.enum(severities), q: z.number().positive().max(1) })

const Step = z.discriminatedUnion('kind', [
  z.object({
    t: z.number(),
    kind: z.literal('good'),
    g: z.number().nonnegative(),
    delta: Fraction,
    tests: z.array(Category),
  }),
  z.object({ t: z.number(), kind: z.literal('bad'), delta: Fraction, findings: z.array(Finding).min(1) }),
  z.object({ t: z.number(), kind: z.literal('idle') }),
])

/** The messages of one subject, scored by rules already: the form `trust-vector/1`; what it expects is not read. */
export const TrustVector = z.object({
  format: z.literal('trust-vector/1'),
  a: Fraction,
  steps: z.array(Step).superRefine((steps, context) => {
    for (const [index, { t }] of steps.entries()) {
      const before = steps[index - 1]?.t ?? t
      if (t < before) {
        context.addIssue({ code: 'custom', path: [index, 't'], message: `time runs back from ${before} to ${t}` })
      }
    }
  }),
})

export type TrustVector = z.infer<typeof TrustVector>
