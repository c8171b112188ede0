import { createServer } from 'node:net'

/** The wanted port when it is free on this host, else one that is. */
export async function freePort(wanted: number, host: string): Promise<number> {
  return (await bind(wanted, host)) ?? (await bind(0, host)) ?? wanted
}

function bind(port: number, host: string): Promise<number | undefined> {
  const { promise, resolve } = Promise.withResolvers<number | undefined>()
  const server = createServer()
  server.once('error', () => resolve(undefined))
  server.listen(port, host, () => {
    const address = server.address()
    server.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
  })
  return promise
}
