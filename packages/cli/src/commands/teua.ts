import * as teuaActor from '@gridloom/teua'
import { actorCommand } from './actor.ts'

const summary = 'run user agents that trade for facilities and devices'

export const teua = actorCommand('teua', summary, teuaActor)
