import { clockOf, openOps, peerLfdi, type Actor, type Clock, type Identify } from '@gridloom/kit'
import type { Config } from './config.ts'
import { createFace } from './face.ts'
import { openResources } from './store/open-resources.ts'
import type { ResourceStore } from './store/resources.ts'
import { createSightings } from './store/sightings.ts'

export type Deps = Readonly<{ clock: Clock; identify: Identify; store: ResourceStore }>

/** Starts the faces that the configuration names and owns them until it is disposed. */
export async function start(config: Config, overrides: Partial<Deps> = {}): Promise<Actor> {
  await using stack = new AsyncDisposableStack()
  const clock = overrides.clock ?? clockOf(config.clock)
  const store = overrides.store ?? stack.use(openResources(config.store, config.limits))
  const sightings = createSightings()

  const face = createFace(config, { clock, identify: overrides.identify ?? peerLfdi, store, sightings })
  stack.defer(() => face.close())
  const url = await face.listen(config.listen)
  const ops = stack.use(await openOps({ listen: config.ops, apps: [face] }))

  const owned = stack.move()
  return { url, metrics: ops.url, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
