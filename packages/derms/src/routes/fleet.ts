import { DerTerms, KnownDer, KnownFleet } from '@gridloom/contracts'
import { peerLfdi, type JsonApp } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import { z } from 'zod'
import { shown, type Known } from '../domain/knowledge/known.ts'
import { isOver } from '../domain/services/running.ts'
import type { RouteContext } from './context.ts'

const params = z.object({ lfdi: z.string().toUpperCase() })

/** What is known of each DER, and the terms that its owner lets it be used on. */
export function fleetRoutes(app: JsonApp, { fleet, services, clock, config, operatorOf }: RouteContext): void {
  const tags = ['fleet']
  const view = (known: Known): KnownDer => {
    const { lfdi } = known.der
    const running = [...services.values()].flatMap(({ service }) =>
      !isOver(service) && service.awards.some((award) => award.lfdi === lfdi) ? [service.id] : [],
    )
    const { silentSeconds, stepSeconds, pollSeconds, horizonSteps: steps, primacy } = config
    const now = clock.now()
    return shown(known, { now, silentSeconds, stepSeconds, steps, presentSeconds: 3 * pollSeconds, running, primacy })
  }
  const found = (lfdi: string): Known => {
    const known = fleet.known().get(lfdi)
    if (!known) throw new SepError('missing', `no DER "${lfdi}" that has told what it can do`)
    return known
  }

  app.get(
    '/fleet',
    { schema: { tags, summary: 'All that is known of each DER', response: { 200: KnownFleet } } },
    (request) => {
      operatorOf(request)
      return { at: clock.now(), stepSeconds: config.stepSeconds, ders: [...fleet.known().values()].map(view) }
    },
  )
  app.get('/fleet/:lfdi', { schema: { tags, summary: 'One DER', params, response: { 200: KnownDer } } }, (request) => {
    if (peerLfdi(request) !== request.params.lfdi) operatorOf(request)
    return view(found(request.params.lfdi))
  })
  app.put(
    '/fleet/:lfdi/terms',
    {
      schema: {
        tags,
        summary: 'Subscribe a DER to services, at its prices; by its own certificate or by an operator',
        params,
        body: DerTerms,
        response: { 200: KnownDer },
      },
    },
    async (request) => {
      const { lfdi } = request.params
      if (peerLfdi(request) !== lfdi) operatorOf(request)
      found(lfdi)
      await fleet.agree(lfdi, request.body)
      return view(found(lfdi))
    },
  )
}
