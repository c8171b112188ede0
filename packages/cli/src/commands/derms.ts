import * as dermsActor from '@gridloom/derms'
import { actorCommand } from './actor.ts'

const summary = 'run a DERMS: grid services from devices, dispatched, verified and settled'

export const derms = actorCommand('derms', summary, dermsActor)
