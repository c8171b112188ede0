import type { ControlFields } from '@gridloom/contracts'
import type { Running } from '../domain/services/running.ts'
import { isStanding, standingOf } from '../domain/services/standing.ts'
import type { Context } from './context.ts'
import { wordsOf } from './orders.ts'

/** Makes what a standing service asks the default control of its group, once. */
export async function stood({ gsp, fleet, config, log }: Context, running: Running): Promise<Running> {
  const { service } = running
  const group = fleet.groupAt(service.request.where)
  if (!isStanding(service.request) || running.standing !== undefined || !group) return running
  const standing = standingOf({ running, known: fleet.known(), awards: new Map() })
  if (standing.kind === 'refused') return running
  const program = await gsp.programOf(group.id, config.primacy)
  const curve = standing.curve && (await gsp.addCurve(program, standing.curve))
  const controls: ControlFields = { ...standing.controls, ...(curve !== undefined && { opModVoltVar: curve }) }
  await gsp.addDefault(program, controls)
  log.info({ service: service.id, group: group.name, controls }, 'default control set')
  const fields = Object.keys(controls)
  return { ...running, standing: { program, fields }, service: { ...service, standing: wordsOf(controls) } }
}

/** Its part of the default control goes with the service. */
export async function unstood({ gsp }: Pick<Context, 'gsp'>, running: Running): Promise<Running> {
  if (running.standing) await gsp.dropDefault(running.standing.program, running.standing.fields)
  return { ...running, standing: null }
}
