import type { Message } from '../world/message.ts'
import { nothing, type Rule } from './rule.ts'
import { fired } from './rule-finding.ts'

/** PH-14: a device calls itself other than it was registered, or than before where nobody registered that. */
export function isAsRegistered({ share = 0.01 } = {}): Rule {
  return ({ facts: { capability }, dcm, from, gsp }: Message, { registry, devices }) => {
    if (!capability || dcm === undefined || from.id === gsp) return nothing
    const before = devices.get(dcm)?.capability
    const {
      rtgMaxW = before?.watts,
      rtgMaxVar = before?.vars,
      rtgMaxVA = before?.voltAmperes,
    } = registry.get(dcm) ?? {}
    const pairs = [
      [capability.watts, rtgMaxW],
      [capability.vars, rtgMaxVar],
      [capability.voltAmperes, rtgMaxVA],
    ] as const
    const odd = pairs.find(
      ([said, known]) => said !== undefined && known !== undefined && Math.abs(said - known) > share * known,
    )
    return odd ? [fired('PH-14', 'major', { evidence: { said: odd[0] ?? 0, registered: odd[1] ?? 0 } })] : nothing
  }
}
