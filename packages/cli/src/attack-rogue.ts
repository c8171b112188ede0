import { setTimeout as sleep } from 'node:timers/promises'
import { enrolIntruder, startRogue, takePlace, type Rig, type Rogue } from '@gridloom/attack'
import type { GridReady } from '@gridloom/contracts'

export type RogueRun = Readonly<{
  rogue: Rogue
  rig: Rig
  grid?: GridReady | undefined
  /** Misbehaves under the certificate of the rig, in place of one that is entered for it. */
  isOwn: boolean
  /** Real time. */
  seconds: number
}>

/** Lets a DCM misbehave for a while. */
export async function runRogue({ rogue, rig, grid, isOwn, seconds }: RogueRun, signal: AbortSignal): Promise<void> {
  await using intruder = grid && !isOwn ? await enrolIntruder(rig, grid) : takePlace(rig, grid)
  const { say, pki, clock } = rig
  await using actor = await startRogue(rogue, intruder.config, { pki, clock, say, tell: () => undefined })
  say(`a DCM with ${rogue.name} runs for ${seconds} s`)
  const over = sleep(seconds * 1000, undefined, { signal }).catch(() => undefined)
  await Promise.race([over, actor.ended ?? over])
}
