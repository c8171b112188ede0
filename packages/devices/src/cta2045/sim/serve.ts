import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import type { Duplex } from 'node:stream'
import { basic } from '../codec/basic.ts'
import { queryMaxPayload } from '../codec/data-link.ts'
import { typeQuery } from '../codec/frame.ts'
import type { Message } from '../codec/message.ts'
import { type BusEvent, type DrivenLink, driveLink } from '../link/drive-link.ts'
import { defaultTiming, type Timing } from '../link/timing.ts'
import { overrideLasts } from './orders.ts'
import { createHeaterPlant, type PlantOptions, type PlantReport } from './plant.ts'
import { type Answer, type Identity, identityOf, respond } from './respond.ts'

export type SimulatorOptions = PlantOptions &
  Readonly<{
    host?: string
    port?: number
    identity?: Partial<Identity>
    overrideStyle?: 'report' | 'refuse'
    /** Code of the max payload: 5, as many heaters say, is 64 bytes. */
    payloadCode?: number
    timing?: Partial<Timing>
    /** Asks the module for its message types first, as certified heaters do. */
    introduces?: boolean
    onEvent?: (event: BusEvent) => void
  }>

/** What a test or an operator can do to the heater and its line. */
export type Fault = Readonly<
  | { kind: 'none' | 'silent' | 'flippedBit' | 'broken' }
  /** Only so many bytes of each message leave. */
  | { kind: 'cut'; bytes: number }
  /** Answers every message with a link NAK. */
  | { kind: 'nak'; code: number }
  /** Refuses every basic command. */
  | { kind: 'appNak'; reason: number }
>

export type Simulator = AsyncDisposable &
  Readonly<{
    port: number
    report(): PlantReport
    /** The customer wants hot water whatever the grid says, or no longer. */
    override(isOn: boolean): void
    misbehave(fault: Fault): void
    /** Breaks every connection. */
    disconnect(): void
  }>

/** A simulated water heater with a CTA-2045 port, as a TCP server: one connection is one bus. */
export async function serveWaterHeater(options: SimulatorOptions): Promise<Simulator> {
  const plant = createHeaterPlant(options)
  const identity = { ...identityOf(plant.heater), ...options.identity }
  const timing = { ...defaultTiming, ...options.timing }
  const { payloadCode = 5, overrideStyle = 'report', onEvent } = options
  const buses = new Set<DrivenLink>()
  const kept = new Map<string, Message>()
  let fault: Fault = { kind: 'none' }

  const server = createServer({ noDelay: true }, (socket) => void attend(socket))
  server.listen(options.port ?? 0, options.host ?? '::')
  await once(server, 'listening')

  const announce = (message: Message): void => {
    for (const bus of buses) void bus.ask(message)
  }
  return {
    port: (server.address() as AddressInfo).port,
    report: plant.report,
    override(isOn) {
      plant.obey({ overrideUntil: isOn ? plant.now() + overrideLasts : undefined })
      announce(basic('customerOverride', isOn ? 1 : 0))
    },
    misbehave(next) {
      fault = next
      plant.breakDown(next.kind === 'broken')
    },
    disconnect,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      disconnect()
      await closed
    },
  }

  async function attend(socket: Duplex): Promise<void> {
    const bus = driveLink(socket, {
      timing,
      payloadCode,
      random: Math.random,
      onRequest: answer,
      distort,
      ...(onEvent && { onEvent }),
    })
    buses.add(bus)
    if (options.introduces) void introduce(bus)
    await bus.closed
    buses.delete(bus)
  }

  function answer(message: Message): Answer | undefined {
    if (fault.kind === 'appNak' && message.layer === 'basic') return basic('appNak', fault.reason)
    return respond({ plant, identity, overrideStyle, kept, announce }, message)
  }

  function distort(frame: Uint8Array): Uint8Array {
    switch (fault.kind) {
      case 'silent':
        return frame.subarray(0, 0)
      case 'cut':
        return frame.subarray(0, fault.bytes)
      case 'flippedBit':
        return frame.map((byte, index) => (index === frame.length - 1 ? byte ^ 1 : byte))
      case 'nak':
        return frame.length === 2 ? Buffer.of(0x15, fault.code) : frame.subarray(0, 0)
      case 'none':
      case 'appNak':
      case 'broken':
        return frame
      default:
        return fault satisfies never
    }
  }

  function disconnect(): void {
    for (const bus of buses) bus[Symbol.dispose]()
  }
}

async function introduce(bus: DrivenLink): Promise<void> {
  for (const layer of ['basic', 'intermediate', 'dataLink'] as const) await bus.ask(typeQuery(layer))
  await bus.ask(queryMaxPayload)
}
