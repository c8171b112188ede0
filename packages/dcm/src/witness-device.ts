import { DeviceError, type Device, type DeviceSetpoint, type DeviceStatus } from '@gridloom/devices'
import type { Clock, Observer, Sighting } from '@gridloom/kit'
import type { Lfdi } from '@gridloom/sep2030'
import { randomUUID } from 'node:crypto'
import { isWorthReporting, readingOf, type DeviceReading } from './domain/device-reading.ts'

export type WitnessDeviceOptions = Readonly<{ observer: Observer; clock: Clock; lfdi: Lfdi }>

type Last = Readonly<{ reading: DeviceReading; at: number }>

const contentType = 'application/json'

/** The same device; what it is told is reported, what it answers, and what it does as often as that tells something. */
export function witnessDevice(device: Device, { observer, clock, lfdi }: WitnessDeviceOptions): Device {
  const dcm = { role: 'DCM', id: lfdi } as const
  const der = { role: 'DER', id: `${lfdi}/der/1` } as const
  const command = { leg: 'DCM-DER', kind: 'device-command', from: dcm, to: der } as const
  const answer = { leg: 'DCM-DER', kind: 'device-reply', from: der, to: dcm } as const
  let last: Last | undefined
  let isFirst = true
  let isLost = false

  const told = async (setpoint: DeviceSetpoint) => {
    const exchange = { corr: randomUUID(), method: 'PUT', path: '/der/1/setpoint' }
    const body = JSON.stringify({ setpoint })
    observer({ ...command, ...exchange, contentType, resource: 'DeviceSetpoint', body })
    // what follows a command is worth a look
    last = undefined
    try {
      const result = await device.apply(setpoint)
      observer({ ...answer, ...exchange, ...answerTo(result) })
      return result
    } catch (error) {
      if (error instanceof DeviceError) observer({ ...answer, ...exchange, status: 503 })
      throw error
    }
  }
  const seen = (status: DeviceStatus): void => {
    const { maxW } = device.settings
    const reading = readingOf(status, maxW)
    const now = clock.exact()
    isLost = false
    if (!isWorthReporting(reading, last, { now, maxW })) return
    last = { reading, at: now }
    const body = JSON.stringify({ ...reading, ...(isFirst && { countersReset: true }) } satisfies DeviceReading)
    isFirst = false
    observer({ ...answer, ...readingPath, status: 200, contentType, resource: 'DeviceReading', body })
  }

  return {
    get capability() {
      return device.capability
    },
    get settings() {
      return device.settings
    },
    apply: told,
    async status() {
      try {
        const status = await device.status()
        seen(status)
        return status
      } catch (error) {
        if (error instanceof DeviceError && !isLost) observer({ ...answer, ...readingPath, status: 503 })
        isLost ||= error instanceof DeviceError
        throw error
      }
    },
    [Symbol.asyncDispose]: () => device[Symbol.asyncDispose](),
  }
}

const readingPath = { method: 'GET', path: '/der/1/status' } as const

function answerTo(result: Awaited<ReturnType<Device['apply']>>): Partial<Sighting> {
  if (result.kind === 'accepted') return { status: 200 }
  const { fields, reason } = result
  return { status: 409, contentType, body: JSON.stringify({ refused: fields, reason }) }
}
