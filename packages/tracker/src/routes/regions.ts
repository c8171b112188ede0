import { RegionDetail, RegionList, TakeoverAnswer, TakeoverAsk } from '@gridloom/contracts'
import type { Identify, JsonApp } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import type { Steering } from '../steering.ts'
import { Numbered } from './numbered.ts'

const tags = ['regions']

/** What operators see of the regions, and what neighbours ask of them. */
export function regionRoutes(app: JsonApp, steering: Steering, identify: Identify): void {
  const listed = { tags, summary: 'Regions with the books of the last round', response: { 200: RegionList } }
  app.get('/regions', { schema: listed }, () => ({ regions: steering.all().map((region) => region.summary()) }))

  const shown = {
    tags,
    summary: 'One region with its peers and leases',
    params: Numbered,
    response: { 200: RegionDetail },
  }
  app.get('/regions/:region', { schema: shown }, (request) => steering.of(request.params.region).detail())

  const asked = { tags, summary: 'A neighbour asks for its consumers to be fed', params: Numbered, body: TakeoverAsk }
  app.post(
    '/regions/:region/takeover',
    { schema: { ...asked, response: { 200: TakeoverAnswer } } },
    (request): TakeoverAnswer => {
      const region = steering.of(request.params.region)
      const ask = request.body
      const isNeighbour = region.neighbours.some(
        ({ region: number, lfdi }) => number === ask.from && lfdi === identify(request),
      )
      if (!isNeighbour) throw new SepError('forbidden', `region ${region.number} has no such neighbour ${ask.from}`)
      return region.takeover(ask)
    },
  )
}
