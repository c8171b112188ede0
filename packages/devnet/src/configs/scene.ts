import { relative } from 'node:path'
import type { Simulation } from '@gridloom/kit'
import type { IssuedGrid } from '../grid-folder.ts'
import { urlOf, type GridActor, type Layout } from '../layout.ts'
import type { GridPlan } from '../plan.ts'

/** What surrounds the devices of a local grid: a feeder as the environment names it, and a file of events. */
export type GridSurroundings = Readonly<{ feeder: string | Readonly<{ nodes: number; seed: number }>; events?: string }>

/** All that the configuration of an actor is made of. Paths in it are relative to the grid's folder. */
export type Scene = Readonly<{
  plan: GridPlan
  layout: Layout
  issued: IssuedGrid
  surroundings: GridSurroundings
  /** Name of the device that misbehaves: its DCM is a process of its own. */
  rogue?: string
  /** Absent: the clock of the machine. */
  clock?: Simulation
}>

/** How often everything in a local grid is polled and posted. */
export const pollSeconds = 10

/** What every actor has: where it listens and shows its metrics, who it is, and its time. */
export function common({ layout, issued, clock }: Scene, actor: GridActor) {
  const { listen, port, opsPort } = layout[actor]
  return {
    listen: { host: listen, port },
    ops: { port: opsPort },
    certs: relative(issued.folder, issued.servers[actor].folder),
    ...(clock && { clock }),
  }
}

/** The trust module as those name it who report to it or ask it. */
export function trustModule({ layout, issued }: Scene) {
  return { url: urlOf(layout.dtm), lfdi: issued.servers.dtm.credentials.lfdi }
}

/** How often the regions of a fast grid are reported and decided: half a second of real time is left for it, and for a look at trust. */
export function regionPace({ clock }: Scene) {
  const periodSeconds = Math.max(2, (clock?.speed ?? 1) / 2)
  return { periodSeconds, leaseSeconds: 10 * periodSeconds, lookSeconds: Math.max(30, 2 * periodSeconds) }
}

/** Solar time that makes it eleven in the morning when the grid starts: whoever watches at night sees the sun too. */
export function morningOffset({ clock }: Scene): number {
  const start = clock?.start ?? Date.now() / 1000
  const day = 86_400
  const eleven = 11 * 3600
  return Math.round(((eleven - (start % day) + day + day / 2) % day) - day / 2)
}
