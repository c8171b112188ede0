import { basic } from '../codec/basic.ts'
import type { ResponseCode } from '../codec/intermediate.ts'
import type { Message } from '../codec/message.ts'
import { epoch2000 } from '../codec/scales.ts'
import { type HeaterParameters, ratedWatts } from './heater.ts'
import type { Orders } from './orders.ts'
import type { HeaterPlant } from './plant.ts'

/** The application answer: a message, or the response code of a reply that carries nothing else. */
export type Answer = Message | ResponseCode

export type Identity = Readonly<{
  version: string
  vendorId: number
  deviceType: number
  deviceRevision: number
  capability: number
  model: string | null
  serial: string | null
  firmware: Readonly<{ date: string; major: number; minor: number }> | null
}>

export type Respondent = Readonly<{
  plant: HeaterPlant
  identity: Identity
  /** How a customer's override answers an event: by an ACK and then a report, or by a refusal. */
  overrideStyle: 'report' | 'refuse'
  /** What was set and can only be read back, by name. */
  kept: Map<string, Message>
  /** Sends a message that nobody asked for. */
  announce: (message: Message) => void
}>

/** What a simulated water heater does about a message, and what it answers. */
export function respond(to: Respondent, message: Message): Answer | undefined {
  return message.layer === 'basic' ? respondBasic(to, message) : respondIntermediate(to, message)
}

function respondBasic(to: Respondent, message: Message): Message | undefined {
  const { plant } = to
  const done = basic('appAck', Number(message['opcode1']))
  switch (message.op) {
    case 'shed':
    case 'criticalPeak':
    case 'gridEmergency':
    case 'loadUp': {
      if (refusesEvents(to)) return basic('appNak', 5)
      plant.begin({ kind: message.op, endsAt: endOf(plant, message['durationSeconds'] as number | null) })
      if (plant.orders().overrideUntil !== undefined) to.announce(basic('customerOverride', 1))
      return done
    }
    case 'endShed':
      plant.obey({ event: undefined })
      return done
    case 'powerLevel':
      if (message['direction'] === 'produce') return basic('appNak', 2)
      plant.obey({ powerLevel: { fraction: Number(message['percent']) / 100, since: plant.now() } })
      return done
    case 'gridGuidance':
      plant.obey({ guidance: message['guidance'] as Orders['guidance'] })
      return done
    case 'outsideCommStatus':
      if (message['status'] !== 'lost') plant.obey({ outsideGoodAt: plant.now() })
      return done
    case 'queryOperationalState':
      return basic('operationalState', plant.report().state)
    case 'appAck':
    case 'appNak':
    case 'operationalState':
      return undefined
    default:
      return done
  }
}

function respondIntermediate(to: Respondent, message: Message): Answer | undefined {
  const { plant, identity, kept } = to
  const { deviceType } = identity
  switch (message.op) {
    case 'getDeviceInfo':
      return success('deviceInfoReply', identity)
    case 'getCommodityRead':
      return success('commodityReadReply', { records: recordsOf(plant, message['codes']) })
    case 'getPresentTemperature': {
      const raw = Math.round(plant.report().temperatureC * 100)
      return success('getPresentTemperatureReply', { deviceType, units: 'C', raw })
    }
    case 'getSetpoint': {
      const setpoint1 = Math.round(plant.heater.setpointC)
      return success('getSetpointReply', { deviceType, units: 'C', setpoint1, setpoint2: null })
    }
    case 'setAdvancedLoadUp':
      return beginAdvancedLoadUp(to, message)
    case 'getAdvancedLoadUp': {
      const isRunning = plant.orders().event?.kind === 'advancedLoadUp'
      const asked = isRunning ? kept.get('AdvancedLoadUp') : undefined
      return success('getAdvancedLoadUpReply', { durationMinutes: 0, value: 0, units: 0xff, ...asked })
    }
    case 'startCycling': {
      if (refusesEvents(to)) return 'customerOverride'
      const begins = Math.max(plant.now(), Number(message['start']) + epoch2000)
      const endsAt = begins + Number(message['durationMinutes']) * 60
      plant.begin({ kind: 'cycling', endsAt, fraction: Number(message['dutyCycle']) / 100 })
      return 'success'
    }
    case 'terminateCycling':
      if (plant.orders().event?.kind === 'cycling') plant.obey({ event: undefined })
      return 'success'
    case 'setEnergyPrice':
    case 'setTier':
    case 'setUtcTime':
      kept.set(message.op.slice(3), message)
      return 'success'
    case 'getEnergyPrice':
    case 'getTier':
    case 'getUtcTime': {
      const was = kept.get(message.op.slice(3))
      return was ? success(`${message.op}Reply`, was) : 'notImplemented'
    }
    default:
      return message.op?.endsWith('Reply') ? undefined : 'notImplemented'
  }
}

function beginAdvancedLoadUp({ plant, identity, kept }: Respondent, message: Message): ResponseCode {
  if ((identity.capability & advancedLoadUpBit) === 0) return 'notEnabled'
  // nothing at no unit asks whether it could
  if (message['value'] === 0) return 'success'
  if (plant.orders().overrideUntil !== undefined) return 'customerOverride'
  const { heater } = plant
  const most = (heater.maxC - heater.setpointC) * heater.volumeL * heater.kappaWhPerLK
  const extraWh = Math.min(most, (message['energyWh'] as number | null) ?? most)
  plant.begin({ kind: 'advancedLoadUp', endsAt: plant.now() + Number(message['durationMinutes']) * 60, extraWh })
  kept.set('AdvancedLoadUp', message)
  return 'success'
}

const advancedLoadUpBit = 1 << 6

const refusesEvents = ({ plant, overrideStyle }: Respondent): boolean =>
  overrideStyle === 'refuse' && plant.orders().overrideUntil !== undefined

const endOf = (plant: HeaterPlant, seconds: number | null): number | null =>
  seconds === null ? null : plant.now() + seconds

function recordsOf(plant: HeaterPlant, codes: unknown): readonly object[] {
  const { watts, energyWh, takeWh, capacityWh } = plant.report()
  const records = [
    { code: 0, measured: false, rate: watts, cumulative: Math.round(energyWh) },
    { code: 6, measured: false, rate: null, cumulative: capacityWh },
    { code: 7, measured: false, rate: null, cumulative: takeWh },
    { code: 8, measured: false, rate: ratedWatts(plant.heater), cumulative: null },
  ]
  return codes === 'all' ? records : records.filter(({ code }) => (codes as readonly number[]).includes(code))
}

export function identityOf(heater: HeaterParameters): Identity {
  return {
    version: 'B',
    vendorId: 0x1234,
    deviceType: heater.kind === 'heatPump' ? 3 : 2,
    deviceRevision: 1,
    // cycling, power level, advanced load up
    capability: (1 << 0) | (1 << 4) | advancedLoadUpBit,
    model: 'GL-SGD-50',
    serial: '0000000000000001',
    firmware: { date: '2026-11-20', major: 1, minor: 0 },
  }
}

function success(op: string, values: object): Message {
  return { ...values, layer: 'intermediate', op, responseCode: 0 }
}
