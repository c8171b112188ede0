import { DeviceError, type Device } from '@gridloom/devices'
import type { Logger } from '@gridloom/kit'
import type { Observation } from '../domain/portrait.ts'

export type Observe = Readonly<{
  /** Asks the device what it does, and whether that is a change that others want to know of. */
  sample(): Promise<Readonly<{ observation: Observation; isNews: boolean; isBack: boolean }>>
  latest(): Observation | undefined
}>

export function createObserve(device: Device, log: Logger): Observe {
  let latest: Observation | undefined
  return {
    latest: () => latest,
    async sample() {
      const before = latest
      const observation = await look(device)
      latest = observation
      const isBack = before?.kind === 'lost' && observation.kind === 'seen'
      if (isBack) log.info('device back')
      if (observation.kind === 'lost' && before?.kind !== 'lost')
        log.warn({ reason: observation.reason }, 'device lost')
      return { observation, isBack, isNews: stateOf(before) !== stateOf(observation) }
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

// What it is in, as opposed to how much it does.
function stateOf(observation: Observation | undefined): string | undefined {
  if (observation?.kind !== 'seen') return observation?.kind
  const { connected, available, operating, inverter, mode, alarms, storage } = observation.status
  return [connected, available, operating, inverter, mode, storage?.mode, ...alarms].join(' ')
}
