import { TakeoverAsk, type RegionDetail, type RegionList, type TakeoverAnswer } from '@gridloom/contracts'
import type { App, Identify } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import type { Steering } from '../steering.ts'
import { parsed } from './asked.ts'

type Numbered = { Params: { region: string } }

/** What operators see of the regions, and what neighbours ask of them. */
export function regionRoutes(app: App, steering: Steering, identify: Identify): void {
  app.get('/regions', (): RegionList => ({ regions: steering.all().map((region) => region.summary()) }))
  app.get<Numbered>('/regions/:region', (request): RegionDetail => steering.of(request.params.region).detail())

  app.post<Numbered>('/regions/:region/takeover', (request): TakeoverAnswer => {
    const region = steering.of(request.params.region)
    const ask = parsed(TakeoverAsk, request.body)
    const isNeighbour = region.neighbours.some(
      ({ region: number, lfdi }) => number === ask.from && lfdi === identify(request),
    )
    if (!isNeighbour) throw new SepError('forbidden', `region ${region.number} has no such neighbour ${ask.from}`)
    return region.takeover(ask)
  })
}
