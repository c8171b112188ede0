import { remembered } from '../world/memory.ts'
import { isBlocked, memoryOf } from '../world/world.ts'
import { nothing, type Rule } from './rule.ts'
import { fired } from './rule-finding.ts'

/** ID-7: one certificate speaks from two addresses within a minute. */
export function oneAddress({ seconds = 60, q = 0.7 } = {}): Rule {
  return ({ at, from, observation: { tls, reporter } }, world) => {
    // the address is that of the other end: what one reports of itself says nothing of where it is
    if (tls?.address === undefined || tls.error !== undefined || reporter === from.id || from.id.length !== 40)
      return nothing
    const memory = memoryOf(world, from.id)
    const before = memory.address
    memory.address = { value: tls.address, at }
    if (!before || before.value === tls.address || at - before.at > seconds) return nothing
    return [fired('ID-7', 'moderate', { q, evidence: { address: tls.address, before: before.value } })]
  }
}

/** ID-9: one peer fails its handshake again and again. */
export function handshakesSucceed({ most = 5, within = 60 } = {}): Rule {
  return ({ at, from, observation: { kind, tls } }, world) => {
    if (kind !== 'handshake' || tls?.error === undefined) return nothing
    const memory = memoryOf(world, from.id)
    memory.failures = remembered(memory.failures, at, { within, most: most + 1 })
    return memory.failures.length > most ? [fired('ID-9', 'moderate', { evidence: { failures: most + 1 } })] : nothing
  }
}

/** AV-2: it connects more often than a session needs. */
export function keepsSession({ most = 6, within = 600 } = {}): Rule {
  return ({ at, from, observation: { kind, tls, reporter } }, world) => {
    // both ends tell of a handshake: the server's word counts
    if (kind !== 'handshake' || tls?.error !== undefined || reporter === from.id) return nothing
    // an operator's commands connect each time
    if ((from.role !== 'DCM' && from.role !== 'GSP') || isBlocked(world, from.id)) return nothing
    const memory = memoryOf(world, from.id)
    memory.connects = remembered(memory.connects, at, { within, most: most + 1 })
    return memory.connects.length > most ? [fired('AV-2', 'minor', { evidence: { connects: most + 1 } })] : nothing
  }
}
