import { nothing, type Rule } from './rule.ts'
import { fired } from './rule-finding.ts'

const received = 1
const started = 2
const completed = 3

/** PR-2: responses out of their order, or twice; PR-3: to a control that was never published; PR-4: from a device that it is not for. */
export function answersControls(): Rule {
  return ({ facts: { response }, from, gsp, observation: { kind } }, world) => {
    if (!response || kind !== 'request' || gsp === undefined) return nothing
    const device = world.devices.get(from.id)
    // who has not been seen to read a list yet may answer what was published before the DTM looked
    if (!device?.hasLists) return nothing
    const { subject, status } = response
    const evidence = { mRID: subject, status }
    const held = device.controls?.[subject]
    if (held) return isOutOfOrder(held, status) ? [fired('PR-2', 'minor', { evidence })] : nothing
    const published = world.published.get(`${gsp} ${subject}`)
    if (!published) return [fired('PR-3', 'moderate', { evidence })]
    const isAssigned = device.programs?.some(({ mRID }) => mRID === published.program) ?? true
    return published.program === undefined || isAssigned ? nothing : [fired('PR-4', 'major', { evidence })]
  }
}

type Answered = Readonly<{ statuses: readonly number[]; fact: Readonly<{ responseRequired: number }> }>

function isOutOfOrder({ statuses, fact: { responseRequired } }: Answered, status: number): boolean {
  // opting out and in may alternate; everything else is said once
  if (statuses.includes(status) && status !== 4 && status !== 5) return true
  if (status === started) return (responseRequired & 1) !== 0 && !statuses.includes(received)
  return status === completed && (responseRequired & 2) !== 0 && !statuses.includes(started)
}
