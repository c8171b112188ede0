import { expect, it } from 'vitest'
import { control, controls, endDevices, mRID, programs, readings } from '../testing/documents.ts'
import { createScene, dcm, end, gsp, other, type Scene } from '../testing/scene.ts'

type Case = readonly [string, (scene: Scene) => void, readonly string[]]

const ns = 'xmlns="urn:ieee:std:2030.5:ns"'
const brief = `<Time ${ns}><currentTime>1</currentTime></Time>`
const deep = `<Time ${ns}>${'<a>'.repeat(80)}${'</a>'.repeat(80)}</Time>`

const format: readonly Case[] = [
  ['readings as they should be', (s) => s.post(10, '/mup/1', readings(10, { watts: 100 })), []],
  ['a body that is no XML', (s) => s.post(10, '/mup/1', '<MirrorMeterReading'), ['FM-1 moderate dcm']],
  ['a body without what the schema asks for', (s) => s.post(10, '/mup/1', brief), ['FM-2 minor dcm']],
  [
    'such bodies for the fourth time in an hour',
    (s) => repeat(4, (n) => s.post(10 + n, '/mup/1', `${brief}${' '.repeat(n)}`)),
    ['FM-2 minor dcm', 'FM-2 moderate dcm'],
  ],
  ['another namespace', (s) => s.post(10, '/mup/1', '<Time xmlns="urn:x"/>'), ['FM-3 minor dcm']],
  [
    'another media type',
    (s) =>
      s.exchange({
        at: 10,
        method: 'POST',
        path: '/mup/1',
        body: readings(10, { watts: 1 }),
        status: 201,
        changed: {},
      }),
    [],
  ],
  [
    'a percentage over the whole',
    (s) => s.get(10, '/derp/1/derc', controls(control({ opModMaxLimW: 10_100 }))),
    ['FM-4 minor gsp', 'PH-1 major gsp'],
  ],
  ['a percentage of the whole', (s) => s.get(10, '/derp/1/derc', controls(control({ opModMaxLimW: 10_000 }))), []],
  [
    'a negative duration',
    (s) => s.post(10, '/mup/1', readings(10, { watts: 1 }).replace('<duration>0<', '<duration>-5<')),
    ['FM-4 minor dcm'],
  ],
  ['a document type', (s) => s.post(10, '/mup/1', `<!DOCTYPE x>${brief}`), ['FM-5 major dcm']],
  ['elements 80 deep', (s) => s.post(10, '/mup/1', deep), ['FM-5 major dcm']],
  [
    'a path that was named, and is gone',
    (s) => {
      s.get(10, '/edev', endDevices)
      s.exchange({ at: 20, path: '/edev/7', status: 404 })
    },
    [],
  ],
  ['a path that was never named', (s) => s.exchange({ at: 10, path: '/admin', status: 404 }), ['FM-6 minor dcm']],
  [
    'a method that is not allowed',
    (s) => s.exchange({ at: 10, method: 'DELETE', path: '/dcap', status: 405 }),
    ['FM-7 minor dcm'],
  ],
  [
    'nine unknown paths in a minute',
    (s) => repeat(9, (n) => s.exchange({ at: 10 + n, path: `/edev/${n}`, status: 403 })),
    [],
  ],
  [
    'ten unknown paths in a minute',
    (s) => repeat(10, (n) => s.exchange({ at: 10 + n, path: `/edev/${n}`, status: 403 })),
    ['FM-8 major dcm'],
  ],
]

const body = readings(10, { watts: 100 })
const timing: readonly Case[] = [
  ['a report 299 s old', (s) => report(s, 1000, 299), []],
  ['a report 301 s old', (s) => report(s, 1000, 301), ['TM-1 moderate dcm']],
  ['a report from the future', (s) => report(s, 1000, -31), ['TM-2 minor dcm']],
  ['a report from the far future', (s) => report(s, 1000, -301), ['TM-2 moderate dcm']],
  [
    'the same body after a timeout',
    (s) => {
      s.tell(10, dcm, {
        kind: 'request',
        from: end(dcm),
        to: end(gsp),
        method: 'POST',
        path: '/mup/1',
        corr: 'a',
        body,
      })
      s.tell(10, gsp, {
        kind: 'request',
        from: end(dcm),
        to: end(gsp),
        method: 'POST',
        path: '/mup/1',
        corr: 'a',
        body,
      })
      s.post(20, '/mup/1', body)
    },
    [],
  ],
  [
    'the same body after an answer that only the server knows of',
    (s) => {
      s.exchange({ at: 10, method: 'POST', path: '/mup/1', body, status: 201, by: [gsp] })
      s.post(18, '/mup/1', body)
      s.advance(60)
    },
    ['PR-7 minor link'],
  ],
  [
    'the same body after it was taken',
    (s) => repeat(2, (n) => s.post(10 + 10 * n, '/mup/1', body)),
    ['TM-3 major dcm'],
  ],
  [
    'a number of a report that was used',
    (s) => {
      repeat(3, (n) => s.tell(10 + n, dcm, { ...ping, seq: n }))
      s.tell(100, dcm, { ...ping, seq: 1 })
    },
    ['TM-3 major dcm'],
  ],
  ['the same report again, as a retry', (s) => repeat(2, () => s.tell(10, dcm, { ...ping, seq: 4 })), []],
  [
    'a number left out',
    (s) => {
      s.tell(10, dcm, { ...ping, seq: 1 })
      s.tell(20, dcm, { ...ping, seq: 3 })
    },
    ['TM-4 minor dcm'],
  ],
  ['600 requests in a minute', (s) => flood(s, 600), []],
  ['601 requests in a minute', (s) => flood(s, 601), ['TM-5 major dcm']],
  [
    '30 requests in a minute where 4 are usual',
    (s) => {
      repeat(40, (n) => s.exchange({ at: 60 + 15 * n, path: '/tm' }))
      repeat(30, (n) => s.exchange({ at: 720 + n, path: '/tm' }))
    },
    ['TM-5 moderate dcm'],
  ],
  [
    '19 requests in a minute where 4 are usual',
    (s) => {
      repeat(40, (n) => s.exchange({ at: 60 + 15 * n, path: '/tm' }))
      repeat(19, (n) => s.exchange({ at: 720 + n, path: '/tm' }))
    },
    [],
  ],
  ['polls at half the poll rate', (s) => repeat(8, (n) => s.get(10 + 150 * n, '/edev', endDevices)), []],
  [
    'polls much faster than the poll rate',
    (s) => repeat(5, (n) => s.get(10 + 60 * n, '/edev', endDevices)),
    ['TM-6 minor dcm'],
  ],
  ['reports 11 s late, five times running', (s) => repeat(5, (n) => report(s, 100 + 60 * n, 11)), ['TM-7 minor dcm']],
  ['reports 11 s late, four times running', (s) => repeat(4, (n) => report(s, 100 + 60 * n, 11)), []],
  ['a control published five minutes late', (s) => published(s, 700), []],
  ['a control published later', (s) => published(s, 699), ['TM-8 minor gsp']],
]

it('goes by the time of polls, not of their reports, which may have waited for the trust module', () => {
  const scene = createScene()
  scene.get(10, '/edev', endDevices)
  scene.engine.resume(6000)
  for (let n = 1; n <= 40; n++) {
    const poll = { kind: 'request', corr: `p${n}`, method: 'GET', path: '/edev', from: end(dcm), to: end(gsp) } as const
    for (const reporter of [dcm, gsp]) scene.tell(6010, reporter, { ...poll, observedAt: 10 + 150 * n })
  }
  expect(scene.found()).toEqual([])
})

it.each(format)('judges the format of %s', judged)
it.each(timing)('judges the timing of %s', judged)

it('asks for the media type of the standard', () => {
  const scene = createScene()
  const change = {
    contentType: 'text/plain',
    kind: 'request',
    from: end(dcm),
    to: end(gsp),
    method: 'POST',
    path: '/mup/1',
    body,
  } as const
  scene.tell(10, dcm, change)
  scene.tell(10, gsp, change)
  expect(scene.found()).toEqual(['FM-3 minor dcm'])
})

it('does not blame for reports that waited while the DTM was away', () => {
  const scene = createScene()
  scene.tell(100, dcm, ping)
  scene.engine.resume(5000)
  scene.tell(5010, dcm, { ...ping, observedAt: 200 })
  scene.tell(5020, dcm, { ...ping, observedAt: 4000 })
  expect(scene.found()).toEqual([])
})

const ping = { kind: 'heartbeat', leg: 'TLS', from: end(dcm), to: { role: 'DTM', id: 'dtm' } } as const

function judged(_: string, act: (scene: Scene) => void, wanted: readonly string[]): void {
  const scene = createScene()
  act(scene)
  expect(scene.found()).toEqual(wanted)
  expect(scene.engine.subject(other)?.vector.s).toBe(0)
}

function report(scene: Scene, at: number, skew: number): void {
  scene.tell(at, dcm, { ...ping, observedAt: at - skew })
}

function flood(scene: Scene, requests: number): void {
  repeat(requests, (n) => scene.exchange({ at: 60 + Math.floor(n / 20), path: '/tm' }))
}

function published(scene: Scene, start: number): void {
  scene.get(5, '/edev/1/fsa/1/derp', programs)
  const late = control(
    { opModTargetW: { multiplier: 0, value: 1 } },
    { mRID: mRID(2), creationTime: 1000, interval: { start, duration: 10 } },
  )
  scene.get(1000, '/edev/1/fsa/1/derp/1/derc', controls(late))
}

function repeat(times: number, act: (n: number) => void): void {
  for (let n = 0; n < times; n++) act(n)
}
