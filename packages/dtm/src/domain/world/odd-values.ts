import type { Facts } from './facts.ts'

const whole = 10_000
const mostPower = 9

/** Values that the schema lets pass although their types do not mean them: percentages over the whole, absurd powers of ten. */
export function oddValue(facts: Facts, value: unknown): string | undefined {
  const orders = [...(facts.controls ?? []).map(({ order }) => order), ...(facts.default ? [facts.default] : [])]
  for (const { fixedHundredths = 0, maxHundredths = 0, varHundredths = 0 } of orders) {
    const most = Math.max(Math.abs(fixedHundredths), maxHundredths, Math.abs(varHundredths))
    if (most > whole) return `${most} hundredths of a percent`
  }
  if ((facts.status?.soc ?? 0) > 1) return 'a state of charge over 100 %'
  return oddMultiplier(value)
}

function oddMultiplier(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, member] of Object.entries(value)) {
    if (typeof member === 'object') {
      const odd = oddMultiplier(member)
      if (odd !== undefined) return odd
    } else if (typeof member === 'number' && Math.abs(member) > mostPower && multipliers.has(name)) {
      return `${name} ${member}`
    }
  }
  return undefined
}

const multipliers = new Set(['multiplier', 'powerOfTenMultiplier', 'xMultiplier', 'yMultiplier'])
