import { LeaveAsk, OutcomeBatch, Registration, ReportBatch, type ReportAnswer } from '@gridloom/contracts'
import type { Identify, JsonApp } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import { z } from 'zod'
import type { Steering } from '../steering.ts'
import { Numbered } from './numbered.ts'

const tags = ['peers']

/** What peers and their bootstrap say to a tracker. */
export function peerRoutes(app: JsonApp, steering: Steering, identify: Identify, bootstraps: readonly string[]): void {
  const registered = { tags, summary: 'A bootstrap tells who comes', params: Numbered, body: Registration }
  app.post(
    '/regions/:region/register',
    { schema: { ...registered, response: { 200: z.object({}) } } },
    async (request) => {
      if (!bootstraps.includes(identify(request))) throw new SepError('forbidden', 'only a bootstrap registers peers')
      await steering.register(steering.of(request.params.region).number, request.body.peers)
      return {}
    },
  )

  // the answer is the ReportAnswer of the contracts; to check it again for each of many peers would cost more than the round
  const reported = { tags, summary: 'Report, and hear commands, trees and leases', params: Numbered, body: ReportBatch }
  app.post('/regions/:region/reports', { schema: reported }, (request): ReportAnswer => {
    const region = steering.of(request.params.region)
    const { isUrgent, ...answer } = region.take(request.body, identify(request))
    if (isUrgent) steering.ring(region.number)
    return answer
  })

  const settled = { tags, summary: 'Acknowledge between two reports', params: Numbered, body: OutcomeBatch }
  app.post(
    '/regions/:region/outcomes',
    { schema: { ...settled, response: { 200: z.object({ epoch: z.int() }) } } },
    (request) => {
      const region = steering.of(request.params.region)
      if (region.acknowledge(request.body.outcomes, identify(request))) steering.ring(region.number)
      return { epoch: region.epoch }
    },
  )

  const left = { tags, summary: 'Say goodbye', params: Numbered, body: LeaveAsk }
  app.post(
    '/regions/:region/leave',
    { schema: { ...left, response: { 200: z.object({ left: z.array(z.string()) }) } } },
    async (request) => {
      const region = steering.of(request.params.region)
      const host = identify(request)
      const own = request.body.ids.filter((id) => region.members.get(id)?.peer.host === host)
      await steering.leave(region.number, own)
      request.log.info({ region: region.number, host, left: own.length }, 'peers left')
      return { left: own }
    },
  )
}
