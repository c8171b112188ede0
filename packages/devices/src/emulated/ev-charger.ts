import type { Capability, InverterState, Settings } from '../device.ts'
import type { Mode } from '../modes.ts'
import type { DeviceSetpoint } from '../setpoint.ts'
import { deliveryCap, least, receiptCap, share } from './caps.ts'
import { type ChargingPoint, steppedPower } from './charging-current.ts'
import { commute, type Driving } from './commute.ts'
import { emulate, type EmulatedDevice, type Plant, type Refusal } from './emulate.ts'
import { type Environment, seededWeather } from './environment.ts'
import { createGlide } from './glide.ts'
import { storageStatusOf } from './storage-status.ts'
import { createVehicle } from './vehicle.ts'

export type EvChargerOptions = Readonly<{
  now: () => number
  seed?: number
  /** Per phase. */
  maxA?: number
  phases?: 1 | 3
  /** Of the vehicle's battery. */
  capacityWh?: number
  /** At the start. */
  soc?: number
  /** What the driver wants to leave with. */
  targetSoc?: number
  /** What is kept back when the vehicle discharges. */
  minSoc?: number
  /** Share of the received energy that is stored. */
  efficiency?: number
  /** Whether the vehicle can give back what it holds. */
  v2g?: boolean
  vNom?: number
  gradient?: number
  utcOffsetSeconds?: number
  environment?: Environment
  driving?: Driving
}>

/** A charging station and the vehicle that comes and goes; by itself it charges as soon as it can, up to the driver's target. */
export function createEmulatedEvCharger({ now, ...options }: EvChargerOptions): EmulatedDevice {
  return emulate(evChargerPlant({ ...options, startedAt: Math.floor(now()) }), now)
}

const chargingModes: readonly Mode[] = [
  'opModConnect',
  'opModEnergize',
  'opModFixedW',
  'opModMaxLimW',
  'opModTargetW',
  'opModImpLimW',
  'opModLoadLimW',
]
const v2gModes: readonly Mode[] = [...chargingModes, 'opModExpLimW', 'opModGenLimW', 'opModStorageTargetW']

type PlantOptions = Omit<EvChargerOptions, 'now'> & Readonly<{ startedAt: number }>

function evChargerPlant({
  seed = 1,
  startedAt,
  v2g = false,
  vNom = 240,
  gradient = 0.1,
  ...options
}: PlantOptions): Plant {
  const { maxA = 32, phases = 1, capacityWh = 60_000, utcOffsetSeconds = 0 } = options
  const { soc = 0.5, targetSoc = 0.8, minSoc = 0.2, efficiency = 0.92 } = options
  const { environment = seededWeather({ seed, volts: vNom }), driving = commute({ seed, utcOffsetSeconds }) } = options
  const point: ChargingPoint = { maxA, phases }
  const maxW = phases * maxA * vNom
  const storage = { capacityWh, minSoc, efficiency, dischargeW: v2g ? maxW : 0, chargeW: maxW }
  const capability = capabilityOf(point, { vNom, capacityWh, v2g })
  const { modes } = capability
  const settings: Settings = { ...capability.ratings, modesEnabled: modes, gradient, updatedAt: startedAt }
  const vehicle = createVehicle({ storage, soc, driving, startedAt })
  const offered = createGlide(0, settings)
  let setpoint: DeviceSetpoint = {}
  let around = environment(startedAt)
  let granted = { id: '', flowedWh: 0 }
  let at = startedAt
  let watts = 0

  return {
    capability,
    settings,
    refusalOf,
    apply(next) {
      setpoint = next
      if (next.grant && next.grant.id !== granted.id) granted = { id: next.grant.id, flowedWh: 0 }
      offered.begin(next, bounded(wantedW()))
      if (!isReady()) open()
    },
    step(now, seconds) {
      at = now
      around = environment(now)
      vehicle.drive(now)
      if (!isReady()) {
        open()
        return 0
      }
      const power = steppedPower(point, offered.step(bounded(wantedW()), seconds), around.volts)
      watts = vehicle.flow(withinGrant(power, seconds), { fullAt: fullAt(), seconds })
      granted.flowedWh += (Math.sign(setpoint.grant?.wattHours ?? 0) * -watts * seconds) / 3600
      return watts
    },
    report() {
      const cap = chargeCap()
      return {
        watts: watts + 0,
        vars: 0,
        volts: around.volts,
        hertz: around.hertz,
        connected: vehicle.isHere() && setpoint.opModConnect !== false,
        available: isReady(),
        operating: watts !== 0,
        inverter: stateOf(),
        mode: isReady() ? 'operational' : 'off',
        alarms: [],
        availableW: v2g ? dischargeableW() : Math.max(0, -watts),
        ...(cap !== undefined && { limitW: cap }),
        ...(vehicle.isHere() && {
          storage: storageStatusOf(storage, vehicle.soc(), watts),
          vehicle: {
            targetSoc: Math.max(targetSoc, vehicle.soc()),
            wantedWh: (Math.max(0, targetSoc - vehicle.soc()) * capacityWh) / efficiency,
            departsInSeconds: vehicle.leavesAt() - at,
          },
        }),
      }
    },
  }

  /** Without a vehicle nothing can be charged, and without V2G nothing delivered; limits hold for whoever comes. */
  function refusalOf(next: DeviceSetpoint): Refusal | undefined {
    const asked = askedPower(next)
    const flows = asked.filter((mode) => (next[mode] ?? 0) !== 0)
    if (flows.length > 0 && !vehicle.isHere()) return { kind: 'refused', fields: flows, reason: 'no vehicle' }
    const deliveries = v2g ? [] : asked.filter((mode) => (next[mode] ?? 0) > 0)
    if (deliveries.length > 0) return { kind: 'refused', fields: deliveries, reason: 'cannot discharge' }
    return undefined
  }

  function isReady(): boolean {
    return vehicle.isHere() && setpoint.opModConnect !== false && setpoint.opModEnergize !== false
  }

  function open(): void {
    offered.jump(0)
    watts = 0
  }

  /** A set point comes first, then a reservation, then the driver's wish. */
  function wantedW(): number {
    const explicit = explicitW()
    if (explicit !== undefined) return explicit
    const { grant } = setpoint
    if (grant) return grant.wattHours > 0 ? -grant.watts : grant.watts
    return vehicle.soc() < targetSoc ? -maxW : 0
  }

  function explicitW(): number | undefined {
    return share(setpoint.opModFixedW, maxW) ?? setpoint.opModTargetW ?? setpoint.opModStorageTargetW
  }

  function fullAt(): number {
    return explicitW() === undefined && !setpoint.grant ? targetSoc : 1
  }

  function bounded(wanted: number): number {
    const mostCharge = Math.min(maxW, chargeCap() ?? maxW)
    const mostDischarge = v2g ? Math.min(maxW, deliveryCap(setpoint, settings) ?? maxW) : 0
    return Math.min(mostDischarge, Math.max(-mostCharge, wanted))
  }

  function chargeCap(): number | undefined {
    return least(share(setpoint.opModMaxLimW, maxW), receiptCap(setpoint))
  }

  function withinGrant(power: number, seconds: number): number {
    const { grant } = setpoint
    if (!grant || explicitW() !== undefined) return power
    const most = (Math.max(0, Math.abs(grant.wattHours) - granted.flowedWh) * 3600) / seconds
    return Math.min(most, Math.max(-most, power))
  }

  function dischargeableW(): number {
    return isReady() && vehicle.soc() > minSoc ? bounded(maxW) : 0
  }

  function stateOf(): InverterState {
    if (!vehicle.isHere() || setpoint.opModConnect === false) return 'off'
    if (watts === 0) return 'standby'
    return Math.abs(bounded(wantedW())) < Math.abs(wantedW()) ? 'derated' : 'tracking'
  }
}

/** The modes that ask for a flow. */
function askedPower(setpoint: DeviceSetpoint) {
  return (['opModFixedW', 'opModTargetW', 'opModStorageTargetW'] as const).filter((mode) => mode in setpoint)
}

type Facts = Readonly<{ vNom: number; capacityWh: number; v2g: boolean }>

// a charging station is a load to its grid; a vehicle that gives back is a DER itself
function capabilityOf({ maxA, phases }: ChargingPoint, { vNom, capacityWh, v2g }: Facts): Capability {
  const maxW = phases * maxA * vNom
  const ratings = { maxW, maxVA: maxW, maxA, vNom, maxChargeRateW: maxW, maxChargeRateVA: maxW, maxWh: capacityWh }
  if (!v2g) return { kind: 'evse', modes: chargingModes, ratings }
  return { kind: 'ev', modes: v2gModes, ratings: { ...ratings, maxDischargeRateW: maxW, maxDischargeRateVA: maxW } }
}
