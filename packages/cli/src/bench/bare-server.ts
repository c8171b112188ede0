import { createServer } from 'node:https'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The reference: Node's HTTPS server alone. GET sends the bytes of a file, POST reads the body and counts its bytes, or sends them back. */
const [folder = '.', answerFile = '', mode = 'sink'] = process.argv.slice(2)
const answer = readFileSync(answerFile)
let received = 0

const server = createServer(
  {
    key: readFileSync(join(folder, 'key.pem')),
    cert: readFileSync(join(folder, 'cert.pem')),
    ca: readFileSync(join(folder, 'ca.pem')),
    ciphers: 'ECDHE-ECDSA-AES128-CCM8:@SECLEVEL=0',
    maxVersion: 'TLSv1.2',
    requestCert: true,
    rejectUnauthorized: true,
  },
  (request, response) => {
    if (request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'application/sep+xml', 'content-length': answer.length })
      return response.end(answer)
    }
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      received += body.length
      if (mode === 'echo') {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
        return response.end(body)
      }
      response.writeHead(201, { location: '/upt/1/mr/1', 'content-length': 0 }).end()
    })
  },
)
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  process.stdout.write(`${JSON.stringify({ event: 'ready', url: `https://127.0.0.1:${port}` })}\n`)
})
process.on('disconnect', () => server.close().closeAllConnections())
