import {
  createClient,
  createServer,
  issueServer,
  type Credentials,
  type Outgoing,
  type Pki,
  type Reply,
} from '@gridloom/kit'

export type RelayOptions = Readonly<{
  pki: Pki
  /** The end that is imitated. */
  target: Readonly<{ url: string; name?: string | false | undefined }>
  /** The end whose stolen credentials are shown to the target. */
  stolen: Credentials
  /** What becomes of a request: by default it is passed on as it is. */
  pass: (outgoing: Outgoing, send: (outgoing: Outgoing) => Promise<Reply>) => Promise<Reply>
}>

export type Relay = AsyncDisposable & Readonly<{ url: string }>

const passedOn = ['accept', 'content-type', 'x-correlation-id', 'x-sent-at'] as const

/** Stands between two ends of a connection: to either it shows a certificate that passes for the other's. */
export async function openRelay({ pki, target, stolen, pass }: RelayOptions): Promise<Relay> {
  await using stack = new AsyncDisposableStack()
  const serverName = target.name === undefined ? {} : { serverName: target.name }
  const client = stack.use(createClient({ origin: target.url, certs: stolen, ...serverName }))
  const certs = issueServer(pki, { name: 'relay' })
  const app = stack.use(
    createServer({ name: 'relay', certs, logLevel: 'silent', exposeMetrics: false, stopSeconds: 1 }),
  )
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.route<{ Body?: Buffer }>({
    method: ['GET', 'PUT', 'POST', 'DELETE'],
    url: '/*',
    async handler({ method, url, headers, body }, reply) {
      const kept = passedOn.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : []))
      const outgoing = {
        method: method as Outgoing['method'],
        path: url,
        headers: Object.fromEntries(kept) as Record<string, string>,
        ...(body && { body }),
      }
      const answer = await pass(outgoing, client.request)
      const { 'content-length': _length, connection: _connection, 'keep-alive': _keepAlive, ...rest } = answer.headers
      return reply.code(answer.status).headers(rest).send(answer.body)
    },
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const owned = stack.move()
  return { url, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
