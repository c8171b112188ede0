import type { ControlFact } from '../world/control-facts.ts'
import type { Device, Held } from '../world/device.ts'
import type { Message } from '../world/message.ts'
import { programAt } from '../world/program-at.ts'
import { nothing, type Rule } from './rule.ts'
import { fired } from './rule-finding.ts'

const superseded = 4

/** PR-5: a control reaches a device that its program is not assigned to, or gives way to one of lower priority. */
export function rightProgram(): Rule {
  return (message, { devices }) => {
    const { dcm, observation } = message
    const controls = controlsServed(message)
    const device = dcm === undefined ? undefined : devices.get(dcm)
    if (controls.length === 0 || !device) return nothing
    const program = programAt(device, observation.path ?? '')
    const fresh = controls.find(({ mRID }) => !device.controls?.[mRID])
    if (device.programs && !program && fresh) {
      return [
        fired('PR-5', 'moderate', { evidence: { mRID: fresh.mRID, path: (observation.path ?? '').slice(0, 120) } }),
      ]
    }
    const yielding = controls.find((control) => yieldsToLesser(control, controls, device))
    return yielding ? [fired('PR-5', 'moderate', { evidence: { mRID: yielding.mRID, displaced: true } })] : nothing
  }
}

/** PR-6: a published control changes in place, without a new version. */
export function publishedStays(): Rule {
  return (message, { published }) => {
    const changed = controlsServed(message).find(({ mRID, digest, version }) => {
      const before = published.get(`${message.gsp} ${mRID}`)
      return before !== undefined && before.fact.digest !== digest && version <= before.fact.version
    })
    return changed ? [fired('PR-6', 'major', { evidence: { mRID: changed.mRID, version: changed.version } })] : nothing
  }
}

/** The controls of an answer or a notification of the server. */
function controlsServed({ facts: { controls = [] }, from, gsp }: Message): readonly ControlFact[] {
  return from.id === gsp ? controls : []
}

/** It was just superseded, and all that overlap it have less priority; those in its own list have its own, also when they are new. */
function yieldsToLesser({ mRID, status }: ControlFact, list: readonly ControlFact[], device: Device): boolean {
  const held = device.controls?.[mRID]
  if (status !== superseded || !held || held.fact.status === superseded) return false
  if (list.some((fact) => fact.mRID !== mRID && overlap({ fact }, held))) return false
  const rivals = Object.values(device.controls ?? {}).filter((other) => other !== held && overlap(other, held))
  return rivals.length > 0 && rivals.every(({ primacy }) => primacy > held.primacy)
}

function overlap({ fact: one }: Pick<Held, 'fact'>, { fact: other }: Pick<Held, 'fact'>): boolean {
  return one.start < other.start + other.duration && other.start < one.start + one.duration
}
