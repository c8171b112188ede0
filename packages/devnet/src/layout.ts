import { isTrading, type GridPlan } from './plan.ts'
import { reservePort } from './ports.ts'

/** Where an actor listens, and under which host others find it. */
export type Place = Readonly<{ listen: string; host: string; port: number; adminPort?: number; opsPort: number }>

/** The actors of a local grid and the ports they take when these are free (design §1). */
const ports = {
  gsp: { port: 8443, adminPort: 9443 },
  dtm: { port: 9444 },
  derms: { port: 9445 },
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

/** A layout whose ports are held for each actor until it is started. */
export type LocalLayout = AsyncDisposable & Readonly<{ layout: Layout; release(actor: GridActor): Promise<void> }>

/** On this machine: the default ports, or free ones where these are taken. */
export async function localLayout(): Promise<LocalLayout> {
  const host = '127.0.0.1'
  await using stack = new AsyncDisposableStack()
  const held = new Map<GridActor, AsyncDisposableStack>()
  const layout = await layoutOf(async (actor) => {
    const own = stack.use(new AsyncDisposableStack())
    held.set(actor, own)
    const hold = async (port: number) => own.use(await reservePort(port, host)).port
    const wanted: Ports = ports[actor]
    return {
      listen: host,
      host,
      port: await hold(wanted.port),
      ...(wanted.adminPort !== undefined && { adminPort: await hold(wanted.adminPort) }),
      opsPort: await hold(0),
    }
  })
  const owned = stack.move()
  return {
    layout,
    release: async (actor) => held.get(actor)?.disposeAsync(),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
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
