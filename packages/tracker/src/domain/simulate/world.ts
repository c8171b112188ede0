import { regionOf } from '../region-of.ts'

export type WorldOptions = Readonly<{
  regions: number
  generators: number
  consumers: number
  random: () => number
}>

export type SimGenerator = { readonly id: string; readonly region: number; readonly capacityKw: number } & (
  | { readonly kind: 'stochastic'; readonly source: 'sun' | 'wind'; availableKw: number; level: number }
  | { readonly kind: 'fixed'; online: boolean }
  | { readonly kind: 'continuous'; outputKw: number; readonly merit: number }
) & { changedAt: number }

export type SimStorage = {
  readonly id: string
  readonly region: number
  readonly rateKw: number
  readonly capacityKwh: number
  availableKwh: number
  mode: 'charging' | 'idle' | 'discharging' | 'sleeping'
  dischargeKw: number
  changedAt: number
}

export type SimConsumer = {
  readonly id: string
  readonly region: number
  readonly class: number
  /** Its mean load, kW. */
  readonly meanKw: number
  /** An appliance that may start later. */
  readonly applianceKw: number
  loadKw: number
  shedKw: number
  waitingSince: number | undefined
  runsUntil: number
}

export type World = Readonly<{
  generators: readonly SimGenerator[]
  storages: readonly SimStorage[]
  consumers: readonly SimConsumer[]
}>

// Means of the prototype (§7); a site stands for one consumer in fifty.
const homeKw = 1.31
const siteKw = 44.8
const sources = ['sun', 'wind', 'fixed', 'continuous'] as const
// All generators together over the mean of all loads; the sun's part is there for some hours only.
const plenty = 2.6

/** Draws a grid: names fall into regions by their hash, so regions differ in what they have. */
export function drawWorld({ regions, generators, consumers, random }: WorldOptions): World {
  const loads = Array.from({ length: consumers }, (_, index): SimConsumer => {
    const id = `consumer-${index}`
    const meanKw = (index % 50 === 0 ? siteKw : homeKw) * (0.4 + 1.2 * random())
    return {
      id,
      region: regionOf(id, regions).region,
      class: Math.floor(10 * random()),
      meanKw,
      applianceKw: meanKw * (0.3 + 0.7 * random()),
      loadKw: meanKw,
      shedKw: 0,
      waitingSince: undefined,
      runsUntil: -Infinity,
    }
  })
  const demand = loads.reduce((sum, { meanKw }) => sum + meanKw, 0)
  const shareKw = (plenty * demand) / generators
  return {
    consumers: loads,
    generators: Array.from({ length: generators }, (_, index) => drawGenerator(index, { regions, shareKw, random })),
    storages: Array.from({ length: Math.ceil(generators / 4) }, (_, index) => {
      const id = `storage-${index}`
      const rateKw = shareKw * (0.3 + 0.4 * random())
      const capacityKwh = 3 * rateKw
      const region = regionOf(id, regions).region
      return {
        id,
        region,
        rateKw,
        capacityKwh,
        availableKwh: capacityKwh / 2,
        mode: 'idle',
        dischargeKw: 0,
        changedAt: -Infinity,
      }
    }),
  }
}

function drawGenerator(
  index: number,
  { regions, shareKw, random }: Readonly<{ regions: number; shareKw: number; random: () => number }>,
): SimGenerator {
  const id = `generator-${index}`
  const source = sources[index % sources.length] ?? 'sun'
  const base = {
    id,
    region: regionOf(id, regions).region,
    capacityKw: shareKw * (0.5 + random()),
    changedAt: -Infinity,
  }
  switch (source) {
    case 'sun':
    case 'wind':
      return { ...base, kind: 'stochastic', source, availableKw: 0, level: random() }
    case 'fixed':
      return { ...base, kind: 'fixed', online: false }
    case 'continuous':
      return { ...base, kind: 'continuous', outputKw: 0, merit: index }
    default:
      return source satisfies never
  }
}
