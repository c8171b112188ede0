import * as environmentActor from '@gridloom/environment'
import { actorCommand } from './actor.ts'

const summary = 'run the grid around the devices: feeder, frequency, weather, events'

export const environment = actorCommand('environment', summary, environmentActor)
