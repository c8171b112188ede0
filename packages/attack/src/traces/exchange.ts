import type { Random } from '@gridloom/kit'
import type { Act } from './act.ts'
import type { Document } from './document.ts'
import type { Reporter, Sighting } from './reporter.ts'

/** One request and its answer; `body` is of the request, `answer` of the response. */
export type Exchange = Readonly<{
  method: 'GET' | 'POST' | 'PUT'
  path: string
  body?: Document
  status: number
  answer?: Document
  act?: Act | undefined
}>

/** What the ends of one connection see of an exchange; someone between them, or one who lies, changes it. */
export type Tamper = (seenBy: 'DCM' | 'GSP', message: 'request' | 'response', exchange: Exchange) => Exchange

export type Line = Readonly<{ client: Reporter; server: Reporter; random: Random }>

/** Lets both ends of a connection report both messages of an exchange. */
export function converse({ client, server, random }: Line, at: number, exchange: Exchange, tamper?: Tamper): void {
  const corr = Buffer.from(random.bytes(12)).toString('base64url')
  const seconds = 0.02 + 0.1 * random.next()
  const tell = (by: Reporter, kind: 'request' | 'response', when: number): void => {
    const seen = tamper ? tamper(by === client ? 'DCM' : 'GSP', kind, exchange) : exchange
    const ends = kind === 'request' ? { from: client.end, to: server.end } : { from: server.end, to: client.end }
    by.saw(when, { leg: 'GSP-DCM', kind, corr, ...ends, ...partsOf(kind, seen) }, seen.act)
  }
  tell(client, 'request', at)
  tell(server, 'request', at + seconds / 3)
  tell(server, 'response', at + (2 * seconds) / 3)
  tell(client, 'response', at + seconds)
}

function partsOf(kind: 'request' | 'response', { method, path, status, body, answer }: Exchange): Partial<Sighting> {
  const document = kind === 'request' ? body : answer
  return {
    method,
    path,
    ...(kind === 'response' && { status }),
    ...(document && { contentType: 'application/sep+xml', resource: document.resource, body: document.body }),
  }
}
