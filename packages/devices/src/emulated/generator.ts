import type { Capability, InverterState, Settings } from '../device.ts'
import type { Mode } from '../modes.ts'
import type { DeviceSetpoint } from '../setpoint.ts'
import { deliveryCap } from './caps.ts'
import { emulate, type EmulatedDevice, type Plant } from './emulate.ts'
import { type Environment, seededWeather } from './environment.ts'
import { createGlide } from './glide.ts'

export type GeneratorOptions = Readonly<{
  now: () => number
  seed?: number
  maxW?: number
  /** Fixed: all or nothing. Continuous: any output up to its rating. */
  output?: 'fixed' | 'continuous'
  /** From being asked until it delivers. */
  startSeconds?: number
  vNom?: number
  gradient?: number
  environment?: Environment
}>

/** An engine and its generator: it stands still until it is given a target, and needs its time to start. */
export function createEmulatedGenerator({ now, ...options }: GeneratorOptions): EmulatedDevice {
  return emulate(generatorPlant({ ...options, startedAt: Math.floor(now()) }), now)
}

const modes: readonly Mode[] = [
  'opModConnect',
  'opModEnergize',
  'opModFixedW',
  'opModTargetW',
  'opModMaxLimW',
  'opModGenLimW',
  'opModExpLimW',
]

type PlantOptions = Omit<GeneratorOptions, 'now'> & Readonly<{ startedAt: number }>

function generatorPlant({ seed = 1, maxW = 50_000, vNom = 240, startedAt, ...options }: PlantOptions): Plant {
  const { output = 'continuous', startSeconds = 10, gradient = 0.1 } = options
  const { environment = seededWeather({ seed, volts: vNom }) } = options
  const capability = capabilityOf(maxW, vNom)
  const settings: Settings = { ...capability.ratings, modesEnabled: modes, gradient, updatedAt: startedAt }
  const glide = createGlide(0, settings)
  let setpoint: DeviceSetpoint = {}
  let around = environment(startedAt)
  let runningSeconds = 0

  return {
    capability,
    settings,
    apply(next) {
      setpoint = next
      glide.begin(next, wanted())
    },
    step(now, seconds) {
      around = environment(now)
      runningSeconds = wanted() > 0 ? runningSeconds + seconds : 0
      if (!isPermitted()) glide.jump(0)
      return glide.step(runningSeconds > startSeconds ? wanted() : 0, seconds)
    },
    report() {
      const cap = deliveryCap(setpoint, settings)
      const watts = glide.value()
      return {
        watts,
        vars: 0,
        volts: around.volts,
        hertz: around.hertz,
        connected: setpoint.opModConnect !== false,
        available: isPermitted(),
        operating: watts > 0,
        inverter: stateOf(watts),
        mode: isPermitted() ? 'operational' : 'off',
        alarms: [],
        availableW: isPermitted() ? Math.min(maxW, cap ?? maxW) : 0,
        ...(cap !== undefined && { limitW: cap }),
      }
    },
  }

  function isPermitted(): boolean {
    return setpoint.opModConnect !== false && setpoint.opModEnergize !== false
  }

  function wanted(): number {
    const target = setpoint.opModTargetW ?? (setpoint.opModFixedW ?? 0) * maxW
    if (!isPermitted() || target <= 0) return 0
    return Math.min(output === 'fixed' ? maxW : target, maxW, deliveryCap(setpoint, settings) ?? maxW)
  }

  function stateOf(watts: number): InverterState {
    if (setpoint.opModConnect === false) return 'off'
    if (wanted() === 0) return watts > 0 ? 'shuttingDown' : 'standby'
    return runningSeconds > startSeconds ? 'tracking' : 'starting'
  }
}

function capabilityOf(maxW: number, vNom: number): Capability {
  return { kind: 'generator', modes, ratings: { maxW, maxVA: maxW, maxA: maxW / vNom, vNom } }
}
