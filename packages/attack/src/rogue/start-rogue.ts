import type { FleetEvent } from '@gridloom/contracts'
import * as dcm from '@gridloom/dcm'
import { clockOf, type Actor, type Clock, type Pki } from '@gridloom/kit'
import type { Rogue } from '../attack.ts'

export type RogueOptions = Readonly<{
  /** How long it behaves before it begins, in seconds of its clock. */
  after?: number | undefined
  pki?: Pki | undefined
  clock?: Clock | undefined
  tell?: ((event: FleetEvent) => void) | undefined
  say: (text: string) => void
}>

/** Runs a DCM that misbehaves in one way and is a DCM like any other in all else. */
export async function startRogue(rogue: Rogue, config: dcm.Config, options: RogueOptions): Promise<Actor> {
  const { after = 0, pki, tell, say } = options
  await using stack = new AsyncDisposableStack()
  const clock = options.clock ?? clockOf(config.clock)
  const begin = clock.now() + after
  const isOn = (): boolean => clock.now() >= begin
  const { config: changes, ...hooks } = await rogue.arrange({ config, clock, isOn, pki, stack, say })
  const actor = stack.use(await dcm.start({ ...config, ...changes }, { clock, ...hooks, ...(tell && { tell }) }))
  const owned = stack.move()
  return { ...actor, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
