import type { Server } from 'node:https'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { setTimeout as wait } from 'node:timers/promises'
import { lfdiOn } from './peer.ts'

/** The connections of a server and the requests on them, so that a stop can wait for the answers under way. */
export type Connections = Readonly<{
  watch(server: Server): void
  /** Waits for the requests in flight, at most so long, then closes every connection. */
  finish(seconds: number): Promise<void>
  /** Closes those of one certificate. */
  end(lfdi: string): void
}>

export function trackConnections(): Connections {
  const sockets = new Set<Socket>()
  const secured = new Set<TLSSocket>()
  let inFlight = 0
  let closing = false
  let idle: (() => void) | undefined

  const ended = (): void => {
    inFlight -= 1
    if (inFlight === 0) idle?.()
  }
  const watch = (server: Server): void => {
    server.on('connection', (socket: Socket) => {
      if (closing) return void socket.destroy()
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
    })
    server.on('secureConnection', (socket) => {
      secured.add(socket)
      socket.once('close', () => secured.delete(socket))
    })
    server.on('request', (_request, response) => {
      inFlight += 1
      response.on('close', ended)
    })
  }
  const finish = async (seconds: number): Promise<void> => {
    if (inFlight > 0) {
      const { promise, resolve } = Promise.withResolvers<void>()
      idle = resolve
      await Promise.race([promise, wait(seconds * 1000, undefined, { ref: false })])
    }
    closing = true
    for (const socket of sockets) socket.destroy()
  }
  const end = (lfdi: string): void => {
    for (const socket of secured) if (lfdiOn(socket) === lfdi) socket.destroy()
  }
  return { watch, finish, end }
}
