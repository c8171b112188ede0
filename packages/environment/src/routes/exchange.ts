import { FleetReport, type FleetSurroundings } from '@gridloom/contracts'
import { peerLfdi, type App } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import { z } from 'zod'
import type { Deps } from '../app.ts'

/** One batch of a tick: what a fleet's devices do goes in, what surrounds them comes back. */
export function exchangeRoutes(app: App, { world, clock }: Pick<Deps, 'world' | 'clock'>): void {
  app.post('/exchange', (request): FleetSurroundings => {
    const { devices } = parsed(request.body)
    request.log.debug({ lfdi: peerLfdi(request), devices: devices.length }, 'batch exchanged')
    return { at: world.state().at, devices: world.exchange(devices, clock.exact()) }
  })
}

function parsed(body: unknown): FleetReport {
  const result = FleetReport.safeParse(body)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new SepError('invalid', z.prettifyError(result.error), issue ? { path: z.core.toDotPath(issue.path) } : {})
}
