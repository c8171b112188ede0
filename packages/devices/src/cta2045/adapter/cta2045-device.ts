import { isDeepStrictEqual } from 'node:util'
import { type ApplyResult, type Device, DeviceError } from '../../device.ts'
import { askedModes } from '../../modes.ts'
import { basic } from '../codec/basic.ts'
import type { Message } from '../codec/message.ts'
import { durationByte, powerLevelByte } from '../codec/scales.ts'
import type { Exchanged } from '../link/drive-link.ts'
import type { Outcome } from '../link/outcome.ts'
import { type Appliance, ratedWattsOf } from './appliance.ts'
import { applianceModes, type Command, commandOf } from './command-of.ts'
import { openSession, type SessionOptions } from './session.ts'
import { capabilityOf, type Nominal, settingsOf, statusOf } from './status-of.ts'

export type Cta2045Options = Omit<SessionOptions, 'onRound'> &
  Nominal &
  Readonly<{
    /** Each command lasts so long and is renewed at half of it: an appliance that lost us goes back to normal. */
    holdSeconds?: number
  }>

/** A device behind a CTA-2045 port, with what the standard offers beyond a device's set point. */
export type Cta2045Device = Device &
  Readonly<{
    appliance(): Appliance
    /** Sends any message, for what a set point cannot say: prices, guidance, an advanced load up. */
    ask(message: Message): Promise<Exchanged>
  }>

/** Drives an appliance through its CTA-2045 port, as its communications module. */
export function createCta2045Device({
  maxW,
  vNom,
  hertz,
  holdSeconds = 3600,
  ...session
}: Cta2045Options): Cta2045Device {
  const { now } = session
  const nominal = { maxW, vNom, hertz }
  const createdAt = Math.floor(now())
  let inForce: Command = { kind: 'normal' }
  let hasEvent = false
  let hasLevel = false
  let renewAt = Infinity
  const bus = openSession({ ...session, onRound })

  return {
    get capability() {
      return capabilityOf(bus.appliance(), nominal)
    },
    get settings() {
      return settingsOf(bus.appliance(), nominal, createdAt)
    },
    appliance: bus.appliance,
    ask: bus.ask,
    async status() {
      await bus.tried
      const lost = bus.lost()
      if (lost !== undefined) throw new DeviceError('unreachable', lost)
      return statusOf(bus.appliance(), nominal, limitW())
    },
    async apply(next) {
      await bus.tried
      const asked = askedModes(next)
      const strange = asked.filter((mode) => !applianceModes.includes(mode))
      if (strange.length > 0) return { kind: 'refused', fields: strange, reason: 'not supported' }
      const translated = commandOf(next, rated())
      if (translated.kind === 'refused') return translated
      return resultOf(await put(translated.command), asked)
    },
    async [Symbol.asyncDispose]() {
      if (bus.lost() === undefined) await put({ kind: 'normal' }).catch(() => undefined)
      await bus[Symbol.asyncDispose]()
    },
  }

  // After a loss the appliance may have forgotten what holds, and an event runs out unless it is renewed.
  async function onRound(round: 'start' | 'poll'): Promise<void> {
    if (inForce.kind === 'normal' || (round === 'poll' && now() < renewAt)) return
    await send(inForce)
    if (round === 'start') await bus.refresh()
  }

  async function put(command: Command): Promise<Outcome> {
    if (bus.lost() === undefined && isDeepStrictEqual(command, inForce)) return 'accepted'
    await release(command)
    const outcome = await send(command)
    if (outcome === 'accepted') inForce = command
    await bus.refresh()
    return outcome
  }

  // An event hides a level, and one event replaces another; only what we began is ours to end.
  async function release({ kind }: Command): Promise<void> {
    if (hasEvent && (kind === 'normal' || kind === 'powerLevel')) {
      heard(await bus.ask(basic('endShed')))
      hasEvent = false
      inForce = { kind: 'normal' }
    }
    if (hasLevel && kind !== 'powerLevel') {
      heard(await bus.ask(basic('powerLevel', fullPower)))
      hasLevel = false
    }
  }

  async function send(command: Command): Promise<Outcome> {
    renewAt = now() + holdSeconds / 2
    if (command.kind === 'normal') return reached()
    if (command.kind === 'powerLevel') {
      const outcome = heard(await bus.ask(basic('powerLevel', powerLevelByte(command.fraction))))
      hasLevel ||= outcome === 'accepted'
      return outcome === 'notSupported' ? await send({ kind: 'shed' }) : outcome
    }
    const outcome = heard(await bus.ask(basic(command.kind, durationByte(holdSeconds))))
    hasEvent ||= outcome === 'accepted'
    return outcome
  }

  function reached(): Outcome {
    const lost = bus.lost()
    if (lost !== undefined) throw new DeviceError('unreachable', lost)
    return 'accepted'
  }

  function rated(): number {
    return ratedWattsOf(bus.appliance(), maxW)
  }

  function limitW(): number | undefined {
    return inForce.kind === 'powerLevel' ? inForce.fraction * rated() : undefined
  }
}

const fullPower = 127

function heard({ outcome }: Exchanged): Outcome {
  if (outcome === 'noAnswer') throw new DeviceError('unreachable', 'the appliance does not answer')
  return outcome
}

function resultOf(outcome: Outcome, fields: ReturnType<typeof askedModes>): ApplyResult {
  if (outcome === 'accepted') return { kind: 'accepted' }
  return { kind: 'refused', fields, reason: reasons[outcome] }
}

const reasons: Readonly<Record<Exclude<Outcome, 'accepted'>, string>> = {
  optedOut: 'the customer opted out',
  notSupported: 'the appliance does not support it',
  busy: 'the appliance is busy',
  refused: 'the appliance refused',
  noAnswer: 'the appliance did not answer',
}
