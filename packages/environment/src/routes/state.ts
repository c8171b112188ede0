import type { EnvironmentState, NodeMagnitudes, PlacedDevices } from '@gridloom/contracts'
import type { App } from '@gridloom/kit'
import type { World } from '../domain/surroundings/world.ts'

/** The grid as an operator sees it. */
export function stateRoutes(app: App, world: World): void {
  app.get('/state', (): EnvironmentState => world.state())
  app.get('/devices', (): PlacedDevices => ({ devices: world.devices() }))
  app.get('/nodes', (): NodeMagnitudes => ({ nodes: world.nodes() }))
}
