import type { Running } from '../domain/services/running.ts'
import type { Context } from './context.ts'

/**
 * What vehicles and stores reserve at a point with a limit is granted to each within it: as the capacity of its group. An
 * operator's own capacity profile stays as it is.
 */
export async function limitedFlows({ gsp, fleet, log }: Context, running: Running, now: number): Promise<Running> {
  const { request, start, end, id } = running.service
  if (running.flows !== undefined || (request.kind !== 'limit' && request.kind !== 'envelope')) return running
  const { importW: watts = unlimited, exportW: dischargeWatts = unlimited } = request
  const group = fleet.groupAt(request.where)
  if (!group) return { ...running, flows: null }
  const from = Math.floor(now)
  const steps = [
    ...(from < start ? [{ start: from, watts: unlimited }] : []),
    { start, watts, dischargeWatts },
    { start: end, watts: unlimited },
  ]
  const isOurs = await gsp.limitFlows(group.id, steps)
  if (isOurs) log.info({ service: id, group: group.name, watts, dischargeWatts }, 'flow reservations limited')
  return { ...running, flows: isOurs ? group.id : null }
}

/** The limit goes with the service that set it. */
export async function liftedFlows({ gsp }: Pick<Context, 'gsp'>, running: Running): Promise<Running> {
  if (running.flows) await gsp.liftFlows(running.flows)
  return { ...running, flows: null }
}

const unlimited = 1e9
