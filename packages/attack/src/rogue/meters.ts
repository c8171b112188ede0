import { openDevice, type Device, type DeviceStatus } from '@gridloom/devices'
import type { Rogue } from '../attack.ts'
import { deviceLike, type Arrange } from './arrange.ts'

export const lyingMeter: Rogue = {
  kind: 'rogue',
  name: 'lying-meter',
  summary: 'its meter claims a third more than the device can give',
  rules: ['PH-4'],
  subject: 'the device',
  arrange: lying,
}

const cycleSeconds = 120
const honestSeconds = 80

export const onOff: Rogue = {
  kind: 'rogue',
  name: 'on-off',
  summary: `lies for ${cycleSeconds - honestSeconds} s of every ${cycleSeconds} and behaves in between, to be forgiven`,
  rules: ['PH-4'],
  subject: 'the device',
  arrange: (context) =>
    lying({ ...context, isOn: () => context.isOn() && context.clock.now() % cycleSeconds >= honestSeconds }),
}

export const frozenMeter: Rogue = {
  kind: 'rogue',
  name: 'frozen-meter',
  summary: 'its meter repeats the same reading for ever',
  rules: ['PH-12'],
  subject: 'the device',
  arrange: metering((device, isOn) => {
    let stuck: DeviceStatus | undefined
    return async () => {
      const status = await device.status()
      // nothing is more usual than a device that gives nothing for long
      if (!isOn() || (stuck === undefined && status.watts === 0)) return status
      stuck ??= status
      return { ...stuck, at: status.at }
    }
  }),
}

function lying(...context: Parameters<Arrange>): ReturnType<Arrange> {
  return metering((device, isOn) => async () => {
    const status = await device.status()
    return isOn() ? { ...status, watts: claimed(device) } : status
  })(...context)
}

function claimed({ capability: { kind, ratings } }: Device): number {
  return (kind === 'load' || kind === 'evse' ? -1.3 : 1.3) * ratings.maxW
}

/** A DCM whose device says what it likes. */
function metering(statusOf: (device: Device, isOn: () => boolean) => Device['status']): Arrange {
  return ({ isOn }) => ({
    openDevice: (config, deps) => {
      const device = openDevice(config, deps)
      return deviceLike(device, { status: statusOf(device, isOn) })
    },
  })
}
