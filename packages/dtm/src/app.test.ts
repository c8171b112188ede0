import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { replayTrace } from './domain/trace/replay-trace.ts'
import { parseTrace } from './domain/trace/trust-trace.ts'
import { dtm, observation, peers, poll } from './testing/test-dtm.ts'

it('takes a batch and answers how much of it', async () => {
  await using net = await dtm()
  const batch = [observation(1), { ...observation(2), seq: 'two' }, { ...observation(3), mood: 'good' }]
  const { status, body } = await net.report(batch)
  expect(status).toBe(202)
  expect(body).toMatchObject({ accepted: 1, rejected: [{ index: 1 }, { index: 2 }] })
  expect(body.rejected[0].reason).toContain('seq')
})

it.each([
  ['what is no JSON', '[{', 400],
  ['what is no array', '{}', 400],
  ['an empty batch', '[]', 400],
  ['more than a hundred', JSON.stringify(Array.from({ length: 101 }, (_, at) => observation(at))), 400],
  ['more than a megabyte', `["${'x'.repeat(1_100_000)}"]`, 413],
])('refuses %s', async (_, text, status) => {
  await using net = await dtm()
  const reply = await net.report(text)
  expect(reply.status).toBe(status)
  expect(reply.body.error.message).toBeTruthy()
})

it('takes nothing from whoever is not registered', async () => {
  await using net = await dtm()
  expect((await net.report([observation(1)], peers.stranger)).status).toBe(403)
})

it('asks a reporter to wait that sends too much', async () => {
  await using net = await dtm({ limits: { perSecond: 1, burst: 2 } })
  const replies = [await net.report([observation(1)]), await net.report([observation(2)])]
  expect(replies.map(({ status }) => status)).toEqual([202, 202])
  expect(await net.report([observation(3)])).toMatchObject({ status: 429 })
})

it('rejects what is reported in the name of another, and holds it against the peer', async () => {
  await using net = await dtm()
  const { body } = await net.report([{ ...observation(1), reporter: peers.other.lfdi }])
  expect(body).toMatchObject({ accepted: 0, rejected: [{ index: 0 }] })
  const { body: subject } = await net.get(`/dtm/subjects/${peers.dcm.lfdi}`)
  expect(subject.vector.level).toBe(4)
})

it('gives the same answer to the same batch, and judges it once', async () => {
  await using net = await dtm()
  const batch = JSON.stringify([observation(1), observation(2)])
  const first = await net.report(batch)
  expect(await net.report(batch)).toEqual(first)
  const { body } = await net.get(`/dtm/subjects/${peers.dcm.lfdi}`)
  expect(body.vector.n24).toBe(0)
})

it('takes a message in the XML of the source project, and keeps what it does not know', async () => {
  await using net = await dtm()
  const message =
    '<message><to>GSP</to><from>DCM</from><timestamp>1800000000</timestamp><contents><mood>good</mood></contents></message>'
  expect((await net.note(message)).status).toBe(201)
  expect((await net.note('<message><to>GSP</to></message>')).status).toBe(400)
  expect((await net.note('<!DOCTYPE a [<!ENTITY b "c">]><message/>')).status).toBe(400)
  expect((await net.note('<message>')).status).toBe(400)
  expect((await net.note(message, peers.stranger)).status).toBe(403)
})

it('is where it was after a restart, with a snapshot and without', async () => {
  await using net = await dtm({ snapshotSeconds: 60 })
  for (let seq = 1; seq <= 30; seq += 1) await net.report([observation(seq), poll(seq + 100)])
  await net.clock.advance(61)
  await net.report([observation(500), observation(500)])
  const before = await net.get(`/dtm/subjects/${peers.dcm.lfdi}`)
  expect(before.body.vector.n24).toBeGreaterThan(0)
  await net.restart()
  expect(await net.get(`/dtm/subjects/${peers.dcm.lfdi}`)).toEqual(before)
})

it('lets each see what is its own', async () => {
  await using net = await dtm()
  const file = (lfdi: string) => `/dtm/subjects/${lfdi}`
  const status = async (path: string, certs = peers.dcm) => (await net.get(path, certs)).status
  expect(await status(file(peers.dcm.lfdi))).toBe(200)
  expect(await status(file(peers.other.lfdi))).toBe(403)
  expect(await status(file(peers.gsp.lfdi))).toBe(200)
  expect(await status(file(peers.other.lfdi), peers.gsp)).toBe(200)
  expect(await status(file(peers.dcm.lfdi), peers.stranger)).toBe(403)
  expect(await status(file(peers.dcm.lfdi), peers.market)).toBe(200)
  expect((await net.get(file(peers.dcm.lfdi), peers.market)).body).not.toHaveProperty('serial')
  expect(await status(file('0'.repeat(40)), peers.operator)).toBe(404)
  await net.report([{ ...observation(1), reporter: peers.other.lfdi }])
  expect(await status(file(peers.dcm.lfdi))).toBe(403)
  const listed = await net.get('/dtm/subjects?level>=2', peers.gsp)
  expect(listed.body).toContainEqual(expect.objectContaining({ id: peers.dcm.lfdi, role: 'DCM' }))
})

it('releases for an operator alone', async () => {
  await using net = await dtm()
  await net.report([{ ...observation(1), reporter: peers.other.lfdi }])
  const path = `/dtm/subjects/${peers.dcm.lfdi}/release`
  expect((await net.post(path, undefined, peers.gsp)).status).toBe(403)
  expect(await net.post(path)).toMatchObject({ status: 200, body: { vector: { level: 2 } } })
})

it('keeps a register that operators and the GSP enter', async () => {
  await using net = await dtm()
  const entry = { lfdi: 'C3'.repeat(20), role: 'DCM', serial: 'PV-9' }
  expect(await net.put('/dtm/registry', [entry], peers.gsp)).toMatchObject({ status: 200, body: { entered: 1 } })
  expect(await net.put('/dtm/registry', [entry], peers.gsp)).toMatchObject({ status: 200, body: { entered: 0 } })
  expect((await net.put('/dtm/registry', [{ ...entry, role: 'OPR' }], peers.gsp)).status).toBe(403)
  expect((await net.put('/dtm/registry', [entry], peers.dcm)).status).toBe(403)
  expect((await net.put('/dtm/registry', [{ ...entry, lfdi: 'x' }])).status).toBe(400)
  expect((await net.get('/dtm/registry')).body).toContainEqual(entry)
  expect((await net.get('/dtm/registry')).body).toContainEqual({ lfdi: peers.gsp.lfdi, role: 'GSP' })
})

it('lets a GSP add to what an operator has entered, and change nothing of it', async () => {
  await using net = await dtm()
  const entry = { lfdi: 'C4'.repeat(20), role: 'DCM', serial: 'PV-9', rtgMaxW: 5000 }
  await net.put('/dtm/registry', [entry])
  const told = { ...entry, serial: 'PV-8', rtgMaxW: 9000, reportedMaxW: 9000, pin: '123455', reports: true }
  expect((await net.put('/dtm/registry', [told], peers.gsp)).body).toEqual({ entered: 1 })
  expect((await net.get('/dtm/registry')).body).toContainEqual({ ...told, serial: 'PV-9', rtgMaxW: 5000 })
  expect((await net.put('/dtm/registry', [told], peers.gsp)).body).toEqual({ entered: 0 })
})

it('chains its records, and finds the one that was changed', async () => {
  await using net = await dtm()
  await net.report([{ ...observation(1), reporter: peers.other.lfdi }])
  for (const corr of ['a', 'b', 'c']) {
    await net.clock.advance(1)
    await net.report([{ ...observation(2), corr }])
  }
  const { body: records } = await net.get('/dtm/events')
  expect(records.length).toBeGreaterThan(2)
  expect(records[1].prev).toBe(records[0].hash)
  expect((await net.get('/dtm/verify')).body).toMatchObject({ ok: true, records: records.length })
  net.tamper("UPDATE event SET record = replace(record, 'DCM', 'GSP') WHERE position = 2")
  expect((await net.get('/dtm/verify')).body).toMatchObject({ ok: false, records: 1, broken: { position: 2 } })
})

it('gives out a trace that comes to the same trust when it is replayed', async () => {
  await using net = await dtm()
  for (let seq = 1; seq <= 20; seq += 1) {
    await net.report([observation(seq), poll(seq + 100)])
    await net.clock.advance(7)
  }
  await net.put('/dtm/registry', [{ lfdi: peers.other.lfdi, role: 'DCM', rtgMaxW: 10 }])
  await net.restart()
  await net.report([{ ...observation(21), reporter: peers.other.lfdi }])
  const { body: trace } = await net.get('/dtm/trace')
  const { subjects } = replayTrace(parseTrace(trace))
  for (const { lfdi } of [peers.dcm, peers.gsp]) {
    const { body: live } = await net.get(`/dtm/subjects/${lfdi}`)
    expect(subjects.find(({ id }) => id === lfdi)).toEqual(live)
  }
  expect((await net.get('/dtm/trace', peers.gsp)).status).toBe(403)
})

it('blames nobody for reports that had to wait at their reporter', async () => {
  await using net = await dtm()
  await net.clock.advance(3600)
  const rulesOf = async (lfdi: string) => {
    const { body } = await net.get(`/dtm/events?subject=${lfdi}`)
    return body.map(({ rule }: { rule?: string }) => rule)
  }
  await net.report([observation(1)], peers.dcm, net.clock.exact())
  expect(await rulesOf(peers.dcm.lfdi)).not.toContain('TM-1')
  await net.report([observation(2)])
  expect(await rulesOf(peers.dcm.lfdi)).toContain('TM-1')
})

it('has every operation on its reference page, and no other', async () => {
  await using net = await dtm()
  const { body } = await net.get('/dtm/openapi.json')
  expect(body.openapi).toBe('3.1.0')
  const served = Object.entries<object>(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const page = readFileSync(new URL('../../../docs/reference/dtm.md', import.meta.url), 'utf8')
  const described = [...page.matchAll(/^\| `((?:GET|POST|PUT|DELETE) \/(?:dtm|na)[^`]*)` \|/gm)].map(([, call]) => call)
  expect(described.toSorted()).toEqual(served.toSorted())
})

it('tells what the model is tuned by, and how much it has judged', async () => {
  await using net = await dtm({ parameters: { thresholds: [0.8, 0.5, 0.3, 0.15] } })
  expect((await net.get('/dtm/config')).body.parameters).toMatchObject({
    thresholds: [0.8, 0.5, 0.3, 0.15],
    dwell: 600,
  })
  await net.report([observation(1)])
  await net.get('/dtm/subjects')
  expect((await net.get('/metrics')).body).toMatch(/gridloom_dtm_observations_total\S* [1-9]/)
})

it('takes from a market what it traded, and from nobody else', async () => {
  await using net = await dtm()
  const fact = { kind: 'bid', market: peers.market.lfdi, subject: peers.dcm.lfdi, tender: 't1', watts: 50_000 }
  expect((await net.post('/dtm/market-facts', fact, peers.dcm)).status).toBe(403)
  expect((await net.post('/dtm/market-facts', { ...fact, market: peers.gsp.lfdi }, peers.market)).status).toBe(403)
  const award = { ...fact, kind: 'award' }
  expect((await net.post('/dtm/market-facts', [fact, award], peers.market)).body).toEqual({ accepted: 2 })
  expect((await net.post('/dtm/market-facts', fact, peers.market)).status).toBe(202)
  const { body } = await net.get(`/dtm/events?subject=${peers.dcm.lfdi}`)
  expect(body).toContainEqual(expect.objectContaining({ rule: 'PR-11' }))
})

it('tells a market how far a group can be counted on', async () => {
  await using net = await dtm()
  const { body } = await net.get('/dtm/groups/feeder', peers.market)
  expect(body).toMatchObject({ trust: 0.5, trustedCapacityW: 4000 })
  expect((await net.get('/dtm/groups/feeder', peers.dcm)).status).toBe(403)
})
