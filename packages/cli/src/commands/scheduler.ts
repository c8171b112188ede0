import * as schedulerActor from '@gridloom/scheduler'
import { actorCommand } from './actor.ts'

const summary = 'run the scheduling service: IEC 61850 schedules for power, its limit, and on or off'

export const scheduler = actorCommand('scheduler', summary, schedulerActor)
