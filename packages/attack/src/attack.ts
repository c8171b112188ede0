import type { RuleId } from '@gridloom/dtm'
import type { AttackName } from './attack-names.ts'
import type { Rig } from './rig.ts'
import type { Arrange } from './rogue/arrange.ts'

type About = Readonly<{
  name: AttackName
  summary: string
  /** What the trust module is expected to find. */
  rules: readonly RuleId[]
  /** On whom. */
  subject: string
}>

/** A few requests from outside: over when it has done them. */
export type Raid = About & Readonly<{ kind: 'raid'; run: (rig: Rig, signal: AbortSignal) => Promise<void> }>

/** A DCM that misbehaves as long as it runs. */
export type Rogue = About & Readonly<{ kind: 'rogue'; arrange: Arrange }>

export type Attack = Raid | Rogue
