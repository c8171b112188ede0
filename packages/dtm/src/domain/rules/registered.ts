import type { Rule } from './rule.ts'
import { nothing } from './rule.ts'
import { fired } from './rule-finding.ts'

const isLfdi = (id: string) => id.length === 40 && !id.includes('/')

/** ID-1, ID-3: a certificate that nobody registered, or that was revoked. */
export function registered({ revoked = [] }: Readonly<{ revoked?: readonly string[] }> = {}): Rule {
  return ({ from: { id } }, { registry }) => {
    if (!isLfdi(id)) return nothing
    const registration = registry.get(id)
    if (registration?.revoked === true || revoked.includes(id)) return [fired('ID-3', 'critical')]
    return registration ? nothing : [fired('ID-1', 'critical')]
  }
}
