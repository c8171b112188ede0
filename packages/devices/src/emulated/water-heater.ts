import type { Capability, InverterState, Settings } from '../device.ts'
import type { Mode } from '../modes.ts'
import type { DeviceSetpoint } from '../setpoint.ts'
import { least, receiptCap, share } from './caps.ts'
import { hotWaterDraw } from './draws.ts'
import { emulate, type EmulatedDevice, type Plant } from './emulate.ts'
import { type Environment, seededWeather } from './environment.ts'
import { stepTank, type Tank } from './tank.ts'

export type WaterHeaterOptions = Readonly<{
  now: () => number
  seed?: number
  maxW?: number
  litres?: number
  /** Degrees Celsius at the start; by default somewhere in the dead band. */
  temperature?: number
  thermostat?: number
  deadBand?: number
  vNom?: number
  utcOffsetSeconds?: number
  environment?: Environment
  /** Litres of hot water drawn per second. */
  draw?: (now: number) => number
}>

/** A resistive water heater with a thermostat: a load that can be held below its rating, and remembers what it missed. */
export function createEmulatedWaterHeater({ now, ...options }: WaterHeaterOptions): EmulatedDevice {
  return emulate(waterHeaterPlant({ ...options, startedAt: Math.floor(now()) }), now)
}

const modes: readonly Mode[] = ['opModConnect', 'opModEnergize', 'opModMaxLimW', 'opModImpLimW', 'opModLoadLimW']

type PlantOptions = Omit<WaterHeaterOptions, 'now'> & Readonly<{ startedAt: number }>

function waterHeaterPlant({
  seed = 1,
  maxW = 4500,
  litres = 190,
  vNom = 240,
  startedAt,
  ...options
}: PlantOptions): Plant {
  const { thermostat = 55, deadBand = 5, utcOffsetSeconds = 0 } = options
  const { environment = seededWeather({ seed, volts: vNom }) } = options
  const { draw = (now: number) => hotWaterDraw(seed, now, utcOffsetSeconds) } = options
  const tank: Tank = { litres, lossWattsPerDegree: 2, coldWater: 12 }
  const capability = capabilityOf(maxW, vNom)
  const settings: Settings = { ...capability.ratings, modesEnabled: modes, gradient: 0, updatedAt: startedAt }
  let temperature = options.temperature ?? thermostat + deadBand * ((seed * 0.618) % 1) - deadBand / 2
  let calls = temperature < thermostat
  let setpoint: DeviceSetpoint = {}
  let around = environment(startedAt)
  let watts = 0

  return {
    capability,
    settings,
    apply(next) {
      setpoint = next
      watts = Math.min(watts, allowed())
    },
    step(now, seconds) {
      around = environment(now)
      if (temperature >= thermostat + deadBand / 2) calls = false
      if (temperature <= thermostat - deadBand / 2) calls = true
      // a resistor: what it takes goes with the square of the voltage, up to its rating
      watts = calls ? Math.min(allowed(), maxW * (around.volts / vNom) ** 2) : 0
      const input = { watts, litresPerSecond: draw(now), air: indoors }
      temperature = stepTank(tank, temperature, input, seconds)
      return -watts
    },
    report() {
      const cap = loadCap()
      return {
        watts: watts === 0 ? 0 : -watts,
        vars: 0,
        volts: around.volts,
        hertz: around.hertz,
        connected: setpoint.opModConnect !== false,
        available: isPermitted(),
        operating: watts > 0,
        inverter: stateOf(),
        mode: isPermitted() ? 'operational' : 'off',
        alarms: [],
        availableW: watts,
        ...(cap !== undefined && { limitW: cap }),
      }
    },
  }

  function isPermitted(): boolean {
    return setpoint.opModConnect !== false && setpoint.opModEnergize !== false
  }

  function loadCap(): number | undefined {
    return least(share(setpoint.opModMaxLimW, maxW), receiptCap(setpoint))
  }

  function allowed(): number {
    return isPermitted() ? Math.min(maxW, loadCap() ?? maxW) : 0
  }

  function stateOf(): InverterState {
    if (setpoint.opModConnect === false) return 'off'
    if (!calls || setpoint.opModEnergize === false) return 'standby'
    return allowed() < maxW ? 'derated' : 'tracking'
  }
}

const indoors = 20

function capabilityOf(maxW: number, vNom: number): Capability {
  return { kind: 'load', modes, ratings: { maxW, maxVA: maxW, maxA: maxW / vNom, vNom } }
}
