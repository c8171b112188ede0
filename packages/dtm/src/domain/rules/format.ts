import type { Message } from '../world/message.ts'
import { remembered } from '../world/memory.ts'
import { memoryOf, type World } from '../world/world.ts'
import { nothing, type Rule } from './rule.ts'
import { fired, type RuleFinding } from './rule-finding.ts'

const mostBytes = 1024 * 1024

/** FM-1 to FM-5: a body that is no XML, does harm, or is not what the schema and its types allow. */
export function wellFormed({ often = 4, within = 3600 } = {}): Rule {
  return (message, world) => {
    const { content, observation } = message
    if (observation.length > mostBytes) return [fired('FM-5', 'major', { evidence: { bytes: observation.length } })]
    const fault = content?.fault
    if (!fault) return nothing
    const evidence = { detail: fault.detail }
    switch (fault.kind) {
      case 'ill-formed':
        return [fired('FM-1', 'moderate', { evidence })]
      case 'hostile':
        return [fired('FM-5', 'major', { evidence })]
      case 'namespace':
        return [fired('FM-3', 'minor', { evidence })]
      case 'value':
        return [fired('FM-4', 'minor', { evidence })]
      case 'schema':
        return [unschooled(message, world, { often, within })]
      default:
        return fault.kind satisfies never
    }
  }
}

function unschooled(
  { t, from, content }: Message,
  world: World,
  { often, within }: Readonly<{ often: number; within: number }>,
): RuleFinding {
  const memory = memoryOf(world, from.id)
  memory.faults = remembered(memory.faults, t, { within, most: often })
  const severity = memory.faults.length >= often ? 'moderate' : 'minor'
  return fired('FM-2', severity, { evidence: { detail: content?.fault?.detail ?? '' } })
}

/** FM-3: a body under a media type that is not the standard's. */
export function rightMediaType(): Rule {
  return ({ observation: { leg, kind, contentType, length, status = 200 } }) => {
    const isSpoken = leg === 'GSP-DCM' && length > 0 && (kind !== 'response' || status < 300)
    if (!isSpoken || contentType === undefined) return nothing
    const [type = ''] = contentType.split(';')
    return allowed.has(type.trim().toLowerCase()) ? nothing : [fired('FM-3', 'minor', { evidence: { type } })]
  }
}

const allowed = new Set(['application/sep+xml', 'application/sep-exi'])
