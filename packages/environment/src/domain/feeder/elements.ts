import { SepError } from '@gridloom/sep2030'
import { baseKva } from './branches.ts'
import type { FeederFile } from './feeder-file.ts'
import { has, phases, type Triple } from './phases.ts'

const models = { PQ: 0, I: 1, Z: 2 } as const

/**
 * The branches of all devices, loads first, then capacitors, then DER. A branch lies between the slots `plus` and `minus` of the
 * voltage vector; `minus` of a wye branch is the slot of the earth, which is always zero.
 */
export type Elements = Readonly<{
  plus: Int32Array
  minus: Int32Array
  model: Uint8Array
  /** the square of the nominal voltage: 1 for wye, 3 for delta */
  nominal: Float64Array
  /** power drawn as the file gives it, per unit */
  p: Float64Array
  q: Float64Array
  /** which load or DER, counted within its class, and which of its branches */
  device: Int32Array
  branch: Uint8Array
  loads: number
  capacitors: number
}>

type Device = Readonly<{
  name: string
  node: string
  connection: 'Y' | 'D'
  model: keyof typeof models
  kw: Triple
  kvar: Triple
  keep?: boolean
}>
type Element = Readonly<{
  plus: number
  minus?: number | undefined
  model: number
  nominal: number
  p: number
  q: number
  device: number
  branch: number
}>

/** Where a node went in the sweep order, the phases it was given and those that are live. */
type Site = Readonly<{ position: number; declared: number; live: number }>
export type SiteOf = (node: string, who: string) => Site

/** Puts every device of a feeder on the sweep order; what stands at a dead node or phase draws nothing and is left out. */
export function elementsOf(feeder: FeederFile, siteOf: SiteOf, earth: number): Elements {
  const put = (devices: readonly Device[]) =>
    devices.flatMap((device, index) => branchesOf(device, index, siteOf(device.node, device.name)))
  const loads = put(feeder.loads.map((load) => ({ ...load, name: `load "${load.id}"` })))
  const capacitors = put(feeder.capacitors.map(capacitorDevice))
  const ders = put(
    feeder.ders.map((der) => ({ ...der, name: `der "${der.id}"`, model: 'PQ', ...negated(der), keep: true })),
  )
  const all = [...loads, ...capacitors, ...ders]
  return {
    plus: Int32Array.from(all, ({ plus }) => plus),
    minus: Int32Array.from(all, ({ minus = earth }) => minus),
    model: Uint8Array.from(all, ({ model }) => model),
    nominal: Float64Array.from(all, ({ nominal }) => nominal),
    p: Float64Array.from(all, ({ p }) => p),
    q: Float64Array.from(all, ({ q }) => q),
    device: Int32Array.from(all, ({ device }) => device),
    branch: Uint8Array.from(all, ({ branch }) => branch),
    loads: loads.length,
    capacitors: capacitors.length,
  }
}

function branchesOf(
  { name, node, connection, model, kw, kvar, keep = false }: Device,
  device: number,
  { position, declared, live }: Site,
): Element[] {
  const elements: Element[] = []
  for (let branch = 0; branch < 3; branch += 1) {
    const p = (kw[branch] ?? 0) / baseKva
    const q = (kvar[branch] ?? 0) / baseKva
    const idle = p === 0 && q === 0
    if (idle && !keep) continue
    const ends = connection === 'Y' ? [branch] : [branch, (branch + 1) % 3]
    const missing = ends.find((phase) => !has(declared, phase))
    if (missing !== undefined && !idle) {
      throw new SepError('invalid', `${name}: node "${node}" has no phase ${phases[missing]}`)
    }
    if (ends.some((phase) => !has(live, phase))) continue
    const [plus = 0, minus] = ends.map((phase) => 6 * position + 2 * phase)
    elements.push({ plus, minus, model: models[model], nominal: ends.length === 1 ? 1 : 3, p, q, device, branch })
  }
  return elements
}

function capacitorDevice({
  node,
  connection,
  kvar: { a = 0, b = 0, c = 0 },
}: FeederFile['capacitors'][number]): Device {
  return { name: `capacitor at "${node}"`, node, connection, model: 'Z', kw: [0, 0, 0], kvar: [-a, -b, -c] }
}

function negated({ kw, kvar }: Readonly<{ kw: Triple; kvar: Triple }>): Readonly<{ kw: Triple; kvar: Triple }> {
  return { kw: [-kw[0], -kw[1], -kw[2]], kvar: [-kvar[0], -kvar[1], -kvar[2]] }
}
