import type { Running } from '../domain/services/running.ts'
import { settingsOf } from '../domain/services/settings.ts'
import type { Context } from './context.ts'
import { orderToMany } from './orders.ts'

/** One curve for a whole group, in a program of its own, and the control that puts it into force. */
export async function curved({ gsp, config, fleet, clock }: Context, running: Running): Promise<Running> {
  const { service, groupControls, pending } = running
  const { where } = service.request
  const group = fleet.groupAt(where)
  if (!group || groupControls[where] !== undefined) return running
  const settings = settingsOf({ running, known: fleet.known(), awards: new Map() })
  if (settings.kind !== 'curve') return running
  const program = await gsp.programOf(group.id, config.primacy)
  const curve = await gsp.addCurve(program, settings.curve)
  const controls = { opModVoltVar: curve }
  const order = orderToMany(running, { target: { program }, controls, primacy: config.primacy, now: clock.exact() })
  return { ...running, pending: [...pending, order], groupControls: { ...groupControls, [where]: order.mRID } }
}
