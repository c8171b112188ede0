import type { Message } from '../world/message.ts'
import type { World } from '../world/world.ts'
import type { RuleFinding } from './rule-finding.ts'

/** Judges a message before the world has learned from it; what a rule remembers is in the world. */
export type Rule = (message: Message, world: World) => readonly RuleFinding[]

export const nothing: readonly RuleFinding[] = []
