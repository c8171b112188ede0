import * as own from './device-documents.ts'
import type { Exchange } from './exchange.ts'
import { pathsOf } from './paths.ts'
import { momentOf } from './plant.ts'
import type { Reporter } from './reporter.ts'
import * as server from './server-documents.ts'
import { meanOf, orderAt, type Party, type World } from './world.ts'

const day = 86_400

/** Lets a party do what an honest DCM does from its first contact on, and report it. */
export function liveHonestly(world: World, party: Party, from: number): void {
  const { member } = party
  world.later(from, (at) => greet(world, party, at))
  const first = discovery(world, party, from)
  first.forEach((exchange, step) => world.later(from + 0.5 + 0.25 * step, (at) => world.exchange(party, at, exchange)))
  const jitter = 5 + 20 * member.random.next()
  const settled = from + 20
  repeat(world, settled, server.pollRate, (at) => poll(world, party, at))
  repeat(world, nextPeriod(settled) + jitter, server.pollRate, (at) => postReadings(world, party, at))
  repeat(world, settled + 40, server.pollRate, (at) => putStatus(world, party, at))
  repeat(world, settled + 7, 3 * server.pollRate, (at) => refresh(world, party, at))
  repeat(world, from + 1, 60, (at) => beat(party.reporter, at))
  repeat(world, from + 3, 60, (at) => hearDevice(party, at))
}

/** The server's own heartbeat; all else of it is seen in its conversations. */
export function serve(world: World): void {
  repeat(world, world.start, 60, (at) => beat(world.gsp, at))
}

function repeat(world: World, from: number, every: number, task: (at: number) => void): void {
  const turn = (at: number): void => {
    task(at)
    world.later(at + every, turn)
  }
  world.later(from, turn)
}

function nextPeriod(after: number): number {
  return after - (after % server.pollRate) + server.pollRate
}

function beat(reporter: Reporter, at: number): void {
  reporter.saw(at, { leg: 'TLS', kind: 'heartbeat', from: reporter.end, to: { role: 'DTM', id: 'dtm' } })
}

/** A TLS session: the server tells whom it let in. */
function greet({ gsp, start }: World, { member, reporter }: Party, at: number): void {
  const tls = {
    version: 'TLSv1.2',
    cipher: 'ECDHE-ECDSA-AES128-CCM8',
    chainOk: true,
    notAfter: start + 3650 * day,
    peerLfdi: member.lfdi,
    address: `192.0.2.${1 + (member.index % 250)}`,
  }
  gsp.saw(at, { leg: 'TLS', kind: 'handshake', from: reporter.end, to: gsp.end, tls })
}

function discovery({ start }: World, { member }: Party, now: number): readonly Exchange[] {
  const paths = pathsOf(member)
  const get = (path: string, answer: Exchange['answer']): Exchange => read(path, answer)
  const put = (path: string, body: Exchange['body']): Exchange => ({ ...write('PUT', path, body), status: 201 })
  return [
    get('/dcap', server.capabilityDocument()),
    get('/tm', server.timeDocument(now)),
    get('/edev?s=0&l=10', server.endDevicesDocument(member, start)),
    get(paths.registration, server.registrationDocument(member, start)),
    get(`${paths.assignments}?s=0&l=10`, server.assignmentsDocument(member)),
    get(`${paths.programs}?s=0&l=10`, server.programsDocument(member)),
    get(`${paths.ders}?s=0&l=10`, server.dersDocument(member)),
    { ...write('POST', '/mup', own.mirrorDocument(member)), status: 201 },
    get('/mup?s=0&l=10', server.mirrorsDocument(member)),
    put(paths.information, own.informationDocument(member, member.lfdi, now)),
    put(paths.capability, own.capabilityDocument(member)),
    put(paths.settings, own.settingsDocument(member, now)),
  ]
}

function read(path: string, answer: Exchange['answer']): Exchange {
  return { method: 'GET', path, status: 200, ...(answer && { answer }) }
}

function write(method: 'POST' | 'PUT', path: string, body: Exchange['body']): Exchange {
  return { method, path, status: method === 'POST' ? 201 : 204, ...(body && { body }) }
}

function refresh(world: World, party: Party, at: number): void {
  world.exchange(party, at, read('/dcap', server.capabilityDocument()))
  world.exchange(party, at + 0.3, read('/tm', server.timeDocument(at)))
}

/** Reads both programs; what is new is answered, heeded and reported. */
function poll(world: World, party: Party, at: number): void {
  const { controls } = pathsOf(party.member)
  for (const program of ['own', 'system'] as const) {
    const published = world.published(party, program)
    const answer = server.controlsDocument(party.member, program, { published, now: at })
    const act = published.find((event) => event.act && event.created <= at && at < event.start + event.duration)?.act
    world.exchange(party, at, { ...read(`${controls[program]}?s=0&l=10`, answer), act })
    for (const event of published) {
      const isOver = event.start + event.duration <= at
      if (event.created > at || isOver || party.known.has(event.mRID)) continue
      party.known.set(event.mRID, { program, event })
      follow(world, party, event, at)
    }
  }
}

function follow(world: World, party: Party, { mRID: subject, start, duration }: server.Published, seen: number): void {
  const begin = Math.max(start, seen + 1)
  const answer = (status: number) => (at: number) => {
    if (party.behaviour.current.optsOut) return
    const body = own.responseDocument(party.member, { subject, status, at })
    world.exchange(party, at, write('POST', pathsOf(party.member).responses, body))
    if (status !== 1) commandDevice(party, at)
  }
  world.later(seen + 0.4, answer(1))
  world.later(begin + 0.6, answer(2))
  world.later(start + duration + 0.6, answer(3))
}

function postReadings(world: World, party: Party, at: number): void {
  const { member, behaviour } = party
  const duration = server.pollRate
  const start = at - (at % duration) - duration
  const truth = meanOf(party, { start, duration })
  const { moment, act } = behaviour.current.meter?.(truth, at) ?? { moment: truth }
  const body = own.readingsDocument(member, moment, { start, duration })
  world.exchange(party, at, { ...write('POST', pathsOf(member).mirror, body), act })
}

function putStatus(world: World, party: Party, at: number): void {
  const body = own.statusDocument(at, momentOf(party.member, at, orderAt(party, at)))
  world.exchange(party, at, write('PUT', pathsOf(party.member).status, body))
}

/** What a DCM hears of its device each minute; a lying meter lies there too. */
function hearDevice(party: Party, at: number): void {
  const { member, reporter, behaviour } = party
  const truth = momentOf(member, at, orderAt(party, at))
  const { moment, act } = behaviour.current.meter?.(truth, at) ?? { moment: truth }
  const reply = { ...moment, connected: true }
  const ends = { from: derOf(party), to: reporter.end }
  reporter.saw(
    at,
    {
      leg: 'DCM-DER',
      kind: 'device-reply',
      ...ends,
      path: '/der/1/status',
      method: 'GET',
      status: 200,
      ...json(reply),
    },
    act,
  )
}

function commandDevice(party: Party, at: number): void {
  const { limitW, targetW } = orderAt(party, at)
  const { rtgMaxW } = party.member
  const setpoint = {
    ...(limitW !== undefined && { opModMaxLimW: limitW / rtgMaxW }),
    ...(targetW !== undefined && { opModTargetW: targetW }),
  }
  const ends = { from: party.reporter.end, to: derOf(party) }
  const request = { method: 'PUT', path: '/der/1/setpoint' }
  party.reporter.saw(at, { leg: 'DCM-DER', kind: 'device-command', ...ends, ...request, ...json({ setpoint }) })
}

function derOf({ member }: Party) {
  return { role: 'DER', id: `${member.lfdi}/der/1` } as const
}

function json(value: object) {
  return { contentType: 'application/json', body: JSON.stringify(value) }
}
