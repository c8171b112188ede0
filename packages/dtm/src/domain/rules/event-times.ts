import { nothing, type Rule } from './rule.ts'
import { fired } from './rule-finding.ts'

/** TM-8: an event that began long before it was published, or ends before it begins. */
export function publishedInTime({ lateSeconds = 300 } = {}): Rule {
  return ({ facts: { controls }, from, gsp, dcm }, { devices }) => {
    if (!controls || from.id !== gsp || dcm === undefined) return nothing
    const known = devices.get(dcm)?.controls ?? {}
    const odd = controls.find(
      ({ mRID, start, duration, createdAt }) => !known[mRID] && (start < createdAt - lateSeconds || duration < 0),
    )
    return odd ? [fired('TM-8', 'minor', { evidence: { mRID: odd.mRID } })] : nothing
  }
}
