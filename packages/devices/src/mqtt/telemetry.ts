import { z } from 'zod'
import type { DeviceKind, DeviceStatus, Ratings } from '../device.ts'

/** A sum, or the phases that make it up. */
const Power = z
  .union([
    z.number(),
    z.object({ net: z.number() }),
    z.object({ phaseA: z.number(), phaseB: z.number().nullish(), phaseC: z.number().nullish() }),
  ])
  .transform((power) => {
    if (typeof power === 'number') return power
    return 'net' in power ? power.net : power.phaseA + (power.phaseB ?? 0) + (power.phaseC ?? 0)
  })

const volts = z.number().min(0).nullish()
const voltages = { voltagePhaseA: volts, voltagePhaseB: volts, voltagePhaseC: volts }

const ratings = {
  maxW: z.number().positive(),
  maxVA: z.number().positive(),
  maxVar: z.number().min(0),
  maxVarNeg: z.number().min(0),
  maxChargeRateW: z.number().positive(),
  maxDischargeRateW: z.number().positive(),
  maxWh: z.number().positive(),
  maxA: z.number().positive(),
  vNom: z.number().positive(),
}

/** What a device publishes of itself; power has the generator's sign. */
export const Telemetry = z.object({
  inverter: z.object({
    realPower: Power,
    reactivePower: Power.default(0),
    ...voltages,
    frequency: z.number().positive().nullish(),
  }),
  nameplate: z
    .object(ratings)
    .partial()
    .extend({ type: z.int().min(0).describe('DERType of IEEE 2030.5') })
    .nullish(),
  settings: z.object(ratings).partial().nullish(),
  status: z
    .object({
      operationalModeStatus: z.int().min(0).max(3).describe('0 does not apply, 1 off, 2 operational, 3 test'),
      genConnectStatus: z.int().min(0).max(255).describe('1 connected, 2 available, 4 operating, 8 test, 16 fault'),
    })
    .nullish(),
})
export type Telemetry = z.infer<typeof Telemetry>

/** What a meter at the connection point publishes; power that is drawn from the grid is positive. */
export const SiteTelemetry = z.object({
  realPower: Power,
  reactivePower: Power.optional(),
  ...voltages,
  frequency: z.number().positive().nullish(),
})
export type SiteTelemetry = z.infer<typeof SiteTelemetry>

/** Energy so far and what flows now, as the integral of what was published. */
export type Flow = Readonly<{ at: number; watts: number; deliveredWh: number; receivedWh: number }>

/** The flow after one more reading: the one before held until now. */
export function flowAfter(before: Flow | undefined, watts: number, at: number): Flow {
  const wattHours = before ? (before.watts * Math.max(0, at - before.at)) / 3600 : 0
  return {
    at,
    watts,
    deliveredWh: (before?.deliveredWh ?? 0) + Math.max(0, wattHours),
    receivedWh: (before?.receivedWh ?? 0) + Math.max(0, -wattHours),
  }
}

export type Nominal = Readonly<{ maxW: number; vNom: number; hertz: number }>

/** What a device published, as its status; what it does not say is nominal. */
export function statusOf(
  { inverter, status }: Telemetry,
  flow: Flow,
  {
    site,
    limitW,
    nominal,
  }: Readonly<{ site: SiteTelemetry | undefined; limitW: number | undefined; nominal: Nominal }>,
): DeviceStatus {
  const bits = status?.genConnectStatus ?? (inverter.realPower === 0 ? 0b011 : 0b111)
  const isFaulty = (bits & 0b1_0000) !== 0
  const operating = (bits & 0b100) !== 0
  const mode = status?.operationalModeStatus
  return {
    at: flow.at,
    watts: inverter.realPower,
    vars: inverter.reactivePower,
    volts: meanVolts(inverter) ?? (site && meanVolts(site)) ?? nominal.vNom,
    hertz: inverter.frequency ?? site?.frequency ?? nominal.hertz,
    connected: (bits & 0b1) !== 0,
    available: (bits & 0b10) !== 0,
    operating,
    inverter: isFaulty ? 'fault' : operating ? 'tracking' : 'standby',
    mode: mode === 1 ? 'off' : mode === 3 ? 'test' : 'operational',
    alarms: [],
    deliveredWh: flow.deliveredWh,
    receivedWh: flow.receivedWh,
    ...(limitW !== undefined && { limitW }),
  }
}

/** The nameplate that was published, else what was configured. */
export function ratingsOf(telemetry: Telemetry | undefined, { maxW, vNom }: Nominal): Ratings {
  const { type: _, ...nameplate } = telemetry?.nameplate ?? { type: 0 }
  return { maxW, maxVA: nameplate.maxW ?? maxW, vNom, ...defined(nameplate) }
}

/** The DERType of the nameplate as a kind of device. */
export function kindOf(type: number | undefined): DeviceKind | undefined {
  return type === undefined ? undefined : kinds[type]
}

const kinds: Readonly<Record<number, DeviceKind>> = {
  4: 'pv',
  80: 'load',
  81: 'ev',
  82: 'evse',
  83: 'pv-storage',
  85: 'storage',
}

function meanVolts({
  voltagePhaseA,
  voltagePhaseB,
  voltagePhaseC,
}: SiteTelemetry | Telemetry['inverter']): number | undefined {
  const known = [voltagePhaseA, voltagePhaseB, voltagePhaseC].filter((value) => value != null)
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length
}

/** The same without the fields that are undefined. */
export function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never
}
