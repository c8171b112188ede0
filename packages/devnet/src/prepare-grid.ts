import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GridReady } from '@gridloom/contracts'
import type { Simulation } from '@gridloom/kit'
import { stringify } from 'yaml'
import { dcmConfig, rogueConfig } from './configs/dcm.ts'
import { dermsConfig } from './configs/derms.ts'
import { dtmConfig } from './configs/dtm.ts'
import { environmentConfig } from './configs/environment.ts'
import { gspConfig } from './configs/gsp.ts'
import { marketConfig, marketFiles } from './configs/market.ts'
import type { GridSurroundings, Scene } from './configs/scene.ts'
import { schedulerConfig, schedulerFiles } from './configs/scheduler.ts'
import { teuaConfig } from './configs/teua.ts'
import { trackerConfig } from './configs/tracker.ts'
import { issueGrid } from './grid-folder.ts'
import { actorsOf, urlOf, type GridActor, type Layout, type Place } from './layout.ts'
import type { GridPlan } from './plan.ts'

const configs: Readonly<Record<GridActor, (scene: Scene) => object>> = {
  gsp: gspConfig,
  dtm: dtmConfig,
  derms: dermsConfig,
  market: marketConfig,
  scheduler: schedulerConfig,
  tracker: trackerConfig,
  environment: environmentConfig,
  dcm: dcmConfig,
  teua: teuaConfig,
}

/** What an actor reads beside its configuration. */
const files: Readonly<Partial<Record<GridActor, (scene: Scene) => Readonly<Record<string, string>>>>> = {
  market: marketFiles,
  scheduler: schedulerFiles,
}

export type PrepareOptions = Readonly<{
  data: string
  plan: GridPlan
  layout: Layout
  surroundings: GridSurroundings
  clock?: Simulation
  /** The device that misbehaves, and the port of its own process. */
  rogue?: Readonly<{ device: string; port: number }>
}>

/** Fills a folder with all that a grid needs to start: keys, one configuration per actor, and what grid.json will say. */
export function prepareGrid({ data, rogue, ...options }: PrepareOptions): GridReady {
  const scene = { ...options, issued: issueGrid(data, options.plan), ...(rogue && { rogue: rogue.device }) }
  for (const actor of actorsOf(options.plan)) {
    writeFileSync(join(data, `${actor}.yaml`), stringify(configs[actor](scene)))
    for (const [file, text] of Object.entries(files[actor]?.(scene) ?? {})) writeFileSync(join(data, file), text)
  }
  if (rogue) writeFileSync(join(data, 'rogue.yaml'), stringify(rogueConfig(scene, rogue.port)))
  return describeGrid(scene)
}

function describeGrid({ issued: { folder, operator, devices }, layout, plan }: Scene): GridReady {
  const keyPair = (credentials: string) => ({ cert: join(credentials, 'cert.pem'), key: join(credentials, 'key.pem') })
  return {
    event: 'ready',
    actors: actorsOf(plan).map((actor) => facesOf(actor, layout[actor])),
    certs: {
      ca: join(operator.folder, 'ca.pem'),
      operator: keyPair(operator.folder),
      devices: devices.map(({ name, pin, folder: own, credentials: { lfdi, sfdi } }) => ({
        name,
        lfdi,
        sfdi,
        pin,
        ...keyPair(own),
      })),
    },
    data: folder,
  }
}

function facesOf(actor: GridActor, place: Place): GridReady['actors'][number] {
  return {
    actor,
    url: urlOf(place),
    ...(place.adminPort !== undefined && { admin: urlOf(place, 'admin') }),
    metrics: `http://127.0.0.1:${place.opsPort}/metrics`,
  }
}
