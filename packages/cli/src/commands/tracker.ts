import * as trackerActor from '@gridloom/tracker'
import { actorCommand } from './actor.ts'

const summary = 'run a region tracker: bootstrap, balance, trees, shedding'

export const tracker = actorCommand('tracker', summary, trackerActor)
