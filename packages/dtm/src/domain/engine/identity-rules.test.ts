import { DERControl, DeviceInformation, Registration } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { capability, control, endDevices, mirror, response } from '../testing/documents.ts'
import { createScene, dcm, end, gsp, other, xml, type Scene } from '../testing/scene.ts'

const stranger = 'F'.repeat(40)
const good = {
  version: 'TLSv1.2',
  cipher: 'ECDHE-ECDSA-AES128-CCM8',
  chainOk: true,
  notAfter: 1e9,
  address: '10.0.0.1',
}

type Case = readonly [string, (scene: Scene) => void, readonly string[]]

const cases: readonly Case[] = [
  ['a registered client', (s) => s.get(10, '/edev', endDevices), []],
  ['a client that nobody registered', (s) => s.handshake(10, good, stranger), [`ID-1 critical ${stranger}`]],
  ['a good handshake', (s) => s.handshake(10, good), []],
  ['an expired certificate', (s) => s.handshake(10, { ...good, notAfter: 5 }), ['ID-2 major dcm']],
  [
    'a chain that was refused',
    (s) => s.handshake(10, { ...good, chainOk: false, error: 'CERT_HAS_EXPIRED' }),
    ['ID-2 major dcm'],
  ],
  [
    'a revoked certificate',
    (s) => {
      s.engine.register([{ lfdi: dcm, role: 'DCM', revoked: true }], 5)
      s.handshake(10, good)
    },
    ['ID-3 critical dcm'],
  ],
  [
    'a write to its own resource',
    (s) => {
      s.get(10, '/edev', endDevices)
      s.put(20, '/edev/1/der/1/dercap', capability(5000))
    },
    [],
  ],
  [
    "a write to another's resource",
    (s) => {
      s.get(10, '/edev', endDevices)
      s.put(20, '/edev/2/der/1/dercap', capability(5000))
    },
    ['ID-4 critical dcm'],
  ],
  ["a body under another's LFDI", (s) => s.post(20, '/mup', mirror(other)), ['ID-4 critical dcm']],
  ['a response under its own LFDI', (s) => s.post(20, '/rsps/1/rsp', response('AB'.repeat(16), 1)), []],
  ['the PIN that it came with', (s) => register(s, 123_455), []],
  ['another PIN', (s) => register(s, 111_115), ['ID-5 major gsp']],
  ['a serial number of its own', (s) => s.put(10, '/edev/1/di', information('new')), []],
  [
    'a serial number that is known under another certificate',
    (s) => s.put(10, '/edev/1/di', information('S2')),
    ['ID-6 major dcm'],
  ],
  [
    'a serial number that its registrar knows under this certificate too',
    (s) => {
      s.engine.register([{ lfdi: dcm, role: 'DCM', serial: 'S2' }], 5)
      s.put(10, '/edev/1/di', information('S2'))
    },
    [],
  ],
  [
    'one address',
    (s) => {
      s.handshake(10, good)
      s.handshake(50, good)
    },
    [],
  ],
  [
    'two addresses within a minute',
    (s) => {
      s.handshake(10, good)
      s.handshake(50, { ...good, address: '10.0.0.2' })
    },
    ['ID-7 moderate dcm q 0.7'],
  ],
  [
    'a move to another address later',
    (s) => {
      s.handshake(10, good)
      s.handshake(80, { ...good, address: '10.0.0.2' })
    },
    [],
  ],
  ['a protocol that is too old', (s) => s.handshake(10, { ...good, version: 'TLSv1.1' }), ['ID-8 moderate dcm']],
  ['a cipher that is not allowed', (s) => s.handshake(10, { ...good, cipher: 'AES128-SHA' }), ['ID-8 moderate dcm']],
  ['five failed handshakes in a minute', (s) => fail(s, 5), []],
  ['six failed handshakes in a minute', (s) => fail(s, 6), ['ID-9 moderate addr/10.0.0.9']],
  ['a control from a client', (s) => s.post(10, '/derp/1/derc', xml(DERControl, control({}))), ['ID-10 critical dcm']],
  ['an answer under the certificate of a client', (s) => answerFrom(s, other), ['ID-10 critical other']],
  ['an answer under the certificate of the server', (s) => answerFrom(s, gsp), []],
]

it.each(cases)('judges %s', (_, act, wanted) => {
  const scene = createScene({}, { [dcm]: { pin: '123455', reports: true }, [other]: { serial: 'S2' } })
  act(scene)
  expect(scene.found()).toEqual(wanted)
})

it('finds a known serial number by the word of the server alone, in whatever order it is registered', () => {
  const scene = createScene({}, { [dcm]: { reports: true }, [other]: { serial: 'S2' } })
  scene.put(10, '/edev/1/di', information('S2', stranger), stranger)
  scene.engine.register([{ lfdi: stranger, role: 'DCM' }], 11)
  expect(scene.engine.subject(stranger)?.vector.level).toBe(4)
  scene.exchange({ at: 20, method: 'PUT', path: '/edev/1/di', body: information('S2'), by: [gsp] })
  expect(scene.engine.subject(dcm)?.vector.level).toBe(2)
  expect(scene.found()).toEqual([`ID-1 critical ${stranger}`, `ID-6 major ${stranger}`, 'ID-6 major dcm'])
})

it('lets nobody inherit what it only serves', () => {
  const scene = createScene({}, { [other]: { serial: 'S2' } })
  scene.put(10, '/edev/2/di', information('S2', other), other)
  scene.handshake(20, { ...good, chainOk: false }, other)
  scene.get(30, '/edev/2/di', information('S2', other), other)
  expect(scene.engine.subject(other)?.vector.s).toBeGreaterThan(5)
  expect(scene.engine.subject(gsp)?.vector.s).toBe(0)
})

it('shows the serial number that a device has told, where its registrar knows none', () => {
  const scene = createScene({}, { [other]: { serial: 'S2' } })
  scene.put(10, '/edev/1/di', information('S1'))
  expect([dcm, other].map((lfdi) => scene.engine.subject(lfdi)?.serial)).toEqual(['S1', 'S2'])
})

it('counts a checked registration once, and for four', () => {
  const scene = createScene({}, { [dcm]: { pin: '123455' } })
  register(scene, 123_455)
  register(scene, 123_455, 20)
  const { r } = scene.engine.subject(dcm)?.vector ?? { r: 0 }
  expect(r).toBeCloseTo(4 + 0.25 + 0.25, 2)
})

it('blames who reports in the name of another, and what others said to each other', () => {
  const scene = createScene()
  const [observation] = [
    {
      v: 1,
      seq: 0,
      reporter: other,
      observedAt: 10,
      leg: 'GSP-DCM',
      from: end(other),
      to: end(gsp),
      kind: 'heartbeat',
      length: 0,
      sha256: '0'.repeat(64),
    } as const,
  ]
  scene.events.push(...scene.engine.observe([observation], 10, dcm))
  scene.tell(20, other, { from: end(dcm), to: end(gsp), kind: 'request', method: 'GET', path: '/dcap' })
  expect(scene.found()).toEqual(['ID-4 critical dcm', 'ID-4 critical other'])
})

function register(scene: Scene, pIN: number, at = 10): void {
  scene.get(at, '/edev/1/rg', xml(Registration, { href: '/edev/1/rg', dateTimeRegistered: 0, pIN }))
}

function information(mfSerNum: string, lFDI: string = dcm): string {
  const maker = { lFDI, mfDate: 0, mfHwVer: '1', mfID: 1, mfModel: 'M', mfSerNum }
  return xml(DeviceInformation, {
    ...maker,
    functionsImplemented: '00',
    primaryPower: 1,
    secondaryPower: 0,
    swActTime: 0,
    swVer: '1',
  })
}

function fail(scene: Scene, times: number): void {
  for (let index = 0; index < times; index++) scene.handshake(10 + index * 10, { error: 'ECONNRESET' }, 'addr/10.0.0.9')
}

function answerFrom(scene: Scene, id: string): void {
  scene.tell(10, dcm, { kind: 'response', from: end(id), to: end(dcm), method: 'GET', path: '/tm', status: 200 })
}
