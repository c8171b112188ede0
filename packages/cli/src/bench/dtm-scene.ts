import { hash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { observationBatch, type Observation } from '@gridloom/contracts'
import { issueServer, writeCredentials, type Credentials, type Pki } from '@gridloom/kit'
import { stringify } from 'yaml'
import { startChild, type Child } from './child.ts'

export type DtmScene = AsyncDisposable & Readonly<{ url: string; lfdi: string; folder: string }>

type Options = Readonly<{ folder: string; pki: Pki; gsp: Credentials; reporters: readonly Credentials[] }>

/** A DTM as an operator starts it, which knows a GSP and its DCMs. */
export async function openDtm({ folder, pki, gsp, reporters }: Options): Promise<DtmScene> {
  const certs = join(folder, 'dtm')
  const own = issueServer(pki, { name: 'dtm' })
  writeCredentials(certs, own)
  const config = join(folder, 'dtm.yaml')
  const registry = [
    { lfdi: gsp.lfdi, role: 'GSP' },
    ...reporters.map(({ lfdi }) => ({ lfdi, role: 'DCM', reports: false, rtgMaxW: 5000 })),
  ]
  writeFileSync(
    config,
    stringify({
      certs,
      store: `sqlite:${join(folder, 'dtm.db')}`,
      listen: { host: '127.0.0.1', port: 0 },
      limits: { perSecond: 1e6, burst: 1e6 },
      registry,
      logLevel: 'error',
    }),
  )
  const main = fileURLToPath(new URL('main.ts', import.meta.resolve('@gridloom/dtm')))
  const child: Child = await startChild([main, '--config', config])
  const { url } = child.ready
  return { url, lfdi: own.lfdi, folder: certs, [Symbol.asyncDispose]: () => child[Symbol.asyncDispose]() }
}

const answer = `<DERStatus xmlns="urn:ieee:std:2030.5:ns">${'<readingTime>1800000000</readingTime>'.repeat(12)}</DERStatus>`
const digest = hash('sha256', answer)
const nothing = hash('sha256', '')

/** Makes the next batch of a reporter with each call: exchanges with its server, request and answer by turns. */
export function reporting(reporter: Credentials, gsp: Credentials): () => Buffer {
  const dcm = { role: 'DCM', id: reporter.lfdi } as const
  const server = { role: 'GSP', id: gsp.lfdi } as const
  let seq = 0
  const next = (): Observation => {
    seq += 1
    const isAnswer = seq % 2 === 0
    const common = {
      v: 1,
      seq,
      reporter: reporter.lfdi,
      observedAt: Date.now() / 1000,
      leg: 'GSP-DCM',
      corr: `${reporter.sfdi}-${Math.ceil(seq / 2)}`,
      method: 'GET',
      path: '/edev/1/der/1/ders',
    } as const
    if (!isAnswer) return { ...common, from: dcm, to: server, kind: 'request', length: 0, sha256: nothing }
    const told = { contentType: 'application/sep+xml', resource: 'DERStatus', length: answer.length, sha256: digest }
    return { ...common, from: server, to: dcm, kind: 'response', status: 200, ...told, body: answer }
  }
  return () => {
    const body = JSON.stringify(Array.from({ length: observationBatch }, next))
    const head = [
      'POST /dtm/observations HTTP/1.1',
      'Host: localhost',
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
    ]
    return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
  }
}
