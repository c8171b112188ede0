import { HeldAnswer, type HeldQuestion, ScheduledDevice } from '@gridloom/contracts'
import { createClient, type Reply } from '@gridloom/kit'
import type { z } from 'zod'
import { type ApplyResult, type Device, DeviceError, type DeviceKind, type DeviceStatus } from '../device.ts'
import { askedModes, type Mode } from '../modes.ts'
import type { DeviceSetpoint } from '../setpoint.ts'

export type ScheduledOptions = Readonly<{
  url: string
  name?: string | false | undefined
  certs: string
  device: string
  expected: DeviceKind
  maxW: number
  timeoutSeconds: number
  now: () => number
}>

const anyModes = ['opModConnect', 'opModEnergize', 'opModFixedW', 'opModMaxLimW', 'opModTargetW'] as const
const drawModes = ['opModImpLimW', 'opModLoadLimW'] as const
const deliverModes = ['opModExpLimW', 'opModGenLimW'] as const

/** What only draws has no limit on what it delivers. */
function modesOf(kind: DeviceKind): readonly Mode[] {
  const isLoad = kind === 'load' || kind === 'evse'
  return isLoad ? [...anyModes, ...drawModes] : [...anyModes, ...deliverModes, ...drawModes]
}

/**
 * A device that is not told what to do: its scheduler follows the same events by itself. A set point asks whether it is so, and
 * what the DCM answers its server is what the schedules really did (scheduling.md §6).
 */
export function createScheduledDevice(options: ScheduledOptions): Device {
  const { device, expected, now } = options
  const path = `/scheduling/devices/${encodeURIComponent(device)}`
  const client = createClient({
    origin: options.url,
    certs: options.certs,
    mediaType: 'application/json',
    totalSeconds: options.timeoutSeconds,
    ...(options.name !== undefined && { serverName: options.name }),
  })
  const createdAt = Math.floor(now())
  let known: ScheduledDevice['ratings'] & Readonly<{ kind: DeviceKind }> = {
    kind: expected,
    maxW: options.maxW,
    maxChargeW: options.maxW,
  }
  let isHeard = false
  let flow: Readonly<{ at: number; deliveredWh: number; receivedWh: number }> = { at: 0, deliveredWh: 0, receivedWh: 0 }

  const ratings = () => {
    const { maxW, maxChargeW, maxWh } = known
    return { maxW, maxChargeRateW: maxChargeW, maxDischargeRateW: maxW, ...(maxWh !== undefined && { maxWh }) }
  }
  const ask = async <Schema extends z.ZodType>(
    schema: Schema,
    work: () => Promise<Reply>,
  ): Promise<z.infer<Schema>> => {
    let reply: Reply
    try {
      reply = await work()
    } catch (cause) {
      throw new DeviceError('unreachable', 'the scheduler does not answer', { cause })
    }
    const text = reply.body.toString()
    if (reply.status !== 200) throw new DeviceError('faulty', `the scheduler answers ${reply.status}: ${text}`)
    const result = schema.safeParse(jsonOf(text))
    if (!result.success) throw new DeviceError('faulty', `the scheduler answers "${text}"`)
    return result.data
  }

  return {
    get capability() {
      // what it is expected to be is not what it says it is
      return { kind: known.kind, modes: modesOf(known.kind), ratings: isHeard ? ratings() : { maxW: 0 } }
    },
    get settings() {
      return { ...ratings(), modesEnabled: modesOf(known.kind), gradient: 0, updatedAt: createdAt }
    },
    async status(): Promise<DeviceStatus> {
      const seen = await ask(ScheduledDevice, () => client.get(path))
      known = { kind: seen.deviceKind, ...seen.ratings }
      isHeard = true
      if (!seen.measured) throw new DeviceError('unreachable', seen.alarm ?? 'the scheduler has measured nothing yet')
      const { w: watts, connected, vars, volts, hertz, storage } = seen.measured
      const at = now()
      const hours = flow.at === 0 ? 0 : Math.max(0, at - flow.at) / 3600
      flow = {
        at,
        deliveredWh: flow.deliveredWh + Math.max(0, watts) * hours,
        receivedWh: flow.receivedWh + Math.max(0, -watts) * hours,
      }
      return {
        at,
        watts,
        vars,
        volts,
        hertz,
        connected,
        available: true,
        operating: connected,
        inverter: connected ? 'tracking' : 'standby',
        mode: 'operational',
        alarms: [],
        deliveredWh: flow.deliveredWh,
        receivedWh: flow.receivedWh,
        ...(storage && { storage }),
      }
    },
    async apply(setpoint): Promise<ApplyResult> {
      const strange = askedModes(setpoint).filter((mode) => !modesOf(known.kind).includes(mode))
      if (strange.length > 0) return { kind: 'refused', fields: strange, reason: 'not supported' }
      const question = questionOf(setpoint, known)
      const answer = await ask(HeldAnswer, () => client.post(`${path}/held`, JSON.stringify(question)))
      const fields = answer.refused.flatMap(({ field }) => askedFields(setpoint, field))
      if (fields.length > 0)
        return { kind: 'refused', fields, reason: answer.refused.map((one) => one.reason).join('; ') }
      if (!answer.reached) throw new DeviceError('unreachable', 'the scheduler has not brought the device there yet')
      return { kind: 'accepted' }
    },
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function questionOf(
  setpoint: DeviceSetpoint,
  { maxW, maxChargeW }: { maxW: number; maxChargeW: number },
): HeldQuestion {
  const { opModConnect, opModEnergize, opModMaxLimW, opModTargetW, opModFixedW } = setpoint
  const exportW = Math.min(setpoint.opModExpLimW ?? Infinity, setpoint.opModGenLimW ?? Infinity)
  const importW = Math.min(setpoint.opModImpLimW ?? Infinity, setpoint.opModLoadLimW ?? Infinity)
  const isOnOff = opModConnect !== undefined || opModEnergize !== undefined
  const fixedW = opModFixedW === undefined ? undefined : opModFixedW * (opModFixedW < 0 ? maxChargeW : maxW)
  const setpointW = opModTargetW ?? fixedW
  return {
    ...(isOnOff && { connected: opModConnect !== false && opModEnergize !== false }),
    ...(opModMaxLimW !== undefined && { limitW: opModMaxLimW * maxW }),
    ...(exportW < Infinity && { exportW }),
    ...(importW < Infinity && { importW }),
    ...(setpointW !== undefined && { setpointW }),
  }
}

const fieldModes: Readonly<Record<HeldAnswer['refused'][number]['field'], readonly Mode[]>> = {
  connected: ['opModConnect', 'opModEnergize'],
  limitW: ['opModMaxLimW'],
  exportW: deliverModes,
  importW: drawModes,
  setpointW: ['opModTargetW', 'opModFixedW'],
}

function askedFields(setpoint: DeviceSetpoint, field: keyof typeof fieldModes): readonly Mode[] {
  return askedModes(setpoint).filter((mode) => fieldModes[field].includes(mode))
}
