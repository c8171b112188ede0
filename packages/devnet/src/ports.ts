import { createServer } from 'node:net'

/** A port that nobody else gets until it is released, shortly before the actor that it is for starts. */
export type ReservedPort = AsyncDisposable & Readonly<{ port: number }>

/** Reserves the wanted port when it is free on this host, else one that is. */
export async function reservePort(wanted: number, host: string): Promise<ReservedPort> {
  const reserved = (await bind(wanted, host)) ?? (await bind(0, host))
  if (!reserved) throw new Error(`no port of ${host} is free`)
  return reserved
}

function bind(port: number, host: string): Promise<ReservedPort | undefined> {
  const { promise, resolve } = Promise.withResolvers<ReservedPort | undefined>()
  const server = createServer((early) => early.destroy()) // who knocks before the actor is there comes again
  server.once('error', () => resolve(undefined))
  server.listen(port, host, () => {
    const address = server.address()
    if (typeof address !== 'object' || !address) return resolve(undefined)
    const close = (): Promise<void> => new Promise((closed) => server.close(() => closed()))
    resolve({ port: address.port, [Symbol.asyncDispose]: close })
  })
  return promise
}
