import { z } from 'zod'
import type { Mode } from '../modes.ts'
import type { DeviceSetpoint } from '../setpoint.ts'

const watts = z.number().min(0).optional()

/** The limits that go over MQTT: plain values, watts and booleans; an absent one does not limit. */
export const Limits = z.strictObject({
  opModConnect: z.boolean().optional(),
  opModEnergize: z.boolean().optional(),
  opModGenLimW: watts,
  opModExpLimW: watts,
  opModImpLimW: watts,
  opModLoadLimW: watts,
})
export type Limits = Readonly<z.infer<typeof Limits>>

export type Source = '2030.5' | 'mqtt' | 'safe'

/** What holds now, field by field, and who asked for it; the power to hold goes to a device that can. */
export type ActiveLimits = Readonly<
  { [K in keyof Limits]: Readonly<{ value: NonNullable<Limits[K]>; source: Source }> } & {
    opModTargetW?: Readonly<{ value: number; source: Source }>
  }
>

export const mqttModes: readonly Mode[] = [
  'opModConnect',
  'opModEnergize',
  'opModMaxLimW',
  'opModGenLimW',
  'opModExpLimW',
  'opModImpLimW',
  'opModLoadLimW',
]

/** The limits of a set point; a share of the rating bounds what the device generates, or draws where it is a load. */
export function limitsOf({ opModMaxLimW, ...setpoint }: DeviceSetpoint, maxW: number, isLoad: boolean): Limits {
  const shared = opModMaxLimW === undefined ? undefined : opModMaxLimW * maxW
  const field = isLoad ? 'opModLoadLimW' : 'opModGenLimW'
  const own = Object.fromEntries(
    limitNames.filter((name) => setpoint[name] !== undefined).map((name) => [name, setpoint[name]]),
  ) as Limits
  return shared === undefined ? own : { ...own, [field]: Math.min(shared, own[field] ?? Infinity) }
}

/** Several sources at once: where one says no it is no, and the smallest limit counts. */
export function mergeLimits(sources: Readonly<Partial<Record<Source, Limits>>>): ActiveLimits {
  const asked = Object.entries(sources) as [Source, Limits][]
  const merged = limitNames.flatMap((name) => {
    const values = asked.flatMap(([source, limits]) =>
      limits[name] === undefined ? [] : [{ value: limits[name], source }],
    )
    const [strictest] = values.toSorted((a, b) => Number(a.value) - Number(b.value))
    return strictest ? [[name, strictest] as const] : []
  })
  return Object.fromEntries(merged) as ActiveLimits
}

/** The smallest bound on active power in force. */
export function smallestWatts({
  opModGenLimW,
  opModExpLimW,
  opModLoadLimW,
  opModImpLimW,
}: ActiveLimits): number | undefined {
  const bounds = [opModGenLimW, opModExpLimW, opModLoadLimW, opModImpLimW].flatMap((limit) => limit?.value ?? [])
  return bounds.length === 0 ? undefined : Math.min(...bounds)
}

const limitNames = Object.keys(Limits.shape) as (keyof Limits)[]
