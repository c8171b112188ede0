import type { Socket } from 'node:net'
import { STATUS_CODES } from 'node:http'
import { codeOf, type WriteFailure } from './failure.ts'

type ParserError = Error & Readonly<{ code?: string; rawPacket?: unknown }>

const statuses: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

/** Answers what Node's parser could not read: 501 for a method that HTTP does not have, 400 for what is not HTTP. */
export function answerClientError(error: ParserError, socket: Socket, write: WriteFailure): void {
  if (!socket.writable) return void socket.destroy()
  const status = isUnknownMethod(error) ? 501 : (statuses[error.code ?? ''] ?? 400)
  const { type, body } = write({ status, code: codeOf(status), message: error.message })
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    `Content-Type: ${type}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  socket.end(body)
}

/** Whether the parser has failed, or waited too long; Node reports broken connections and handshakes by the same event. */
export function isParserError({ code = '' }: ParserError): boolean {
  return code.startsWith('HPE_') || code === 'ERR_HTTP_REQUEST_TIMEOUT'
}

/** Node's parser gives up at the first letter that no method has: the rest tells a method of somebody's own from noise. */
function isUnknownMethod({ code, rawPacket }: ParserError): boolean {
  if (code !== 'HPE_INVALID_METHOD') return false
  const [line = '', rest] = String(rawPacket).split('\r\n', 2)
  return rest === undefined || /^\S+ \S+ HTTP\/1\.\d$/.test(line)
}
