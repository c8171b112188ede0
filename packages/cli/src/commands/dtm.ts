import * as dtmActor from '@gridloom/dtm'
import { actorCommand } from './actor.ts'

export const dtm = actorCommand('dtm', 'run the Distributed Trust Module: who can be believed how far', dtmActor)
