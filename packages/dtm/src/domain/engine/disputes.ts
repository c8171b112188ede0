import type { RuleFinding } from '../rules/rule-finding.ts'
import { witnessesAgree } from '../rules/witnesses-agree.ts'
import type { Message } from '../world/message.ts'
import { memoryOf, type World } from '../world/world.ts'
import type { Testimony } from './pairing.ts'

/** PR-8: what the ends of a message tell differently, and whom that is held against. */
export function disputes(testimony: Testimony, message: Message, world: World): readonly RuleFinding[] {
  return sparing(differences(testimony), message, world)
}

const compare = witnessesAgree()

function differences({ observation, other }: Testimony): readonly RuleFinding[] {
  if (!other) return []
  return compare(seenBy(observation), seenBy(other))
}

function seenBy({ sha256, status, path, method, from, to }: Testimony['observation']) {
  return { sha256, status, path, method, from: from.id, to: to.id }
}

/** One liar must not defame a server: a dispute on the same link counts against it again only when it has one on another. */
function sparing(
  findings: readonly RuleFinding[],
  { from, to, gsp, t }: Message,
  world: World,
): readonly RuleFinding[] {
  if (findings.length === 0 || gsp === undefined) return findings
  const memory = memoryOf(world, gsp)
  const client = from.id === gsp ? to.id : from.id
  const recent = Object.entries(memory.disputes ?? {}).filter(([, at]) => t - at < disputedSeconds)
  const isOld = recent.some(([one]) => one === client)
  const isAlone = recent.every(([one]) => one === client)
  memory.disputes = Object.fromEntries(
    [...recent.filter(([one]) => one !== client), [client, t] as const].slice(-mostDisputes),
  )
  const side = from.id === gsp ? 'sender' : 'receiver'
  return isOld && isAlone ? findings.filter(({ on }) => on !== side) : findings
}

const disputedSeconds = 600
const mostDisputes = 8
