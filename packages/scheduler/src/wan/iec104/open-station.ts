import type { Socket } from 'node:net'
import { createBell } from '@gridloom/kit'
import { type AnswerOptions, createAnswers } from './answer.ts'
import { createBacklog } from './backlog.ts'
import { addressOf, listen } from './listen.ts'
import { createSession, type Session } from './session.ts'

/** A controlled station: set points and commands become schedules of one entry, outputs are told as they change. */
export type Station = AsyncDisposable & Readonly<{ port: number }>

export async function openStation(options: AnswerOptions): Promise<Station> {
  const { config, scheduling, clock, log } = options
  const answers = createAnswers(options)
  const sessions = new Map<Socket, Session>()
  const backlog = createBacklog()
  const ending = new AbortController()

  /** To everybody who listens, or kept for the first who will. */
  const tell = (asdu: Buffer): void => {
    const heard = [...sessions.values()].filter((session) => session.send(asdu, clock.exact()))
    if (heard.length === 0) backlog.keep([asdu])
  }
  const leave = (socket: Socket): void => {
    const unheard = sessions.get(socket)?.unheard() ?? []
    sessions.delete(socket)
    const isAlone = ![...sessions.values()].some((session) => session.isStarted())
    if (isAlone) backlog.keep(unheard)
  }
  const attend = async (socket: Socket): Promise<void> => {
    const bell = createBell(clock)
    const gone = new AbortController()
    const signal = AbortSignal.any([gone.signal, ending.signal])
    const peer = addressOf(socket)
    const send = (asdu: Buffer): void => void session.send(asdu, clock.exact())
    const session = createSession(
      {
        ...config,
        write: (octets) => void socket.write(octets),
        started: () => backlog.take().forEach(send),
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
    sessions.set(socket, session)
    socket.setNoDelay(true)
    socket.on('data', (octets) => {
      session.take(octets, clock.exact())
      bell.ring()
    })
    socket.once('close', () => {
      leave(socket)
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
    if (sessions.size < config.mostConnections) return void attend(socket)
    log.warn({ peer: addressOf(socket), connections: sessions.size }, 'control centre refused')
    socket.destroy()
  })
  const listening = scheduling.listen((event) => {
    if (event.kind === 'output' && !event.isRepeat) answers.changesOf(event.output).forEach(tell)
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
