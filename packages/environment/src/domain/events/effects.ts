import type { GridEvent } from './grid-event.ts'

/** Where a device stands: what events know it by, and the nodes from its own up to the source. */
export type Site = Readonly<{ lfdi: string; name: string; nodes: ReadonlySet<string> }>

/** An event that acts now, and how much: 0 to 1 while it comes and goes. */
export type Acting = Readonly<{ event: GridEvent; weight: number }>

/** What the acting events make of the grid as a whole. */
export type GridEffects = Readonly<{
  /** factor on the voltage of the source */
  source: number
  /** nothing of the feeder is energised */
  dark: boolean
  /** nodes that, with all below them, are without voltage */
  darkNodes: readonly string[]
  loadMegawatts: number
  /** the frequency that events hold, instead of the area's own */
  hertz(own: number): number
}>

/** What the acting events make of one device. */
export type LocalEffects = Readonly<{
  voltage: number
  sun: number
  dark: boolean
  cut: readonly ('server' | 'device')[]
}>

export function actingAt(events: readonly GridEvent[], seconds: number): Acting[] {
  return events.map((event) => ({ event, weight: weightOf(event, seconds) })).filter(({ weight }) => weight > 0)
}

/** Up over the ramp, there until its end, down over the ramp again. */
function weightOf(event: GridEvent, seconds: number): number {
  const since = seconds - event.at
  if (since < 0) return 0
  const ramp = 'rampSeconds' in event ? event.rampSeconds : 0
  const left = event.seconds === undefined ? Infinity : event.seconds + ramp - since
  if (left <= 0) return 0
  return ramp === 0 ? 1 : Math.min(1, since / ramp, left / ramp)
}

export function gridEffects(acting: readonly Acting[]): GridEffects {
  let source = 1
  let dark = false
  let loadMegawatts = 0
  const darkNodes: string[] = []
  for (const { event, weight } of acting) {
    if (event.kind === 'voltage' && isEverywhere(event)) source *= 1 + weight * (event.pu - 1)
    if (event.kind === 'outage' && isEverywhere(event)) dark = true
    if (event.kind === 'outage') darkNodes.push(...(event.nodes ?? []))
    if (event.kind === 'load') loadMegawatts += weight * event.megawatts
  }
  const hertz = (own: number) =>
    acting.reduce(
      (now, { event, weight }) => (event.kind === 'frequency' ? now + weight * (event.hertz - now) : now),
      own,
    )
  return { source, dark, darkNodes, loadMegawatts, hertz }
}

export function localEffects(acting: readonly Acting[], site: Site): LocalEffects {
  let voltage = 1
  let sun = 1
  let dark = false
  const cut = new Set<'server' | 'device'>()
  for (const { event, weight } of acting) {
    if (!reaches(event, site)) continue
    if (event.kind === 'voltage' && !isEverywhere(event)) voltage *= 1 + weight * (event.pu - 1)
    if (event.kind === 'cloud') sun *= 1 - weight * event.depth
    if (event.kind === 'outage') dark = true
    if (event.kind === 'communication') cut.add(event.link)
  }
  return { voltage, sun, dark, cut: [...cut] }
}

/** The nodes that events name. */
export function nodesNamedBy(event: GridEvent): readonly string[] {
  return 'nodes' in event ? (event.nodes ?? []) : []
}

function reaches(event: GridEvent, { lfdi, name, nodes }: Site): boolean {
  if (isEverywhere(event)) return true
  const devices = 'devices' in event ? (event.devices ?? []) : []
  return (
    devices.some((one) => one === name || one.toUpperCase() === lfdi) ||
    nodesNamedBy(event).some((one) => nodes.has(one))
  )
}

function isEverywhere(event: GridEvent): boolean {
  return !('devices' in event && event.devices) && !('nodes' in event && event.nodes)
}
