import type { Observation } from '@gridloom/contracts'
import fc from 'fast-check'
import { hash } from 'node:crypto'
import { expect, it } from 'vitest'
import {
  control,
  controls,
  controlsPath,
  endDevices,
  mirror,
  mRID,
  programs,
  readings,
  response,
} from '../testing/documents.ts'
import { dcm, end, gsp, other } from '../testing/scene.ts'
import { createTrustEngine } from './create-trust-engine.ts'
import type { SnapshotRecord, TrustEngine } from './trust-engine.ts'
import type { TrustEvent } from './trust-event.ts'

type Input = Readonly<{ t: number; observation: Observation }>

const bodies = [
  undefined,
  endDevices,
  programs,
  controls(control({ opModMaxLimW: 4000 }, { responseRequired: '03' })),
  controls(control({ opModTargetW: { multiplier: 0, value: 9000 } }, { mRID: mRID(2) })),
  mirror(dcm),
  mirror(other),
  readings(100, { watts: 4900, volts: 231 }),
  readings(200, { watts: 1200, wattHours: 10 }),
  response(mRID(1), 1),
  response(mRID(1), 3),
  '<broken',
]

const paths = [
  '/edev',
  '/edev/1/fsa/1/derp',
  controlsPath,
  '/mup',
  '/mup/1',
  '/rsps/1/rsp',
  '/edev/2/der/1/ders',
  '/admin',
]

const arbitraryReport = fc.record({
  seconds: fc.constantFrom(0, 0, 1, 20, 400),
  client: fc.constantFrom(dcm, other),
  reporters: fc.constantFrom<readonly ('client' | 'server')[]>(
    ['client', 'server'],
    ['server', 'client'],
    ['server'],
    ['client'],
  ),
  isRequest: fc.boolean(),
  corr: fc.nat(30),
  method: fc.constantFrom('GET', 'POST', 'PUT'),
  path: fc.constantFrom(...paths),
  status: fc.constantFrom(200, 201, 404, 500),
  body: fc.constantFrom(...bodies),
  skew: fc.constantFrom(0, 0, 0, 20, 400, -40),
  kind: fc.constantFrom('message', 'message', 'message', 'heartbeat', 'handshake'),
})

const arbitraryInputs = fc.array(arbitraryReport, { maxLength: 40 }).map((reports): readonly Input[] => {
  let t = 0
  const seqs = new Map<string, number>()
  return reports.flatMap((report) => {
    t += report.seconds
    return report.reporters.map((side) => ({ t, observation: observationOf(report, { side, t, seqs }) }))
  })
})

it('comes to the same trust, bit for bit, from the same inputs, and through a snapshot at any point', () => {
  fc.assert(
    fc.property(arbitraryInputs, fc.nat(80), (inputs, cut) => {
      const whole = begun()
      const events = run(whole, inputs)
      const first = begun()
      const before = run(first, inputs.slice(0, cut))
      const restored = createTrustEngine({}, stored(first))
      const after = run(restored, inputs.slice(cut))
      expect([...before, ...after]).toEqual(events)
      expect(stored(restored)).toEqual(stored(whole))
      expect(ended(restored)).toEqual(ended(whole))
    }),
    { numRuns: 150 },
  )
})

it('publishes a vector in its bounds for every subject and link, and never lowers a level by a finding', () => {
  fc.assert(
    fc.property(arbitraryInputs, (inputs) => {
      const engine = begun()
      const events = [...run(engine, inputs), ...ended(engine)]
      for (const { vector } of [...engine.subjects(), ...engine.links()]) {
        const { r, s, a: _, n24: __, level, ...shares } = vector
        expect([r <= 98, s <= 100, level >= 0, level <= 4]).toEqual([true, true, true, true])
        expect(Math.min(...Object.values(shares))).toBeGreaterThanOrEqual(0)
        expect(Math.max(...Object.values(shares))).toBeLessThanOrEqual(1)
        expect(shares.b + shares.d + shares.u).toBeCloseTo(1, 3)
      }
      for (const event of events) {
        if (event.kind === 'level' && event.to < event.from) expect(event.cause).toBe('clean')
        if (event.kind === 'level') expect(event.text.length).toBeLessThanOrEqual(200)
      }
    }),
    { numRuns: 100 },
  )
})

it('comes to the same whether time is let pass in large steps or in small ones', () => {
  fc.assert(
    fc.property(arbitraryInputs, (inputs) => {
      const [one, other2] = [begun(), begun()]
      const seldom = run(one, inputs)
      const often = inputs.flatMap((input) => {
        const due = other2.nextDue()
        const early = due !== undefined && due < input.t ? other2.advance(due) : []
        return [...early, ...run(other2, [input])]
      })
      expect(often).toEqual(seldom)
    }),
    { numRuns: 60 },
  )
})

function begun(): TrustEngine {
  const engine = createTrustEngine()
  engine.register([{ lfdi: gsp, role: 'GSP' }], 0)
  engine.register(
    [dcm, other].map((lfdi) => ({ lfdi, role: 'DCM', rtgMaxW: 5000, group: 'F' })),
    0,
  )
  return engine
}

function run(engine: TrustEngine, inputs: readonly Input[]): readonly TrustEvent[] {
  return inputs.flatMap(({ t, observation }) => engine.observe([observation], t, observation.reporter))
}

function ended(engine: TrustEngine): readonly TrustEvent[] {
  return engine.advance(1e6)
}

/** A snapshot as a store would keep it. */
function stored(engine: TrustEngine): readonly SnapshotRecord[] {
  return JSON.parse(JSON.stringify([...engine.snapshot()])) as readonly SnapshotRecord[]
}

type Report = typeof arbitraryReport extends fc.Arbitrary<infer T> ? T : never

function observationOf(
  { client, isRequest, corr, method, path, status, body, skew, kind }: Report,
  { side, t, seqs }: Readonly<{ side: 'client' | 'server'; t: number; seqs: Map<string, number> }>,
): Observation {
  const reporter = side === 'client' ? client : gsp
  const seq = (seqs.get(reporter) ?? -1) + 1
  seqs.set(reporter, seq)
  const [from, to] = isRequest ? [end(client), end(gsp)] : [end(gsp), end(client)]
  const shared = {
    v: 1,
    seq,
    reporter,
    observedAt: Math.max(0, t - skew),
    length: body?.length ?? 0,
    sha256: hash('sha256', body ?? '', 'hex'),
  } as const
  if (kind === 'heartbeat')
    return { ...shared, leg: 'TLS', kind: 'heartbeat', from: end(reporter), to: { role: 'DTM', id: 'dtm' } }
  if (kind === 'handshake')
    return {
      ...shared,
      leg: 'TLS',
      kind: 'handshake',
      from: end(client),
      to: end(gsp),
      tls: { version: 'TLSv1.2', address: String(corr) },
    }
  const message = {
    ...shared,
    leg: 'GSP-DCM',
    from,
    to,
    corr: `c${corr}`,
    method,
    path,
    contentType: 'application/sep+xml',
    ...(body !== undefined && { body }),
  } as const
  return isRequest ? { ...message, kind: 'request' } : { ...message, kind: 'response', status }
}
