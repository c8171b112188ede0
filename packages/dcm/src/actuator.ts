import { DeviceError, type Device, type DeviceSetpoint } from '@gridloom/devices'
import type { Logger } from '@gridloom/kit'

type Brought = Readonly<{ kind: 'done'; refused: ReadonlySet<string> } | { kind: 'lost' }>

type TargetWithout = (refused: ReadonlySet<string>) => DeviceSetpoint

/** Keeps one device at its set point: what is unchanged is not written again, what it refuses is left out. */
export type Actuator = Readonly<{
  /** Brings the device to the set point that is left when some fields are refused; `anew` asks again for refused ones. */
  bring(targetWithout: TargetWithout, anew: boolean): Promise<Brought>
  /** Forgets what the device was told, so that it is told again. */
  forget(): void
  setpoint(): DeviceSetpoint
}>

export function createActuator(device: Pick<Device, 'apply'>, log: Logger): Actuator {
  let setpoint: DeviceSetpoint = {}
  let told: string | undefined
  let lastRefused: ReadonlySet<string> = new Set()

  const settle = async (targetWithout: TargetWithout): Promise<ReadonlySet<string>> => {
    const refused = new Set<string>()
    for (;;) {
      const target = targetWithout(refused)
      const result = await device.apply(target)
      if (result.kind === 'accepted') {
        setpoint = target
        return refused
      }
      log.warn({ fields: result.fields, reason: result.reason }, 'set point refused by the device')
      const known = refused.size
      for (const field of result.fields) refused.add(field)
      // A refusal that names nothing new leaves the device where it is.
      if (refused.size === known) return new Set(Object.keys(target))
    }
  }

  return {
    async bring(targetWithout, anew) {
      const wanted = JSON.stringify(targetWithout(new Set()))
      if (wanted === told && !(anew && lastRefused.size > 0)) return { kind: 'done', refused: lastRefused }
      try {
        lastRefused = await settle(targetWithout)
        told = wanted
        return { kind: 'done', refused: lastRefused }
      } catch (error) {
        if (!(error instanceof DeviceError)) throw error
        told = undefined
        log.warn({ err: error }, 'device lost')
        return { kind: 'lost' }
      }
    },
    forget() {
      told = undefined
    },
    setpoint: () => setpoint,
  }
}
