import { z } from 'zod'
import { LfdiText } from './gsp-admin/common.ts'

/** What one device does to the grid; power has the generator's sign. */
export const DeviceReport = z.strictObject({
  lfdi: LfdiText,
  name: z.string().min(1).max(64).describe('what events and placements may call it'),
  nominalVolts: z.number().positive().describe('line to neutral at its terminals'),
  watts: z.number().describe('positive delivers, negative receives'),
  vars: z.number(),
})

/** One batch of a tick: all devices of a fleet. */
export const FleetReport = z.strictObject({ devices: z.array(DeviceReport).max(100_000) })

/** What the world does to one device. */
export const DeviceSurroundings = z.strictObject({
  lfdi: LfdiText,
  volts: z.number().nonnegative().describe('line to neutral at its terminals'),
  hertz: z.number().nonnegative(),
  irradiance: z.number().nonnegative().describe('fraction of 1000 W/m²'),
  temperature: z.number().describe('degrees Celsius'),
  cut: z
    .array(z.enum(['server', 'device']))
    .optional()
    .describe('links of its DCM that an event holds cut: to the server, to the device'),
})

/** The answer to a batch, in its order. */
export const FleetSurroundings = z.strictObject({
  at: z.number().describe('simulated time of the last tick, seconds since 1970'),
  devices: z.array(DeviceSurroundings),
})

const Extreme = z.object({ node: z.string(), phase: z.string(), pu: z.number() })

/** The state of the modelled grid. */
export const EnvironmentState = z.object({
  at: z.number().describe('simulated time of the last tick, seconds since 1970'),
  seconds: z.number().describe('since the first batch, as events count'),
  feeder: z.string(),
  solved: z.boolean().describe('false: there is no solution, the voltages are the last good ones'),
  hertz: z.number(),
  sourceKw: z.number().describe('what the area delivers to the feeder'),
  loadShare: z.number().describe('of the rated power of its loads, on average'),
  irradiance: z.number(),
  temperature: z.number(),
  lowest: Extreme.optional(),
  highest: Extreme.optional(),
  events: z.array(z.string()).describe('that act now'),
})

/** Where the devices stand and what they do. */
export const PlacedDevices = z.object({
  devices: z.array(
    DeviceSurroundings.extend({
      name: z.string(),
      place: z.string(),
      nominalVolts: z.number().positive(),
      watts: z.number(),
      vars: z.number(),
    }),
  ),
})

/** Magnitudes of the voltages in pu, by node and phase. */
export const NodeMagnitudes = z.object({ nodes: z.record(z.string(), z.record(z.string(), z.number())) })

export type DeviceReport = z.infer<typeof DeviceReport>
export type FleetReport = z.infer<typeof FleetReport>
export type DeviceSurroundings = z.infer<typeof DeviceSurroundings>
export type FleetSurroundings = z.infer<typeof FleetSurroundings>
export type EnvironmentState = z.infer<typeof EnvironmentState>
export type PlacedDevices = z.infer<typeof PlacedDevices>
export type NodeMagnitudes = z.infer<typeof NodeMagnitudes>
