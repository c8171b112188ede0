import type { Socket } from 'node:net'
import { createBell, lfdiOn } from '@gridloom/kit'
import { type AnswerOptions, createAnswers } from './answer.ts'
import { addressOf, listen } from './listen.ts'
import { createConnections } from './redundancy.ts'
import { createSession, type Session } from './session.ts'

/** A controlled station: set points and commands become schedules of one entry, outputs are told as they change. */
export type Station = AsyncDisposable & Readonly<{ port: number }>

export async function openStation(options: AnswerOptions): Promise<Station> {
  const { config, scheduling, clock, log } = options
  const answers = createAnswers(options)
  const ending = new AbortController()
  let count = 0
  const others = createConnections({ isGroup: false })
  const groups = config.groups.map((group) => ({ ...group, connections: createConnections({ isGroup: true }) }))
  const connectionsOf = (socket: Socket) => {
    const [address, lfdi] = [addressOf(socket), lfdiOn(socket) ?? '']
    const own = groups.find(
      (group) => group.clients.includes(address) || group.lfdi.some((one) => one.toUpperCase() === lfdi),
    )
    return own?.connections ?? others
  }
  const attend = async (socket: Socket): Promise<void> => {
    const bell = createBell(clock)
    const gone = new AbortController()
    const signal = AbortSignal.any([gone.signal, ending.signal])
    const peer = addressOf(socket)
    const connections = connectionsOf(socket)
    const send = (asdu: Buffer): void => void session.send(asdu, clock.exact())
    const session: Session = createSession(
      {
        ...config,
        write: (octets) => void socket.write(octets),
        started: () => connections.started(session, clock.exact()),
        received: (octets) => {
          answers.obey(octets, send).catch((err: unknown) => {
            log.warn({ err, peer }, 'message not understood')
            socket.destroy()
          })
        },
        closed: (reason) => {
          log.info({ peer, reason }, 'control centre cut off')
          socket.destroy()
        },
      },
      clock.exact(),
    )
    connections.add(session)
    count += 1
    socket.setNoDelay(true)
    socket.on('data', (octets) => {
      session.take(octets, clock.exact())
      bell.ring()
    })
    socket.once('close', () => {
      connections.remove(session)
      count -= 1
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

  const { port, close } = await listen(config, log, (socket) => {
    if (count < config.mostConnections) return void attend(socket)
    log.warn({ peer: addressOf(socket), connections: count }, 'control centre refused')
    socket.destroy()
  })
  const listening = scheduling.listen((event) => {
    if (event.kind !== 'output' || event.isRepeat) return
    for (const asdu of answers.changesOf(event.output)) {
      for (const connections of [others, ...groups.map((group) => group.connections)]) {
        connections.tell(asdu, clock.exact())
      }
    }
  })
  log.info({ port, commonAddress: config.commonAddress }, 'station listening')
  return {
    port,
    async [Symbol.asyncDispose]() {
      listening[Symbol.dispose]()
      ending.abort()
      await close()
    },
  }
}
