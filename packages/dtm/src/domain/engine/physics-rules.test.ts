import { DERCurveList, DERStatus, DefaultDERControl } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import {
  capability,
  control,
  controls,
  controlsPath,
  mirror,
  mRID,
  programs,
  readings,
  response,
  derStatus,
} from '../testing/documents.ts'
import { createScene, dcm, gsp, other, xml, type Scene } from '../testing/scene.ts'

type Case = readonly [string, (scene: Scene) => void, readonly string[]]

const watts = (value: number) => ({ multiplier: 0, value })

const sent: readonly Case[] = [
  ['a target of its rating', (s) => deliver(s, control({ opModTargetW: watts(5000) })), []],
  ['a target beyond its rating', (s) => deliver(s, control({ opModTargetW: watts(6000) })), ['PH-1 major gsp']],
  [
    'a default beyond the whole',
    (s) =>
      s.get(
        10,
        '/dderc',
        xml(DefaultDERControl, { href: '/dderc', mRID: mRID(5), DERControlBase: { opModFixedW: 12_000 } }),
      ),
    ['FM-4 minor gsp', 'PH-1 major gsp'],
  ],
  ['reactive power beyond its rating', (s) => deliver(s, control({ opModTargetVar: watts(3100) })), ['PH-1 major gsp']],
  ['a target within the envelope', (s) => deliver(s, control({ opModTargetW: watts(4000) })), []],
  ['a target outside the envelope', (s) => deliver(s, control({ opModTargetW: watts(-4500) })), ['PH-2 moderate gsp']],
  [
    'a target against a limit that holds',
    (s) => {
      deliver(s, control({ opModMaxLimW: 4000 }))
      s.get(
        20,
        controlsPath,
        controls(
          control({ opModMaxLimW: 4000 }),
          control({ opModTargetW: watts(3000) }, { mRID: mRID(2), interval: { start: 100, duration: 60 } }),
        ),
      )
    },
    ['PH-2 moderate gsp'],
  ],
  ['a target that swings six times in ten minutes', (s) => swing(s, 7), []],
  ['a target that swings seven times in ten minutes', (s) => swing(s, 8), ['PH-3 major gsp']],
  [
    'trip settings as allowed',
    (s) =>
      s.get(
        10,
        '/dc',
        curves([
          [16, 120],
          [1300, 110],
        ]),
      ),
    [],
  ],
  ['trip settings that would never trip', (s) => s.get(10, '/dc', curves([[16, 150]])), ['PH-15 critical gsp']],
]

const said: readonly Case[] = [
  ['power within its rating', (s) => measure(s, [[100, { watts: 5200 }]]), []],
  ['power beyond its rating', (s) => measure(s, [[100, { watts: 5300 }]]), ['PH-4 major dcm']],
  [
    'a limit that it is still on its way to',
    (s) =>
      limited(s, [
        [30, { watts: 4000 }],
        [60, { watts: 3000 }],
      ]),
    [],
  ],
  [
    'power over its limit, once',
    (s) =>
      limited(s, [
        [90, { watts: 2300 }],
        [120, { watts: 2000 }],
      ]),
    [],
  ],
  [
    'power over its limit, twice running',
    (s) =>
      limited(s, [
        [90, { watts: 2300 }],
        [120, { watts: 2300 }],
      ]),
    ['PH-6 major dcm q 0.9'],
  ],
  [
    'power within the bound of its limit',
    (s) =>
      limited(s, [
        [90, { watts: 2240 }],
        [120, { watts: 2240 }],
      ]),
    [],
  ],
  [
    'power over the limit of a control that it opted out of',
    (s) => {
      limited(s, [])
      s.post(20, '/rsps/1/rsp', response(mRID(1), 4))
      measure(s, [
        [90, { watts: 2300 }],
        [120, { watts: 2300 }],
      ])
    },
    [],
  ],
  [
    'power at its target',
    (s) =>
      targeted(s, [
        [90, { watts: 1000 }],
        [120, { watts: 1100 }],
      ]),
    [],
  ],
  [
    'power above its target, twice running',
    (s) =>
      targeted(s, [
        [120, { watts: 2000 }],
        [150, { watts: 2100 }],
      ]),
    ['PH-5 major dcm q 0.9'],
  ],
  [
    'power below its target for want of sun',
    (s) =>
      targeted(s, [
        [90, { watts: 100 }],
        [120, { watts: 50 }],
      ]),
    [],
  ],
  [
    'power at its rating, and a target beyond it',
    (s) => {
      deliver(s, control({ opModTargetW: watts(9000) }))
      s.engine.register([{ lfdi: dcm, role: 'DCM', rtgMaxW: 5000, source: 'battery' }], 1)
      measure(s, [
        [200, { watts: 5000 }],
        [230, { watts: 4990 }],
      ])
    },
    ['PH-1 major gsp'],
  ],
  ['a panel that sleeps at night', (s) => measure(s, [[midnight, { watts: 0 }]]), []],
  ['a panel that delivers at night', (s) => measure(s, [[midnight, { watts: 500 }]]), ['PH-7 moderate dcm']],
  ['a panel that delivers at noon', (s) => measure(s, [[midnight + 43_200, { watts: 500 }]]), []],
  [
    'a counter that rises',
    (s) =>
      measure(s, [
        [100, { wattHours: 5 }],
        [200, { wattHours: 6 }],
      ]),
    [],
  ],
  [
    'a counter that falls',
    (s) =>
      measure(s, [
        [100, { wattHours: 5 }],
        [200, { wattHours: 4 }],
      ]),
    ['PH-8 major dcm'],
  ],
  ['energy that is what has flowed', (s) => metered(s, 500), []],
  ['energy that is more than has flowed', (s) => metered(s, 700), ['PH-9 moderate dcm']],
  ['a charge over the whole', (s) => measure(s, [[100, { soc: 104 }]]), ['PH-10 moderate dcm']],
  ['a charge that rises while it charges', (s) => charge(s, -2000), []],
  ['a charge that rises while it delivers', (s) => charge(s, 2000), ['PH-10 moderate dcm']],
  ['nine equal readings', (s) => measure(s, equal(9)), []],
  ['ten equal readings', (s) => measure(s, equal(10)), ['PH-12 minor dcm']],
  ['power of a device that is connected', (s) => switched(s, true), []],
  ['power of a device that calls itself off', (s) => switched(s, false), ['PH-13 major dcm']],
  ['power of a device that its DCM has lost and found', (s) => lostAndFound(s), []],
  ['the capability that was registered', (s) => s.put(10, '/edev/1/der/1/dercap', capability(5040)), []],
  ['another capability', (s) => s.put(10, '/edev/1/der/1/dercap', capability(5100)), ['PH-14 major dcm']],
]

/** At the antimeridian, where the epoch began at noon. */
const midnight = 43_200

it.each(sent)('judges a server that sends %s', judged)
it.each(said)('judges a device with %s', judged)

it('judges what a device answers to its DCM as well', () => {
  const scene = createScene({}, { [dcm]: { source: 'battery' } })
  deliver(scene, control({ opModMaxLimW: 4000 }))
  scene.reply(5, { watts: 5000 })
  scene.reply(90, { watts: 2300 })
  scene.reply(120, { watts: 2300 })
  expect(scene.found()).toEqual(['PH-6 major der q 0.9'])
})

it('holds the counter of a device against the power that it replies, not against that and its mirror', () => {
  const scene = createScene()
  for (let at = 0; at <= 960; at += 30) {
    const power = 1990 + (at % 60)
    scene.reply(at, { watts: power, wattHours: (2000 * at) / 3600 })
    report(scene, at, { watts: power }, dcm)
  }
  expect(scene.found()).toEqual([])
})

it('lets the counters of a device begin anew when its DCM has started', () => {
  const scene = createScene()
  scene.reply(0, { watts: 2000, deliveredWh: 500 })
  scene.reply(60, { watts: 2000, deliveredWh: 0, countersReset: true })
  for (let at = 90; at <= 990; at += 30)
    scene.reply(at, { watts: 1990 + (at % 60), deliveredWh: (2000 * (at - 60)) / 3600 })
  expect(scene.found()).toEqual([])
  scene.reply(1020, { watts: 2000, deliveredWh: 1 })
  expect(scene.found()).toEqual(['PH-8 major der'])
})

it('does not know what flowed between readings that are far apart or far from each other', () => {
  for (const [seconds, calm] of [
    [120, 2000],
    [60, 100],
  ] as const) {
    const scene = createScene()
    for (let at = 0; at <= 960; at += seconds)
      scene.reply(at, { watts: at % (2 * seconds) === 0 ? 2000 : calm, wattHours: (900 * at) / 3600 })
    expect(scene.found()).toEqual([])
  }
})

it('expects a voltage to vary only as often as it did before', () => {
  const voltages = (lengths: readonly number[]) => lengths.flatMap((length, n) => Array(length).fill(230 + n / 10))
  const found = (lengths: readonly number[]) => {
    const scene = createScene()
    measure(
      scene,
      voltages(lengths).map((volts, n) => [60 * n, { volts }] as const),
    )
    return scene.found()
  }
  expect(found([...Array(12).fill(1), 9])).toEqual([])
  expect(found([...Array(12).fill(1), 10])).toEqual(['PH-12 minor dcm'])
  expect(found([...Array(12).fill(4), 12])).toEqual([])
  expect(found([...Array(12).fill(4), 13])).toEqual(['PH-12 minor dcm'])
})

it.each([
  ['near its neighbours', { volts: 236, hertz: 50.02 }, []],
  ['far from its neighbours in voltage', { volts: 245, hertz: 50 }, ['PH-11 moderate dcm q 0.7']],
  ['far from its neighbours in frequency', { volts: 230, hertz: 50.06 }, ['PH-11 moderate dcm q 0.7']],
])('judges a meter %s', (_, values, wanted) => {
  const scene = fleet(4, { group: 'F1' })
  for (const lfdi of members(3)) report(scene, 10, { volts: 230, hertz: 50 }, lfdi)
  report(scene, 20, values, dcm)
  expect(scene.found()).toEqual(wanted)
})

it.each([
  ['five devices step at once', 5, ['PH-16 critical fleet']],
  ['four devices step at once', 4, []],
])('judges a fleet of which %s, and no control told them to', (_, count, wanted) => {
  const scene = fleet(6, {})
  for (const lfdi of members(count)) report(scene, 10, { watts: 4000 }, lfdi)
  for (const lfdi of members(count)) report(scene, 30, { watts: 100 }, lfdi)
  expect(scene.found()).toEqual(wanted)
  expect(scene.engine.subject(gsp)?.vector.level).toBeLessThan(2)
})

it('lets a fleet step that its DCMs command, for a trade or a region', () => {
  const scene = fleet(6, {})
  for (const lfdi of members(5)) report(scene, 10, { watts: 4000 }, lfdi)
  for (const lfdi of members(5)) {
    const ends = { from: { role: 'DCM', id: lfdi }, to: { role: 'DER', id: `${lfdi}/der/1` } } as const
    scene.tell(25, lfdi, { leg: 'DCM-DER', kind: 'device-command', body: '{"setpoint":{"targetW":100}}', ...ends })
    report(scene, 30, { watts: 100 }, lfdi)
  }
  expect(scene.found()).toEqual([])
})

function judged(_: string, act: (scene: Scene) => void, wanted: readonly string[]): void {
  const panel = { latitude: 10, longitude: 180, source: 'pv', rtgMaxVar: 3000, envelope: { importW: 4000 } } as const
  const scene = createScene({}, { [dcm]: panel })
  act(scene)
  expect(scene.found()).toEqual(wanted)
}

function deliver(scene: Scene, ...all: readonly ReturnType<typeof control>[]): void {
  scene.get(0, '/edev/1/fsa/1/derp', programs)
  scene.get(0, controlsPath, controls(...all))
}

function swing(scene: Scene, targets: number): void {
  const all = Array.from({ length: targets }, (_, n) =>
    control(
      { opModTargetW: watts(n % 2 ? 3000 : -3000) },
      { mRID: mRID(n + 1), interval: { start: 60 * n, duration: 60 } },
    ),
  )
  deliver(scene, ...all)
}

function curves(points: readonly (readonly [number, number])[]): string {
  const CurveData = points.map(([xvalue, yvalue]) => ({ xvalue, yvalue }))
  const curve = {
    href: '/dc/1',
    mRID: mRID(3),
    creationTime: 0,
    CurveData,
    curveType: 5,
    xMultiplier: -2,
    yMultiplier: 0,
    yRefType: 4,
  }
  return xml(DERCurveList, { href: '/dc', all: 1, results: 1, DERCurve: [curve] })
}

type Course = readonly (readonly [number, Readonly<Record<string, number>>])[]

function measure(scene: Scene, course: Course): void {
  for (const [at, values] of course) report(scene, at, values, dcm)
}

function report(scene: Scene, at: number, values: Readonly<Record<string, number>>, lfdi: string): void {
  if (!scene.mirrored.has(lfdi)) scene.post(at, '/mup', mirror(lfdi), lfdi)
  scene.mirrored.add(lfdi)
  scene.post(at, '/mup/1', readings(at, values), lfdi)
}

function limited(scene: Scene, course: Course): void {
  report(scene, 0, { watts: 5000 }, dcm)
  deliver(scene, control({ opModMaxLimW: 4000 }))
  measure(scene, course)
}

function targeted(scene: Scene, course: Course): void {
  deliver(scene, control({ opModTargetW: watts(1000) }))
  measure(scene, course)
}

function metered(scene: Scene, wattHours: number): void {
  measure(scene, [[2, { watts: 2000 }], [2, { wattHours: 0 }], ...readingsUntil(902), [903, { wattHours }]])
}

/** Moments of power, one in a minute from 2 on. */
function readingsUntil(end: number): Course {
  return Array.from(
    { length: Math.floor((end - 2) / 60) },
    (_, n) => [62 + 60 * n, { watts: 1990 + 20 * (n % 2) }] as const,
  )
}

function charge(scene: Scene, power: number): void {
  scene.engine.register([{ lfdi: dcm, role: 'DCM', rtgMaxW: 5000, source: 'battery' }], 1)
  measure(scene, [
    [100, { soc: 50 }],
    [200, { watts: power }],
    [800, { soc: 56 }],
  ])
}

it('finds another capability than before where nobody has registered one, whatever the server has heard', () => {
  const scene = createScene({}, { [dcm]: { rtgMaxW: undefined, reportedMaxW: 4000 } as object })
  const say = (at: number, rated: number) => scene.put(at, '/edev/1/der/1/dercap', capability(rated))
  say(10, 4000)
  expect(scene.engine.subject(dcm)?.rtgMaxW).toBe(4000)
  scene.engine.register([{ lfdi: dcm, role: 'DCM', reportedMaxW: 6000 }], 15)
  say(20, 6000)
  expect(scene.found()).toEqual(['PH-14 major dcm'])
})

function equal(times: number): Course {
  return Array.from({ length: times }, (_, n) => [100 + 300 * n, { watts: 1234 }] as const)
}

function switched(scene: Scene, connected: boolean): void {
  scene.put(50, '/edev/1/der/1/ders', derStatus(50, connected))
  measure(scene, [[100, { watts: 500 }]])
}

function lostAndFound(scene: Scene): void {
  const lost = { genConnectStatus: { dateTime: 50, value: '10' }, operationalModeStatus: { dateTime: 50, value: 0 } }
  scene.put(50, '/edev/1/der/1/ders', xml(DERStatus, { ...lost, readingTime: 50 }))
  measure(scene, [[100, { watts: 500 }]])
}

function members(count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => String(n).repeat(40))
}

function fleet(count: number, some: object): Scene {
  const scene = createScene({}, { [dcm]: some, [other]: some })
  scene.engine.register(
    members(count).map((lfdi) => ({ lfdi, role: 'DCM', rtgMaxW: 5000, ...some })),
    0,
  )
  return scene
}
