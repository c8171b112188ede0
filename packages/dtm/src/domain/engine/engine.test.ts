import { expect, it } from 'vitest'
import {
  control,
  controls,
  controlsPath,
  derStatus,
  endDevices,
  mirror,
  mRID,
  programs,
  readings,
} from '../testing/documents.ts'
import { createScene, dcm, end, gsp, other } from '../testing/scene.ts'
import { createTrustEngine } from './create-trust-engine.ts'

const members = Array.from({ length: 20 }, (_, n) => n.toString(16).toUpperCase().padStart(40, 'D'))
const good = { version: 'TLSv1.2', cipher: 'ECDHE-ECDSA-AES128-CCM8' }

it('holds what stands against a device when it comes back under a new certificate', () => {
  const scene = createScene({}, { [dcm]: { serial: 'S1' } })
  scene.handshake(10, { ...good, chainOk: false })
  scene.engine.register([{ lfdi: members[0] ?? '', role: 'DCM', serial: 'S1' }], 20)
  const { r, s, level } = scene.engine.subject(members[0] ?? '')?.vector ?? {}
  expect([r, Math.round(s ?? 0), level]).toEqual([0, 5, 1])
})

it('forgives a peer that it was unknown, once it is registered', () => {
  const scene = createScene()
  const stranger = members[0] ?? ''
  scene.handshake(10, good, stranger)
  expect(scene.engine.subject(stranger)).toMatchObject({ role: 'UNKNOWN', vector: { level: 4, a: 0.1 } })
  const [change] = scene.engine.register([{ lfdi: stranger, role: 'DCM' }], 20)
  expect(change).toMatchObject({ kind: 'level', from: 4, to: 1 })
})

it('neither judges nor lists who is no longer registered, and goes on with its file when it is again', () => {
  const scene = createScene({}, { [dcm]: { group: 'feeder' }, [other]: { group: 'feeder' } })
  const listed = () => [...scene.engine.subjects()].map(({ id }) => id)
  const beat = (at: number) => scene.tell(at, dcm, { leg: 'TLS', kind: 'heartbeat', from: end(dcm), to: end(gsp) })
  scene.handshake(10, { ...good, chainOk: false })
  beat(20)
  const before = scene.engine.subject(dcm)?.vector
  expect(scene.engine.unregister(dcm, 30)).toMatchObject([{ kind: 'level', from: 2, to: 1 }])
  scene.advance(1000)
  expect(scene.found()).toEqual(['ID-2 major dcm'])
  expect(listed()).not.toContain(dcm)
  expect(scene.engine.group('feeder')?.members.map(({ subject }) => subject)).toEqual([other])
  expect(scene.engine.register([{ lfdi: dcm, role: 'DCM' }], 1000)).toMatchObject([{ from: 1, to: 2 }])
  expect(scene.engine.subject(dcm)?.vector.s).toBeCloseTo((before?.s ?? 0) * 2 ** (-980 / 345_600), 3)
  expect(listed()).toContain(dcm)
  beat(1100)
  scene.advance(1400)
  expect(scene.count('AV-1')).toBe(1)
})

it('knows a device that was taken out by its serial number', () => {
  const scene = createScene({}, { [dcm]: { serial: 'S1' } })
  scene.handshake(10, { ...good, chainOk: false })
  scene.engine.unregister(dcm, 15)
  scene.engine.register([{ lfdi: members[0] ?? '', role: 'DCM', serial: 'S1' }], 20)
  expect(scene.engine.subject(members[0] ?? '')?.vector.s).toBeGreaterThan(4)
})

it('is released by an operator only, to suspect', () => {
  const scene = createScene()
  scene.engine.register([{ lfdi: dcm, role: 'DCM', revoked: true }], 1)
  scene.handshake(10, good)
  expect(scene.engine.subject(dcm)?.vector.level).toBe(4)
  const [event] = scene.engine.release(dcm, 20)
  expect(event).toMatchObject({ kind: 'level', from: 4, to: 2, cause: 'release' })
})

it('raises one alert and holds blocking when a fifth of a fleet falls at once', () => {
  const scene = createScene()
  scene.engine.register(
    members.map((lfdi) => ({ lfdi, role: 'DCM', revoked: true })),
    1,
  )
  for (const lfdi of members) scene.exchange({ at: 10, from: lfdi, path: '/tm', by: [gsp] })
  scene.advance(100)
  const levels = scene.events.filter((event) => event.kind === 'level' && event.to === 4)
  expect(levels.map((event) => event.kind === 'level' && event.held)).toEqual(members.map((_, n) => n >= 4))
  expect(levels.at(-1)).toMatchObject({ recommended: ['default-control'] })
  expect(scene.found().filter((one) => one.startsWith('group'))).toEqual(['group critical fleet'])
  const held = () => [members[0], members[4]].map((lfdi = '') => scene.engine.subject(lfdi)?.held)
  expect(held()).toEqual([false, true])
  scene.engine.release(gsp, 200)
  expect(held()).toEqual([false, false])
})

it("judges at once, and once, what a server's word is enough for", () => {
  const scene = createScene()
  scene.get(10, '/edev', endDevices)
  const intrusion = { method: 'PUT', path: '/edev/2/der/1/ders', status: 403 } as const
  scene.exchange({ at: 20, ...intrusion, by: [gsp] })
  expect(scene.engine.subject(dcm)?.vector).toMatchObject({ level: 4, n24: 1 })
  scene.advance(100)
  expect(scene.engine.subject(dcm)?.vector).toMatchObject({ level: 4, n24: 1 })
  scene.exchange({ at: 110, ...intrusion })
  expect(scene.engine.subject(dcm)?.vector.n24).toBe(2)
  scene.advance(150)
  expect(scene.found()).toEqual(['ID-4 critical dcm', 'PR-7 minor link'])
})

it('holds against a blocked client nothing that follows from its being refused', () => {
  const scene = createScene()
  scene.get(10, '/edev', endDevices)
  scene.exchange({ at: 20, method: 'PUT', path: '/edev/2/der/1/ders', body: derStatus(20, false), status: 403 })
  for (let n = 0; n < 60; n++) {
    scene.exchange({ at: 30 + n, path: `/edev/${n}`, status: 403 })
    scene.handshake(30 + n, good)
  }
  scene.reply(100, { watts: 2000 })
  expect(scene.found()).toEqual(['ID-4 critical dcm'])
})

it('takes from a released client what it was refused while it was blocked', () => {
  const scene = createScene()
  scene.get(10, '/edev', endDevices)
  scene.exchange({ at: 20, method: 'PUT', path: '/edev/2/der/1/ders', body: derStatus(20, false), status: 403 })
  const post = { method: 'POST', path: '/mup', body: mirror(dcm) } as const
  for (const at of [30, 200]) scene.exchange({ at, ...post, status: 403 })
  scene.engine.release(dcm, 300)
  scene.exchange({ at: 310, ...post, status: 201 })
  expect(scene.found()).toEqual(['ID-4 critical dcm'])
  scene.exchange({ at: 400, ...post, status: 201 })
  expect(scene.found()).toEqual(['ID-4 critical dcm', 'TM-3 major dcm'])
})

it('weighs a group by rated power', () => {
  const { engine } = createScene({}, { [dcm]: { group: 'F' }, [other]: { group: 'F', rtgMaxW: 15_000 } })
  expect(engine.group('F')).toMatchObject({ trust: 0.5, trustedCapacityW: 10_000, held: false })
  expect(engine.group('none')).toBeUndefined()
})

it('tells findings of one rule as one for 300 s', () => {
  const scene = createScene()
  for (const at of [10, 20, 320]) scene.handshake(at, { ...good, chainOk: false })
  const counts = scene.events.flatMap((event) => (event.kind === 'finding' ? [event.merged.count] : []))
  expect(counts).toEqual([1, 2, 1])
})

it('believes one reporter by half of itself, and by its trust of others', () => {
  const scene = createScene({}, { [dcm]: { reports: false } })
  scene.exchange({ at: 10, path: '/tm', by: [gsp] })
  expect(scene.engine.subject(dcm)?.vector.r).toBeCloseTo(0.25 * 0.5, 4)
  expect(scene.engine.subject(gsp)?.vector.r).toBeCloseTo(0.25 * 0.5, 4)
})

it('judges probes on a shadow, and itself by them', () => {
  const scene = createScene()
  const before = JSON.stringify([...scene.engine.subjects()])
  const probe = {
    probe: true,
    kind: 'request',
    from: end(dcm),
    to: end(gsp),
    method: 'POST',
    path: '/mup',
    body: mirror(other),
  } as const
  scene.tell(10, gsp, { ...probe, expects: ['ID-4'] })
  expect(scene.events).toEqual([])
  scene.tell(11, gsp, { ...probe, expects: ['FM-1'] })
  scene.tell(12, gsp, probe)
  expect(scene.events.map((event) => event.kind)).toEqual(['self-test', 'self-test'])
  expect(JSON.stringify([...scene.engine.subjects()])).toBe(before)
})

it('stays silent where only digests are told', () => {
  const scene = createScene()
  const digest = {
    kind: 'response',
    from: end(gsp),
    to: end(dcm),
    method: 'GET',
    path: controlsPath,
    status: 200,
    length: 900,
    sha256: 'a'.repeat(64),
  } as const
  for (const reporter of [gsp, dcm]) scene.tell(10, reporter, { ...digest, corr: 'd' })
  expect(scene.found()).toEqual([])
  expect(scene.engine.subject(gsp)?.vector.r).toBe(0.25)
})

it('blames a reporter whose body is not what its digest says', () => {
  const scene = createScene()
  for (const reporter of [dcm, gsp]) {
    const body = reporter === dcm ? mirror(dcm) : undefined
    scene.tell(10, reporter, {
      kind: 'request',
      from: end(dcm),
      to: end(gsp),
      method: 'POST',
      path: '/mup',
      corr: 'f',
      sha256: 'b'.repeat(64),
      ...(body && { body }),
    })
  }
  expect(scene.found()).toEqual(['PR-8 major dcm q 0.5'])
})

it('takes a control that is served again for a mere answer', () => {
  const scene = createScene()
  scene.get(5, '/edev/1/fsa/1/derp', programs)
  for (const at of [10, 20, 30]) scene.get(at, controlsPath, controls(control({ opModMaxLimW: 5000 })))
  expect(scene.engine.subject(gsp)?.vector.r).toBeCloseTo(0.25 + 1 + 0.25 + 0.25, 3)
})

it('keeps each subject below 10 kB through a day of posts and a flood of anomalies', () => {
  const scene = createScene({}, { [dcm]: { reports: false } })
  const tell = (at: number, told: object) =>
    scene.tell(at, gsp, { kind: 'request', from: end(dcm), to: end(gsp), ...told })
  scene.exchange({ at: 1, path: '/edev/1/fsa/1/derp', answer: programs, by: [gsp] })
  for (let n = 0; n < 40; n++) {
    const many = Array.from({ length: 10 }, (_, m) => control({ opModMaxLimW: 5000 }, { mRID: mRID(n * 10 + m) }))
    scene.exchange({ at: 2 + n, path: controlsPath, answer: controls(...many), by: [gsp] })
  }
  scene.post(50, '/mup', mirror(dcm))
  for (let n = 0; n < 2000; n++) {
    tell(100 + 30 * n, {
      method: 'POST',
      path: '/mup/1',
      body: readings(100 + 30 * n, { watts: n % 1000, volts: 230 + (n % 5) }),
    })
    tell(100 + 30 * n, { method: 'POST', path: '/mup/1', body: `<broken ${n}` })
    tell(100 + 30 * n, { method: 'GET', path: `/x/${n}` })
  }
  const sizes = Map.groupBy(scene.engine.snapshot(), ({ key }) => key).entries()
  const bytes = [...sizes].map(([, rows]) =>
    rows.reduce((sum, { table, value }) => sum + (table === 'asked' ? 0 : binarySize(value)), 0),
  )
  expect(scene.engine.subject(dcm)?.vector.n24).toBe(2000)
  expect(Math.max(...bytes)).toBeLessThan(10_000)
})

it('refuses a snapshot that it does not understand', () => {
  expect(() => createTrustEngine({}, [{ table: 'stars', key: 'x', value: 1 }])).toThrow(
    'no such table in a snapshot: "stars"',
  )
})

/** About what a value takes in memory: 8 bytes for a number or a reference, a byte for a character. */
function binarySize(value: unknown): number {
  if (typeof value === 'string') return 16 + value.length
  if (Array.isArray(value))
    return 16 + value.reduce<number>((sum, one) => sum + 8 + (typeof one === 'number' ? 0 : binarySize(one)), 0)
  if (typeof value !== 'object' || value === null) return 8
  // the facts of a control are one value for all who hold it
  const own = Object.entries(value).filter(([name]) => name !== 'fact')
  return 24 + own.reduce((sum, [, one]) => sum + 8 + (typeof one === 'number' ? 0 : binarySize(one)), 0)
}
