import { LeaveAsk, OutcomeBatch, Registration, ReportBatch, type ReportAnswer } from '@gridloom/contracts'
import type { App, Identify } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import type { Steering } from '../steering.ts'
import { parsed } from './asked.ts'

type Numbered = { Params: { region: string } }

/** What peers and their bootstrap say to a tracker. */
export function peerRoutes(app: App, steering: Steering, identify: Identify, bootstraps: readonly string[]): void {
  app.post<Numbered>('/regions/:region/register', async (request) => {
    if (!bootstraps.includes(identify(request))) throw new SepError('forbidden', 'only a bootstrap registers peers')
    const { peers } = parsed(Registration, request.body)
    await steering.register(steering.of(request.params.region).number, peers)
    return {}
  })

  app.post<Numbered>('/regions/:region/reports', (request): ReportAnswer => {
    const region = steering.of(request.params.region)
    const { isUrgent, ...answer } = region.take(parsed(ReportBatch, request.body), identify(request))
    if (isUrgent) steering.ring(region.number)
    return answer
  })

  app.post<Numbered>('/regions/:region/outcomes', (request) => {
    const region = steering.of(request.params.region)
    const { outcomes } = parsed(OutcomeBatch, request.body)
    if (region.acknowledge(outcomes, identify(request))) steering.ring(region.number)
    return { epoch: region.epoch }
  })

  app.post<Numbered>('/regions/:region/leave', async (request) => {
    const region = steering.of(request.params.region)
    const host = identify(request)
    const { ids } = parsed(LeaveAsk, request.body)
    const own = ids.filter((id) => region.members.get(id)?.peer.host === host)
    await steering.leave(region.number, own)
    request.log.info({ region: region.number, host, left: own.length }, 'peers left')
    return { left: own }
  })
}
