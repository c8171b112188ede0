import { expect, it } from 'vitest'
import { createPollCounts } from './poll-counts.ts'
import { reportOf } from './report.ts'
import type { Sighting } from './sighting.ts'

const server = { role: 'GSP', id: 'A1'.repeat(20) } as const
const client = { role: 'DCM', id: 'B2'.repeat(20) } as const

it('counts the plain polls of a client, once an interval', () => {
  const counts = createPollCounts(10)
  expect(counts.sift(exchanges(3, '/tm'), 100)).toEqual([])
  expect(counts.due(109)).toEqual([])
  expect(counts.sift(exchanges(2, '/edev'), 109)).toEqual([])
  expect(counts.due(110).map(({ seen }) => seen)).toMatchObject([
    { from: client, to: server, polls: { seconds: 10, requests: 5, bytes: 25 } },
  ])
  expect(counts.due(200)).toEqual([])
})

it('lets through what is no poll, and both halves of one that went wrong', () => {
  const counts = createPollCounts(10)
  const post = report({ kind: 'request', corr: 'p', method: 'POST', path: '/rsps/1/rsp' })
  expect(counts.sift([...exchange('bad', '/gone', 404), post], 100).map(({ seen }) => seen.corr)).toEqual([
    'bad',
    'bad',
    'p',
  ])
})

it('tells of a control once, and counts the polls that find it again', () => {
  const counts = createPollCounts(10)
  const poll = (corr: string, body: string) => exchange(corr, '/derp/1/derc', 200, body, 'DERControlList')
  expect(counts.sift(poll('1', 'first'), 100)).toHaveLength(2)
  expect(counts.sift(poll('2', 'first'), 101)).toHaveLength(0)
  expect(counts.sift(poll('3', 'other'), 102)).toHaveLength(2)
})

it('reports a request by itself whose answer does not come', () => {
  const counts = createPollCounts(10)
  const [request] = exchange('1', '/tm')
  expect(counts.sift(request ? [request] : [], 100)).toEqual([])
  expect(counts.sift([], 106)).toEqual([request])
})

it('gives everything out when it is settled', () => {
  const counts = createPollCounts(10)
  const [open] = exchange('1', '/tm')
  counts.sift([...exchanges(1, '/tm'), ...(open ? [open] : [])], 100)
  expect(counts.isHolding()).toBe(true)
  expect(counts.settle(103)).toMatchObject([open, { seen: { polls: { requests: 1, seconds: 3 } } }])
  expect(counts.isHolding()).toBe(false)
})

function exchanges(count: number, path: string) {
  return Array.from({ length: count }, (_, at) => exchange(`${path}${at}`, path)).flat()
}

function exchange(corr: string, path: string, status = 200, body = 'bytes', resource = 'Time') {
  const asked = { kind: 'request', corr, method: 'GET', path } as const
  return [report(asked), report({ ...asked, kind: 'response', status, body, resource, from: server, to: client })]
}

function report(sighting: Partial<Sighting> & Pick<Sighting, 'kind'>) {
  return reportOf({ sighting: { leg: 'GSP-DCM', from: client, to: server, ...sighting }, at: 100 }, 'full')
}
