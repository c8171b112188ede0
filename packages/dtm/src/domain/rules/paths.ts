import { hash } from 'node:crypto'
import { isAnswer } from '../world/message.ts'
import { shapeOf } from '../world/server.ts'
import { isBlocked, memoryOf, serverOf } from '../world/world.ts'
import { nothing, type Rule } from './rule.ts'
import { fired } from './rule-finding.ts'

/** FM-6, FM-7: it asks for what the server never named, or in a way that the resource does not take; the server's answer tells. */
export function knownPaths(): Rule {
  return (message, world) => {
    const { observation, gsp } = message
    const { status = 0, path = '' } = observation
    if (!isAnswer(message) || gsp === undefined) return nothing
    const evidence = { path: path.slice(0, 120) }
    if (status === 405) return [fired('FM-7', 'minor', { on: 'receiver', evidence })]
    const isUnknown = status === 404 && serverOf(world, gsp).shapes[shapeOf(path)] === undefined
    return isUnknown ? [fired('FM-6', 'minor', { on: 'receiver', evidence })] : nothing
  }
}

/** FM-8: many different paths that are not there, or not for it, in a minute. */
export function doesNotScan({ paths = 10, within = 60 } = {}): Rule {
  return (message, world) => {
    const { at, to, observation } = message
    const { status = 0, path = '' } = observation
    if (!isAnswer(message) || (status !== 404 && status !== 403) || isBlocked(world, to.id)) return nothing
    const memory = memoryOf(world, to.id)
    const name = hash('sha256', path, 'hex').slice(0, 12)
    const lost = (memory.lost ?? []).filter((one) => at - one.at < within && one.path !== name)
    memory.lost = [...lost, { path: name, at }].slice(-paths)
    return memory.lost.length >= paths ? [fired('FM-8', 'major', { on: 'receiver', evidence: { paths } })] : nothing
  }
}
