import { nothing, type Rule } from './rule.ts'
import { fired } from './rule-finding.ts'

/** ID-5: the server registers a device under another PIN than the one that came with it. */
export function knownPin(): Rule {
  return ({ facts: { pin }, dcm, observation: { kind } }, { registry }) => {
    if (pin === undefined || dcm === undefined || kind !== 'response') return nothing
    const handedOver = registry.get(dcm)?.pin
    if (handedOver === undefined || Number(handedOver) === Number(pin)) return nothing
    return [fired('ID-5', 'major', { evidence: { device: dcm } })]
  }
}

/** ID-6: a device that is known under another certificate, and was not registered anew. */
export function knownSerial(): Rule {
  return ({ facts: { information }, from, observation: { method } }, { serials, registry }) => {
    if (!information || (method !== 'PUT' && method !== 'POST')) return nothing
    const { serial, maker } = information
    const known = serials.get(serial)
    if (!known || known.lfdi === from.id || registry.get(from.id)?.serial === serial) return nothing
    if (known.maker !== undefined && known.maker !== maker) return nothing
    return [fired('ID-6', 'major', { evidence: { serial, before: known.lfdi } })]
  }
}
