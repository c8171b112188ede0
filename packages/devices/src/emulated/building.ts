import type { Capability, InverterState, Settings } from '../device.ts'
import type { Mode } from '../modes.ts'
import type { DeviceSetpoint } from '../setpoint.ts'
import { least, share } from './caps.ts'
import { emulate, type EmulatedDevice, type Plant } from './emulate.ts'
import { type Environment, seededWeather } from './environment.ts'
import { loadShape, type LoadShape, type Occupancy } from './load-shape.ts'
import { callOf, type Room, stepRoom } from './room.ts'

export type BuildingOptions = Readonly<{
  now: () => number
  seed?: number
  /** All that it draws when everything runs. */
  maxW?: number
  /** The share of maxW that heats and cools. */
  hvacShare?: number
  /** The share of the other appliances that never goes off but by disconnection. */
  criticalShare?: number
  /** The share of what is neither critical nor heats that can be shed. */
  flexibleShare?: number
  occupancy?: Occupancy
  /** Degrees Celsius inside at the start. */
  temperature?: number
  powerFactor?: number
  vNom?: number
  utcOffsetSeconds?: number
  environment?: Environment
  shape?: LoadShape
}>

/**
 * A building: appliances after its people's habits and a heat pump after the weather. Limits shed the heat pump and what is
 * flexible, no more; ceasing to energize leaves what is critical, disconnection nothing.
 */
export function createEmulatedBuilding({ now, ...options }: BuildingOptions): EmulatedDevice {
  return emulate(buildingPlant({ ...options, startedAt: Math.floor(now()) }), now)
}

const modes: readonly Mode[] = ['opModConnect', 'opModEnergize', 'opModMaxLimW', 'opModImpLimW', 'opModLoadLimW']

/** Watts by part. */
type Load = Readonly<{ critical: number; firm: number; flexible: number; hvac: number }>

type PlantOptions = Omit<BuildingOptions, 'now'> & Readonly<{ startedAt: number }>

function buildingPlant({ seed = 1, startedAt, maxW = 10_000, vNom = 240, ...options }: PlantOptions): Plant {
  const { hvacShare = 0.4, criticalShare = 0.1, flexibleShare = 0.3, powerFactor = 0.97 } = options
  const { occupancy = 'household', utcOffsetSeconds = 0 } = options
  const { environment = seededWeather({ seed, volts: vNom, utcOffsetSeconds }) } = options
  const { shape = loadShape(occupancy, { seed, utcOffsetSeconds }) } = options
  const hvacW = hvacShare * maxW
  const applianceW = maxW - hvacW
  const room = roomFor(hvacW)
  const capability = capabilityOf(maxW, vNom)
  const settings: Settings = { ...capability.ratings, modesEnabled: modes, gradient: 0, updatedAt: startedAt }
  const varsPerWatt = Math.sqrt(1 / powerFactor ** 2 - 1)
  let temperature = options.temperature ?? 21
  let setpoint: DeviceSetpoint = {}
  let around = environment(startedAt)
  let wanted = wantedAt(startedAt)

  return {
    capability,
    settings,
    apply(next) {
      setpoint = next
    },
    step(now, seconds) {
      around = environment(now)
      wanted = wantedAt(now)
      const load = drawn()
      const watts = Math.sign(callOf(temperature)) * heatPerWatt * load.hvac
      temperature = stepRoom(room, temperature, { watts, outdoors: around.temperature }, seconds)
      return -sum(load)
    },
    report() {
      const load = drawn()
      const watts = sum(load)
      const cap = totalCap(load)
      return {
        watts: 0 - watts,
        vars: 0 - watts * varsPerWatt,
        volts: around.volts,
        hertz: around.hertz,
        connected: setpoint.opModConnect !== false,
        available: isPermitted(),
        operating: watts > 0,
        inverter: stateOf(load),
        mode: isPermitted() ? 'operational' : 'off',
        alarms: [],
        availableW: load.hvac + load.flexible,
        ...(cap !== undefined && { limitW: cap }),
      }
    },
  }

  function wantedAt(now: number): Load {
    // less voltage, less power, in proportion: between a resistor and a motor
    const perUnit = around.volts / vNom
    const shaped = perUnit * (1 - criticalShare) * applianceW * shape(now)
    return {
      critical: perUnit * criticalShare * applianceW,
      firm: (1 - flexibleShare) * shaped,
      flexible: flexibleShare * shaped,
      hvac: perUnit * Math.abs(callOf(temperature)) * hvacW,
    }
  }

  /** What is left of the wish: both sheddable parts give way in proportion. */
  function drawn(): Load {
    if (setpoint.opModConnect === false) return nothing
    if (setpoint.opModEnergize === false) return { ...nothing, critical: wanted.critical }
    const sheddable = wanted.flexible + wanted.hvac
    const left = Math.min(sheddable, sheddableCap())
    const kept = sheddable > 0 ? left / sheddable : 0
    return { ...wanted, flexible: kept * wanted.flexible, hvac: kept * wanted.hvac }
  }

  /** A load limit is one of what can be controlled; the others hold for the whole building. */
  function sheddableCap(): number {
    const whole = Math.min(maxW, least(share(setpoint.opModMaxLimW, maxW), setpoint.opModImpLimW) ?? maxW)
    return Math.max(0, Math.min(setpoint.opModLoadLimW ?? maxW, whole - wanted.critical - wanted.firm))
  }

  function totalCap({ critical, firm }: Load): number | undefined {
    const { opModMaxLimW, opModImpLimW, opModLoadLimW } = setpoint
    const byLoadLimit = opModLoadLimW === undefined ? undefined : opModLoadLimW + critical + firm
    return least(share(opModMaxLimW, maxW), opModImpLimW, byLoadLimit)
  }

  function isPermitted(): boolean {
    return setpoint.opModConnect !== false && setpoint.opModEnergize !== false
  }

  function stateOf(load: Load): InverterState {
    if (setpoint.opModConnect === false) return 'off'
    if (setpoint.opModEnergize === false) return 'standby'
    return sum(load) < sum(wanted) ? 'derated' : 'tracking'
  }
}

const nothing: Load = { critical: 0, firm: 0, flexible: 0, hvac: 0 }

function sum({ critical, firm, flexible, hvac }: Load): number {
  return critical + firm + flexible + hvac
}

/** Heat that a heat pump moves per watt that it draws. */
const heatPerWatt = 3

// sized to hold 20 °C against 25 degrees less outside; by itself it cools down with a time constant of ten hours
function roomFor(hvacW: number): Room {
  const lossWattsPerDegree = (heatPerWatt * hvacW) / 25
  return { lossWattsPerDegree, joulesPerDegree: 36_000 * lossWattsPerDegree }
}

function capabilityOf(maxW: number, vNom: number): Capability {
  return { kind: 'load', modes, ratings: { maxW, maxVA: maxW, maxA: maxW / vNom, vNom } }
}
