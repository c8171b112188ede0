import { DeviceError, type Device, type DeviceStatus } from '@gridloom/devices'
import type { Logger } from '@gridloom/kit'

export type Observation = Readonly<{ kind: 'seen'; status: DeviceStatus } | { kind: 'lost'; reason: string }>

export type Observe = Readonly<{
  /** Asks the device what it does and tells those who want to know; a loss and a return are told once. */
  sample(): Promise<Observation>
  latest(): Observation | undefined
}>

type Told = Readonly<{ seen: (status: DeviceStatus) => void; lost: () => void; back: () => void }>

export function createObserve(device: Device, log: Logger, told: Told): Observe {
  let latest: Observation | undefined
  return {
    latest: () => latest,
    async sample() {
      const before = latest
      latest = await look(device)
      if (latest.kind === 'seen') {
        if (before?.kind === 'lost') {
          log.info('device back')
          told.back()
        }
        told.seen(latest.status)
      } else if (before?.kind !== 'lost') {
        log.warn({ reason: latest.reason }, 'device lost')
        told.lost()
      }
      return latest
    },
  }
}

async function look(device: Device): Promise<Observation> {
  try {
    return { kind: 'seen', status: await device.status() }
  } catch (error) {
    if (error instanceof DeviceError) return { kind: 'lost', reason: error.message }
    throw error
  }
}
