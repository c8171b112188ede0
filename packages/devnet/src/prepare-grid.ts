import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GridReady } from '@gridloom/contracts'
import type { Simulation } from '@gridloom/kit'
import { stringify } from 'yaml'
import { dcmConfig, environmentConfig, gspConfig, type GridSurroundings } from './configs.ts'
import { issueGrid, type IssuedGrid } from './grid-folder.ts'
import type { Layout, Place } from './layout.ts'
import type { GridPlan } from './plan.ts'

export type PrepareOptions = Readonly<{
  data: string
  plan: GridPlan
  layout: Layout
  surroundings: GridSurroundings
  clock?: Simulation
}>

/** Fills a folder with all that a grid needs to start: keys, one configuration per actor, and what grid.json will say. */
export function prepareGrid({ data, plan, layout, surroundings, clock }: PrepareOptions): GridReady {
  const issued = issueGrid(data, plan)
  const write = (actor: string, config: object) => writeFileSync(join(data, `${actor}.yaml`), stringify(config))
  write('gsp', gspConfig(layout.gsp, clock))
  write('environment', environmentConfig(layout.environment, clock, surroundings, plan.seed))
  const around = { gsp: urlOf(layout.gsp), environment: urlOf(layout.environment) }
  write('dcm', dcmConfig(layout.dcm, clock, issued, around))
  return describeGrid(issued, layout)
}

function describeGrid({ folder, operator, devices }: IssuedGrid, { gsp, environment, dcm }: Layout): GridReady {
  const keyPair = (credentials: string) => ({ cert: join(credentials, 'cert.pem'), key: join(credentials, 'key.pem') })
  return {
    event: 'ready',
    actors: [
      { actor: 'gsp', url: urlOf(gsp), admin: urlOf(gsp, gsp.adminPort), metrics: metricsOf(gsp) },
      { actor: 'environment', url: urlOf(environment), metrics: metricsOf(environment) },
      { actor: 'dcm', url: urlOf(dcm), metrics: metricsOf(dcm) },
    ],
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

function urlOf({ host, port }: Place, face = port): string {
  return `https://${host}:${face}`
}

function metricsOf({ opsPort }: Place): string {
  return `http://127.0.0.1:${opsPort}/metrics`
}
