import type { DeviceDetail, KnownDer } from '@gridloom/contracts'
import {
  bitsIn,
  connectStatus,
  derControlModes,
  derType,
  doeControlModes,
  operationalMode,
  unscaled,
  vppControlModes,
} from '@gridloom/sep2030'
import { z } from 'zod'

/** What a DER can do and how it stands, in plain units, as it told the GSP. Powers in W, export positive. */
export type Der = Readonly<{
  lfdi: string
  device: string
  groups: readonly string[]
  /** All names by which its groups are called. */
  groupKeys: readonly string[]
  connectionPointId?: string
  kind: KnownDer['kind']
  modes: readonly string[]
  maxW: number
  minW: number
  maxVar: number
  ratedVA: number
  rampWPerSecond?: number
  store?: Readonly<{ energyWh: number; capacityWh: number; soc: number }>
  availableW?: number
  isOff: boolean
  isFaulty: boolean
  trust: Readonly<{ level: number; Te: number }>
}>

const Scaled = z.object({ multiplier: z.int(), value: z.number() }).transform((scaled) => unscaled(scaled))
const Bits = z.string().regex(/^[0-9A-Fa-f]*$/)

const Capability = z.object({
  type: z.int(),
  modesSupported: Bits,
  doeModesSupported: Bits.optional(),
  vppModesSupported: Bits.optional(),
  rtgMaxW: Scaled,
  rtgMaxVA: Scaled.optional(),
  rtgMaxVar: Scaled.optional(),
  rtgMaxChargeRateW: Scaled.optional(),
  rtgMaxDischargeRateW: Scaled.optional(),
  rtgMaxWh: Scaled.optional(),
})
const Settings = z.object({
  modesEnabled: Bits.optional(),
  doeModesEnabled: Bits.optional(),
  vppModesEnabled: Bits.optional(),
  setGradW: z.number().optional(),
  setMaxW: Scaled.optional(),
  setMaxVA: Scaled.optional(),
  setMaxVar: Scaled.optional(),
  setMaxChargeRateW: Scaled.optional(),
  setMaxDischargeRateW: Scaled.optional(),
  setMaxWh: Scaled.optional(),
})
const Status = z.object({
  operationalModeStatus: z.object({ value: z.int() }).optional(),
  genConnectStatus: z.object({ value: Bits }).optional(),
  stateOfChargeStatus: z.object({ value: z.number() }).optional(),
})
const Availability = z.object({ statWAvail: Scaled.optional() })

/** Reads a device of the GSP; undefined when it has told no capability yet, so that nothing can be asked of it. */
export function derOf({ ders: [first], trust, groups, ...device }: DeviceDetail): Der | undefined {
  const capability = Capability.safeParse(first?.capability).data
  if (!first || !capability) return undefined
  const settings = Settings.safeParse(first.settings).data ?? {}
  const status = Status.safeParse(first.status).data ?? {}
  const availableW = Availability.safeParse(first.availability).data?.statWAvail
  const { connectionPointId } = device
  const ratings = ratingsOf(capability, settings)
  const connect = bitsIn(status.genConnectStatus?.value ?? '', connectStatus)
  const soc = status.stateOfChargeStatus && status.stateOfChargeStatus.value / 10_000
  const capacityWh = settings.setMaxWh ?? capability.rtgMaxWh
  const hasStore = soc !== undefined && capacityWh !== undefined && capacityWh > 0
  return {
    lfdi: device.lfdi,
    device: device.id,
    groups: groups.map(({ name }) => name),
    groupKeys: groups.flatMap(({ id, name, mRID }) => [id, name, mRID]),
    ...(connectionPointId !== undefined && { connectionPointId }),
    modes: modesOf(capability, settings),
    ...ratings,
    ratedVA: settings.setMaxVA ?? capability.rtgMaxVA ?? Math.max(ratings.maxW, -ratings.minW),
    ...(settings.setGradW && {
      rampWPerSecond: (settings.setGradW / 10_000) * (settings.setMaxW ?? capability.rtgMaxW),
    }),
    ...(hasStore && { store: { soc, capacityWh, energyWh: soc * capacityWh } }),
    ...(availableW !== undefined && { availableW }),
    isOff: status.operationalModeStatus?.value === operationalMode.off,
    isFaulty: connect.includes('fault'),
    trust: { level: trust?.level ?? 0, Te: trust?.Te ?? 1 },
  }
}

type Capability = z.infer<typeof Capability>
type Settings = z.infer<typeof Settings>

function ratingsOf(capability: Capability, settings: Settings): Pick<Der, 'kind' | 'maxW' | 'minW' | 'maxVar'> {
  const ratedW = settings.setMaxW ?? capability.rtgMaxW
  const chargeW = settings.setMaxChargeRateW ?? capability.rtgMaxChargeRateW ?? 0
  const dischargeW = settings.setMaxDischargeRateW ?? capability.rtgMaxDischargeRateW ?? 0
  const maxVar = settings.setMaxVar ?? capability.rtgMaxVar ?? 0
  const kind = kindOf(capability.type, chargeW)
  switch (kind) {
    case 'load':
      return { kind, maxVar, maxW: 0, minW: -ratedW }
    case 'storage':
    case 'ev':
      return { kind, maxVar, maxW: dischargeW, minW: -(chargeW || ratedW) }
    case 'pv-storage':
      return { kind, maxVar, maxW: ratedW, minW: -chargeW }
    case 'pv':
    case 'generator':
      return { kind, maxVar, maxW: ratedW, minW: 0 }
    case 'unknown':
      return { kind, maxVar, maxW: ratedW, minW: -chargeW }
    default:
      return kind satisfies never
  }
}

function kindOf(type: number, chargeW: number): Der['kind'] {
  switch (type) {
    case derType.photovoltaic:
      return 'pv'
    case derType.otherStorage:
      return 'storage'
    case derType.photovoltaicWithStorage:
      return 'pv-storage'
    case derType.electricVehicle:
    case derType.chargingStation:
      return 'ev'
    case derType.virtual: // a controllable load has no type of its own
      return chargeW > 0 ? 'storage' : 'load'
    case derType.unknown:
      return 'unknown'
    default:
      return 'generator'
  }
}

/** Only what is supported and, where it says so, enabled. */
function modesOf(capability: Capability, settings: Settings): readonly string[] {
  const both = <Table extends Readonly<Record<string, number>>>(
    supported: string | undefined,
    enabled: string | undefined,
    table: Table,
  ): readonly string[] => {
    const able = bitsIn(supported ?? '', table)
    if (enabled === undefined) return able
    const on = new Set<string>(bitsIn(enabled, table))
    return able.filter((mode) => on.has(mode))
  }
  return [
    ...both(capability.modesSupported, settings.modesEnabled, derControlModes),
    ...both(capability.doeModesSupported, settings.doeModesEnabled, doeControlModes),
    ...both(capability.vppModesSupported, settings.vppModesEnabled, vppControlModes),
  ]
}
