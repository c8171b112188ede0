import { isTrading, type GridPlan } from './plan.ts'
import { freePort } from './ports.ts'

/** Where an actor listens, and under which host others find it. */
export type Place = Readonly<{ listen: string; host: string; port: number; adminPort?: number; opsPort: number }>

/** The actors of a local grid and the ports they take when these are free (design §1). */
const ports = {
  gsp: { port: 8443, adminPort: 9443 },
  dtm: { port: 9444 },
  market: { port: 9446 },
  scheduler: { port: 9447 },
  tracker: { port: 9448 },
  environment: { port: 9449 },
  dcm: { port: 9450 },
  teua: { port: 9453 },
} as const

export type GridActor = keyof typeof ports
export type Layout = Readonly<Record<GridActor, Place>>

/** Every actor, in the order in which people read of them. */
export const gridActors = Object.keys(ports) as readonly GridActor[]

/** The actors that a plan has work for. */
export function actorsOf({ devices }: GridPlan): readonly GridActor[] {
  const idle = new Set<GridActor>()
  if (!devices.some(({ scheduled }) => scheduled)) idle.add('scheduler')
  if (!devices.some(isTrading)) idle.add('teua')
  return gridActors.filter((actor) => !idle.has(actor))
}

/** On this machine: the default ports, or free ones where these are taken. */
export async function localLayout(): Promise<Layout> {
  const host = '127.0.0.1'
  return layoutOf(async (actor) => {
    const wanted: Ports = ports[actor]
    return {
      listen: host,
      host,
      port: await freePort(wanted.port, host),
      ...(wanted.adminPort !== undefined && { adminPort: await freePort(wanted.adminPort, host) }),
      opsPort: await freePort(0, host),
    }
  })
}

/** Among containers: each actor under its own name, with the default ports. */
export function containerLayout(): Promise<Layout> {
  return layoutOf((actor) => ({ listen: '0.0.0.0', host: actor, ...ports[actor], opsPort: 9090 }))
}

type Ports = Readonly<{ port: number; adminPort?: number }>

async function layoutOf(placeOf: (actor: GridActor) => Place | Promise<Place>): Promise<Layout> {
  const places: [GridActor, Place][] = []
  for (const actor of gridActors) places.push([actor, await placeOf(actor)])
  return Object.fromEntries(places) as Layout
}

/** The address of an actor, or of its admin face. */
export function urlOf({ host, port, adminPort }: Place, face: 'url' | 'admin' = 'url'): string {
  return `https://${host}:${face === 'admin' ? adminPort : port}`
}
