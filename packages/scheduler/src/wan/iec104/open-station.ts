import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import type { ScheduleOutput } from '@gridloom/contracts'
import { createBell, type Clock, type Logger } from '@gridloom/kit'
import type { Config } from '../../config.ts'
import type { Caller } from '../../domain/rights.ts'
import type { Meters } from '../../metrics.ts'
import type { Scheduling } from '../../operations/scheduling.ts'
import { type Asdu, causes, type Command, commandOf, decodeAsdu, encodeAsdu, measuredOf, types } from './asdu.ts'
import { createSession, type Session } from './session.ts'

export type StationOptions = Readonly<{
  config: NonNullable<Config['iec104']>
  scheduling: Scheduling
  clock: Clock
  log: Logger
  meters: Meters
}>

/** A controlled station: set points and commands become schedules of one entry, outputs are told as they change. */
export type Station = AsyncDisposable & Readonly<{ port: number }>

type Point = NonNullable<Config['iec104']>['points'][number]

// an older command is one that got lost on its way
const mostCommandAge = 60
const stationInterrogation = 20

export async function openStation({ config, scheduling, clock, log, meters }: StationOptions): Promise<Station> {
  const { commonAddress, directSeconds, priority, points } = config
  const caller: Caller = { name: 'iec104', role: 'actor', rights: config }
  const sessions = new Map<Socket, Session>()
  const ending = new AbortController()
  /** The schedule that the last command of a point became: the next one takes its place. */
  const holding = new Map<Point, string>()
  const answer = (asked: Asdu, cause: number, isNegative = false): Buffer =>
    encodeAsdu({ ...asked, cause, isNegative, commonAddress: asked.commonAddress })
  const told = ({ output: object }: Point, cause: number, output: ScheduleOutput, at?: number): Buffer => {
    const measured = measuredOf(output.value, output.quantity === 'OnOff', at)
    const head = { cause, isNegative: false, isTest: false, originator: 0, commonAddress, object }
    return encodeAsdu({ ...head, ...measured })
  }

  const carryOut = async (point: Point, { value }: Command): Promise<void> => {
    const { device, quantity } = point
    const before = holding.get(point)
    const isHeld = before !== undefined && scheduling.view({ device, quantity, id: before }).state === 4
    if (isHeld) await scheduling.disable({ device, quantity, id: before }, caller)
    const order = { value, seconds: directSeconds, priority }
    const { id } = await scheduling.direct(device, quantity, order, caller)
    holding.set(point, id)
  }
  const command = async (asked: Asdu, given: Command, send: (asdu: Buffer) => void): Promise<void> => {
    const point = points.find((one) => one.command === asked.object)
    if (!point) return send(answer(asked, causes.unknownObject, true))
    if (asked.cause === causes.deactivation) return send(answer(asked, causes.deactivationCon))
    if (asked.cause !== causes.activation) return send(answer(asked, causes.unknownCause, true))
    try {
      const isStale = given.at !== undefined && Math.abs(clock.exact() - given.at) > mostCommandAge
      if (isStale) throw new Error('the command is too old')
      if (asked.isTest || given.isSelect) return send(answer(asked, causes.activationCon))
      await carryOut(point, given)
      meters.face('iec104', 'ok')
      send(answer(asked, causes.activationCon))
      send(answer(asked, causes.activationTerm))
    } catch (error) {
      meters.face('iec104', 'failed')
      log.info({ object: asked.object, reason: String(error) }, 'command refused')
      send(answer(asked, causes.activationCon, true))
    }
  }
  const interrogate = (asked: Asdu, send: (asdu: Buffer) => void): void => {
    const qualifier = asked.information[0]
    if (asked.cause !== causes.activation) return send(answer(asked, causes.unknownCause, true))
    if (qualifier !== stationInterrogation) return send(answer(asked, causes.activationCon, true))
    send(answer(asked, causes.activationCon))
    for (const point of points) send(told(point, causes.interrogated, scheduling.output(point.device, point.quantity)))
    send(answer(asked, causes.activationTerm))
  }
  const obey = async (octets: Buffer, send: (asdu: Buffer) => void): Promise<void> => {
    const asked = decodeAsdu(octets)
    if (asked.commonAddress !== commonAddress && asked.commonAddress !== broadcast) {
      return send(answer(asked, causes.unknownAddress, true))
    }
    if (asked.type === types.C_IC_NA_1) return interrogate(asked, send)
    // the clock of a scheduler is not set by a control centre
    if (asked.type === types.C_CS_NA_1) return send(answer(asked, causes.activationCon, true))
    const given = commandOf(asked)
    if (!given) return send(answer(asked, causes.unknownType, true))
    await command(asked, given, send)
  }

  const attend = async (socket: Socket): Promise<void> => {
    const bell = createBell(clock)
    const gone = new AbortController()
    const signal = AbortSignal.any([gone.signal, ending.signal])
    const session = createSession(
      {
        ...config,
        write: (octets) => void socket.write(octets),
        received: (octets) => {
          const send = (asdu: Buffer): void => void session.send(asdu, clock.exact())
          obey(octets, send).catch((err: unknown) => {
            log.warn({ err, peer: socket.remoteAddress }, 'message not understood')
            socket.destroy()
          })
        },
        closed: (reason) => {
          log.info({ peer: socket.remoteAddress, reason }, 'control centre cut off')
          socket.destroy()
        },
      },
      clock.exact(),
    )
    sessions.set(socket, session)
    socket.on('data', (octets) => {
      session.take(octets, clock.exact())
      bell.ring()
    })
    socket.on('error', () => socket.destroy())
    socket.once('close', () => {
      sessions.delete(socket)
      gone.abort()
    })
    try {
      for (;;) {
        await bell.rest(session.nextDue() - clock.exact(), signal)
        session.due(clock.exact())
      }
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }

  const server = createServer((socket) => {
    const peer = (socket.remoteAddress ?? '').replace('::ffff:', '')
    const isKnown = config.clients.length === 0 || config.clients.includes(peer)
    if (!isKnown || sessions.size >= config.mostConnections) {
      log.warn({ peer, connections: sessions.size }, 'control centre refused')
      return void socket.destroy()
    }
    socket.setNoDelay(true)
    void attend(socket)
  })
  const listening = scheduling.listen((event) => {
    if (event.kind !== 'output' || event.isRepeat) return
    const { device, quantity, at } = event.output
    for (const point of points.filter((one) => one.device === device && one.quantity === quantity)) {
      const asdu = told(point, causes.spontaneous, event.output, at)
      for (const session of sessions.values()) session.send(asdu, clock.exact())
    }
  })
  server.listen(config.listen.port, config.listen.host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  log.info({ port, commonAddress }, 'station listening')
  return {
    port,
    async [Symbol.asyncDispose]() {
      listening[Symbol.dispose]()
      ending.abort()
      const closed = once(server, 'close')
      server.close()
      for (const socket of sessions.keys()) socket.destroy()
      await closed
    },
  }
}

const broadcast = 0xff_ff
