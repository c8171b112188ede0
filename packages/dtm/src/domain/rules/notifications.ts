import { nothing, type Rule } from './rule.ts'
import { fired } from './rule-finding.ts'

/** PR-9: it is told of what it never subscribed to. */
export function subscribedFirst(): Rule {
  return ({ observation: { kind }, facts: { notifies }, dcm, gsp, from }, { devices }) => {
    if (kind !== 'notification' || notifies === undefined || dcm === undefined || from.id !== gsp) return nothing
    const isSubscribed = devices.get(dcm)?.subscribed?.includes(notifies) === true
    return isSubscribed ? nothing : [fired('PR-9', 'minor', { evidence: { resource: notifies.slice(0, 120) } })]
  }
}
