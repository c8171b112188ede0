import { hash } from 'node:crypto'
import { Observation } from '@gridloom/contracts'
import { expect, it } from 'vitest'
import { numbered, reportOf, textOf } from './report.ts'
import type { Sighting } from './sighting.ts'

const server = { role: 'GSP', id: 'A1'.repeat(20) } as const
const client = { role: 'DCM', id: 'B2'.repeat(20) } as const
const seen: Sighting = {
  leg: 'GSP-DCM',
  kind: 'request',
  from: client,
  to: server,
  method: 'PUT',
  path: '/edev/1/dstat',
}

it('becomes an observation with a number, a length and a digest', () => {
  const body = '<DERStatus>°</DERStatus>'
  const report = reportOf({ sighting: { ...seen, body: Buffer.from(body) }, at: 1234.56789 }, 'full')
  expect(Observation.parse(JSON.parse(numbered(textOf(report), 7, client.id)))).toEqual({
    ...seen,
    v: 1,
    seq: 7,
    reporter: client.id,
    observedAt: 1234.568,
    length: 25,
    sha256: hash('sha256', body),
    body,
  })
})

it.each([
  ['a privacy filter', 'x', 'digest'],
  ['its length', 'x'.repeat(65_537), 'full'],
] as const)('is told by its digest because of %s', (_, body, privacy) => {
  const report = reportOf({ sighting: { ...seen, body }, at: 1 }, privacy)
  expect(report).toMatchObject({ length: body.length, sha256: hash('sha256', body) })
  expect(report).not.toHaveProperty('body')
})

it.each([
  ['poll', { method: 'GET' }],
  ['poll', { kind: 'response', method: 'GET', status: 304, resource: 'DERList' }],
  ['poll', { kind: 'heartbeat' }],
  ['data', { method: 'PUT', resource: 'DERStatus' }],
  ['data', { kind: 'device-reply' }],
  ['control', { kind: 'response', method: 'GET', status: 200, resource: 'DERControlList' }],
  ['control', { kind: 'response', method: 'GET', status: 404 }],
  ['control', { method: 'POST', resource: 'DERControlResponse' }],
  ['control', { kind: 'device-command' }],
  ['control', { kind: 'handshake' }],
] satisfies [string, Partial<Sighting>][])('is %s: %j', (rank, parts) => {
  expect(reportOf({ sighting: { ...seen, method: undefined, path: '/x', ...parts }, at: 1 }, 'full').rank).toBe(rank)
})
