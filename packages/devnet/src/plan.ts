import { pinOf, type Pin } from '@gridloom/sep2030'
import { createRandom } from '@gridloom/kit'

/** What an emulated DER of the local grid is: sizes in watts and watt-hours. */
export type PlannedDevice = Readonly<{ name: string; pin: Pin } & Equipment>
export type Equipment = Readonly<
  { kind: 'pv'; maxW: number } | { kind: 'storage'; maxW: number; maxWh: number } | { kind: 'load'; maxW: number }
>

/** A group of the grid, one program each; the nearer to the device, the lower its primacy. */
export type PlannedGroup = Readonly<{ name: string; level: 'system' | 'feeder'; primacy: number; members: readonly string[] }>
export type GridPlan = Readonly<{ seed: number; devices: readonly PlannedDevice[]; groups: readonly PlannedGroup[] }>

const feeders = 2
const mix = ['pv', 'storage', 'pv', 'load', 'pv', 'storage', 'pv', 'load', 'pv', 'storage'] as const
const names = { pv: 'pv', storage: 'battery', load: 'heater' } as const

/** Mixes PV, batteries and water heaters 5 : 3 : 2 and hangs them below one system and two feeders; the same seed gives the same grid. */
export function planGrid({ ders, seed }: Readonly<{ ders: number; seed: number }>): GridPlan {
  const random = createRandom(seed)
  const devices = Array.from({ length: ders }, (_, index) => {
    const equipment = equipmentOf(mix[index % mix.length] ?? 'pv', () => random.next())
    return { name: `${names[equipment.kind]}-${index + 1}`, pin: pinOf(10_000 + Math.floor(random.next() * 90_000)), ...equipment }
  })
  return { seed, devices, groups: groupsOf(devices.map(({ name }) => name)) }
}

function equipmentOf(kind: Equipment['kind'], next: () => number): Equipment {
  const watts = (least: number, most: number) => Math.round((least + next() * (most - least)) / 100) * 100
  if (kind === 'pv') return { kind, maxW: watts(3000, 10_000) }
  if (kind === 'storage') return { kind, maxW: watts(3000, 5000), maxWh: 2 * watts(4000, 7000) }
  return { kind, maxW: watts(2400, 4800) }
}

function groupsOf(names: readonly string[]): readonly PlannedGroup[] {
  const feeder = (number: number) => names.filter((_, index) => index % feeders === number)
  return [
    { name: 'system', level: 'system', primacy: 80, members: names },
    ...Array.from({ length: feeders }, (_, number) => ({
      name: `feeder-${number + 1}`,
      level: 'feeder' as const,
      primacy: 70,
      members: feeder(number),
    })),
  ]
}
