import { createRandom } from '@gridloom/kit'
import { pinOf } from '@gridloom/sep2030'
import { z } from 'zod'

const sized = {
  name: z.string(),
  pin: z.int(),
  maxW: z.number(),
  scheduled: z.boolean().optional().describe('driven by the scheduler, not by its DCM'),
}

/** What an emulated DER of the local grid is: sizes in watts and watt-hours. */
export const PlannedDevice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pv'), ...sized }),
  z.object({ kind: z.literal('storage'), ...sized, maxWh: z.number() }),
  z.object({ kind: z.literal('load'), ...sized }),
  z.object({ kind: z.literal('vehicle'), ...sized }),
])
export type PlannedDevice = Readonly<z.infer<typeof PlannedDevice>>

/** Batteries and flexible loads trade, but for those that a scheduler drives. */
export function isTrading({ kind, scheduled }: PlannedDevice): boolean {
  return !scheduled && kind !== 'pv'
}

/** A group of the grid, one program each; the nearer to the device, the lower its primacy. */
export const PlannedGroup = z.object({
  name: z.string(),
  level: z.enum(['system', 'feeder']),
  primacy: z.int(),
  members: z.array(z.string()),
})
export type PlannedGroup = z.infer<typeof PlannedGroup>

export const GridPlan = z.object({ seed: z.int(), devices: z.array(PlannedDevice), groups: z.array(PlannedGroup) })
export type GridPlan = z.infer<typeof GridPlan>

const mix = ['pv', 'storage', 'pv', 'load', 'pv', 'storage', 'pv', 'load', 'pv', 'storage'] as const
const names = { pv: 'pv', storage: 'battery', load: 'heater', vehicle: 'charger' } as const

// one charger and one battery are the scheduler's; a grid that is too small for a mix has none
const fewestScheduled = mix.length
const scheduledKinds: Readonly<Record<number, PlannedDevice['kind']>> = { 7: 'vehicle', 9: 'storage' }

export type PlanOptions = Readonly<{ ders: number; regions?: number; seed: number }>

/** Mixes PV, batteries and water heaters 5 : 3 : 2, from ten on with one charger, and hangs them below one system and its feeders, one region each; the same seed gives the same grid. */
export function planGrid({ ders, regions = 2, seed }: PlanOptions): GridPlan {
  const random = createRandom(seed)
  const devices = Array.from({ length: ders }, (_, index) => {
    const scheduled = ders >= fewestScheduled ? scheduledKinds[index] : undefined
    const kind = scheduled ?? mix[index % mix.length] ?? 'pv'
    return {
      ...(scheduled && { scheduled: true }),
      name: `${names[kind]}-${index + 1}`,
      pin: pinOf(random.integer(10_000, 99_999)),
      ...equipmentOf(kind, random.next),
    }
  })
  return {
    seed,
    devices,
    groups: groupsOf(
      devices.map(({ name }) => name),
      regions,
    ),
  }
}

function equipmentOf(kind: PlannedDevice['kind'], next: () => number) {
  const watts = (least: number, most: number) => Math.round((least + next() * (most - least)) / 100) * 100
  if (kind === 'pv') return { kind, maxW: watts(3000, 10_000) }
  if (kind === 'storage') return { kind, maxW: watts(3000, 5000), maxWh: 2 * watts(4000, 7000) }
  if (kind === 'vehicle') return { kind, maxW: 240 * Math.round(16 + next() * 16) }
  return { kind, maxW: watts(2400, 4800) }
}

function groupsOf(members: string[], regions: number): PlannedGroup[] {
  const feeder = (number: number) => members.filter((_, index) => Math.floor(index / 2) % regions === number)
  return [
    { name: 'system', level: 'system', primacy: 80, members },
    ...Array.from({ length: regions }, (_, number) => ({
      name: `feeder-${number + 1}`,
      level: 'feeder' as const,
      primacy: 70,
      members: feeder(number),
    })),
  ]
}
