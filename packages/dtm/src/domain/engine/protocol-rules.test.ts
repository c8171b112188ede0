import { Notification, Subscription, SubscriptionList } from '@gridloom/sep2030'
import { describe, expect, it } from 'vitest'
import {
  control,
  controls,
  controlsPath,
  mirror,
  mRID,
  program,
  programs,
  readings,
  response,
} from '../testing/documents.ts'
import { createScene, dcm, end, gsp, other, xml, type Exchange, type Scene } from '../testing/scene.ts'

type Case = readonly [string, (scene: Scene) => void, readonly string[]]

const target = { opModTargetW: { multiplier: 0, value: 1000 } }
const awaiting = (bits: string) => control(target, { responseRequired: bits, interval: { start: 1000, duration: 600 } })

const cases: readonly Case[] = [
  [
    'a control that was answered in time',
    (s) => {
      deliver(s, awaiting('01'))
      answer(s, 100, 1)
      s.advance(2000)
    },
    [],
  ],
  [
    'a control that the device cannot follow, and says so',
    (s) => {
      deliver(s, awaiting('03'))
      answer(s, 100, 1)
      answer(s, 101, 252)
      s.advance(2000)
    },
    [],
  ],
  [
    'a control that is refused at once',
    (s) => {
      deliver(s, awaiting('03'))
      answer(s, 100, 254)
      s.advance(2000)
    },
    [],
  ],
  [
    'a control whose receipt is missing',
    (s) => {
      deliver(s, awaiting('01'))
      s.advance(2000)
    },
    ['PR-1 moderate dcm'],
  ],
  [
    'a control that was started and never completed',
    (s) => {
      deliver(s, awaiting('02'))
      answer(s, 1010, 2)
      s.advance(3000)
    },
    ['PR-1 moderate dcm'],
  ],
  [
    'a control that was opted out of',
    (s) => {
      deliver(s, awaiting('02'))
      answer(s, 1010, 4)
      s.advance(3000)
    },
    [],
  ],
  [
    'responses in their order',
    (s) => {
      deliver(s, awaiting('03'))
      ;[1, 2, 3].forEach((status, index) => answer(s, 100 + index * 750, status))
    },
    [],
  ],
  [
    'a start before the receipt',
    (s) => {
      deliver(s, awaiting('03'))
      answer(s, 100, 2)
    },
    ['PR-2 minor dcm'],
  ],
  [
    'a response said twice',
    (s) => {
      deliver(s, awaiting('03'))
      answer(s, 100, 1)
      s.post(200, '/rsps/1/rsp', response(mRID(1), 1).replace('<createdDateTime>0', '<createdDateTime>9'))
    },
    ['PR-2 minor dcm'],
  ],
  [
    'a response to no control',
    (s) => {
      deliver(s, awaiting('00'))
      s.post(100, '/rsps/1/rsp', response(mRID(99), 1))
    },
    ['PR-3 moderate dcm'],
  ],
  [
    "a response to a control of another's program",
    (s) => {
      deliver(s, awaiting('00'))
      s.get(20, '/edev/2/fsa/1/derp', programs.replaceAll('/edev/1', '/edev/2').replace(program, 'C'.repeat(32)), other)
      s.get(30, '/edev/2/fsa/1/derp/1/derc', controls(control(target, { mRID: mRID(7) })), other)
      s.post(100, '/rsps/1/rsp', response(mRID(7), 1))
    },
    ['PR-4 major dcm'],
  ],
  [
    'a control of a program that is not assigned',
    (s) => {
      s.get(5, '/edev/1/fsa/1/derp', programs)
      s.get(10, '/edev/2/fsa/1/derp/1/derc', controls(control(target)))
    },
    ['PR-5 moderate gsp'],
  ],
  [
    'a control that yields to one of less priority',
    (s) => {
      s.get(5, '/edev/1/fsa/1/derp', programs)
      s.get(
        6,
        '/edev/1/fsa/2/derp',
        programs.replace(program, 'C'.repeat(32)).replaceAll('/fsa/1', '/fsa/2').replace('<primacy>1<', '<primacy>9<'),
      )
      s.get(10, controlsPath, controls(control(target)))
      s.get(11, '/edev/1/fsa/2/derp/1/derc', controls(control(target, { mRID: mRID(2) })))
      s.get(20, controlsPath, controls(superseded(control(target))))
    },
    ['PR-5 moderate gsp'],
  ],
  [
    'a control that yields to a new one of its own program, while one of less priority waits',
    (s) => {
      s.get(5, '/edev/1/fsa/1/derp', programs)
      s.get(
        6,
        '/edev/1/fsa/2/derp',
        programs.replace(program, 'C'.repeat(32)).replaceAll('/fsa/1', '/fsa/2').replace('<primacy>1<', '<primacy>9<'),
      )
      s.get(9, '/edev/1/fsa/2/derp/1/derc', controls(control(target, { mRID: mRID(2) })))
      s.get(10, controlsPath, controls(control(target)))
      s.get(20, controlsPath, controls(superseded(control(target)), control(target, { mRID: mRID(3) })))
    },
    [],
  ],
  [
    'a control that yields to one of more priority',
    (s) => {
      s.get(5, '/edev/1/fsa/1/derp', programs)
      s.get(
        6,
        '/edev/1/fsa/2/derp',
        programs.replace(program, 'C'.repeat(32)).replaceAll('/fsa/1', '/fsa/2').replace('<primacy>1<', '<primacy>0<'),
      )
      s.get(10, controlsPath, controls(control(target)))
      s.get(11, '/edev/1/fsa/2/derp/1/derc', controls(control(target, { mRID: mRID(2) })))
      s.get(20, controlsPath, controls(superseded(control(target))))
    },
    [],
  ],
  [
    'a control that was cancelled',
    (s) => {
      deliver(s, control(target))
      s.get(
        20,
        controlsPath,
        controls(control(target, { EventStatus: { currentStatus: 2, dateTime: 15, potentiallySuperseded: false } })),
      )
    },
    [],
  ],
  [
    'a control that changed in place',
    (s) => {
      deliver(s, control(target))
      s.get(20, controlsPath, controls(control({ opModTargetW: { multiplier: 0, value: 1200 } })))
    },
    ['PR-6 major gsp'],
  ],
  [
    'a control that changed as a new version',
    (s) => {
      deliver(s, control(target))
      s.get(20, controlsPath, controls(control({ opModTargetW: { multiplier: 0, value: 1200 } }, { version: 1 })))
    },
    [],
  ],
  ['a message that only one end told', (s) => silent(s, 1), ['PR-7 minor link']],
  ['one of somebody who was never heard', (s) => silent(s, 1, false), ['PR-7 minor link']],
  ['three of them', (s) => silent(s, 3), ['PR-7 minor link', 'PR-7 moderate dcm q 0.5']],
  [
    'a client that has no observer',
    (s) => {
      s.engine.register([{ lfdi: dcm, role: 'DCM', reports: false }], 1)
      silent(s, 3)
    },
    [],
  ],
  [
    'a body that changed on its way',
    (s) =>
      s.exchange({
        at: 10,
        method: 'PUT',
        path: '/edev/1/der/1/ders',
        status: 204,
        body: 'a',
        changed: { sha256: '0'.repeat(64) },
      }),
    ['PR-8 major link', 'PR-8 major dcm q 0.5', 'PR-8 major gsp q 0.5'],
  ],
  [
    'a notification to a subscription',
    (s) => {
      const shared = { encoding: 0, level: '-S1', limit: 1, notificationURI: 'https://dcm/ntfy' }
      s.post(10, '/edev/1/sub', xml(Subscription, { subscribedResource: controlsPath, ...shared }))
      notify(s, 20)
    },
    [],
  ],
  [
    'a notification to a subscription that was listed',
    (s) => {
      s.get(
        10,
        '/edev/1/sub',
        xml(SubscriptionList, {
          href: '/edev/1/sub',
          all: 1,
          results: 1,
          Subscription: [
            {
              href: '/edev/1/sub/1',
              subscribedResource: controlsPath,
              encoding: 0,
              level: '-S1',
              limit: 1,
              notificationURI: 'https://dcm/ntfy',
            },
          ],
        }),
      )
      notify(s, 20)
    },
    [],
  ],
  ['a notification that nobody asked for', (s) => notify(s, 20), ['PR-9 minor gsp']],
  ['ten refusals in fifty', (s) => refuse(s, 10), []],
  ['eleven refusals in fifty', (s) => refuse(s, 11), ['PR-10 minor dcm']],
  [
    'a bid within its trust',
    (s) => s.engine.market({ kind: 'bid', market: gsp, subject: dcm, tender: 'T', watts: 2500 }, 10),
    [],
  ],
]

it.each(cases)('judges %s', (_, act, wanted) => {
  const scene = createScene()
  act(scene)
  expect(scene.found()).toEqual(wanted)
})

it('misses a receipt after one and a half poll periods, to the second', () => {
  const scene = createScene()
  scene.get(0, '/edev/1/fsa/1/derp', programs)
  scene.get(0, controlsPath, controls(awaiting('01')))
  scene.advance(449)
  expect(scene.found()).toEqual([])
  scene.advance(900)
  expect(scene.events.find(({ kind }) => kind === 'finding')).toMatchObject({ rule: 'PR-1', at: 450, subject: dcm })
})

it('does not let one liar defame a server', () => {
  const scene = createScene()
  const lie = (at: number, from: string) =>
    scene.exchange({
      at,
      from,
      method: 'PUT',
      path: '/p',
      status: 204,
      body: `b${at}`,
      changed: { sha256: '0'.repeat(64) },
    })
  for (const at of [10, 20, 30]) lie(at, dcm)
  const held = (subject: string) =>
    scene.events.filter((one) => one.kind === 'finding' && one.rule === 'PR-8' && one.subject === subject)
  expect([held(dcm).length, held(gsp).length]).toEqual([3, 1])
  lie(40, other)
  lie(50, dcm)
  expect(held(gsp).length).toBe(3)
})

describe('a trade', () => {
  const deal = { market: gsp, subject: dcm, tender: 'T' }
  const hour = { kind: 'delivery', awardedWattHours: 1000, start: 100, seconds: 3600, beforeWatts: 1000 } as const
  const judging =
    ({ engine }: Scene) =>
    (fact: Parameters<typeof engine.market>[0]) =>
      engine
        .market(fact, 10)
        .flatMap((one) => (one.kind === 'finding' ? [`${one.rule} ${one.subject === gsp ? 'market' : 'bidder'}`] : []))

  it('is judged by what can be given, by bids and by what was delivered, each once', () => {
    const judged = judging(createScene())
    expect(judged({ ...deal, kind: 'bid', watts: 5000 })).toEqual([])
    expect(judged({ ...deal, kind: 'bid', watts: 5100 })).toEqual(['PR-11 bidder'])
    expect(judged({ ...deal, kind: 'bid', watts: 5100 })).toEqual([])
    expect(judged({ ...deal, kind: 'award', watts: 5100 })).toEqual([])
    expect(judged({ ...deal, kind: 'award', watts: 5200 })).toEqual(['PR-11 market'])
    expect(judged({ ...deal, ...hour, wattHours: 800 })).toEqual([])
    expect(judged({ ...deal, ...hour, wattHours: 0 })).toEqual([])
    expect(judged({ ...deal, ...hour, tender: 'U', wattHours: 790 })).toEqual(['PR-11 bidder'])
    expect(judged({ ...deal, ...hour, tender: 'U', wattHours: 790 })).toEqual([])
  })

  it('of somebody suspect is for what it can be trusted with, and of somebody distrusted for nothing', () => {
    const scene = createScene()
    const judged = judging(scene)
    const chain = { version: 'TLSv1.2', cipher: 'ECDHE-ECDSA-AES128-CCM8', chainOk: false }
    scene.handshake(5, chain)
    expect(scene.engine.subject(dcm)?.vector).toMatchObject({ level: 2 })
    expect(judged({ ...deal, kind: 'bid', watts: 500 })).toEqual([])
    expect(judged({ ...deal, kind: 'bid', watts: 4000 })).toEqual(['PR-11 bidder'])
    scene.handshake(6, chain)
    expect(scene.engine.subject(dcm)?.vector.level).toBeGreaterThan(2)
    expect(judged({ ...deal, kind: 'bid', watts: 10 })).toEqual(['PR-11 bidder'])
  })

  it('is short of what the ramp takes: half of the change, for as long as the device may take to settle', () => {
    const judged = judging(createScene())
    const minute = { ...deal, kind: 'delivery', awardedWattHours: 25, start: 100, seconds: 60 } as const
    expect(judged({ ...minute, beforeWatts: 1500, wattHours: 19 })).toEqual(['PR-11 bidder'])
    // a quarter of an hour of 3 kW, from 1.5 kW by 50 W/s: 36 s at half of 1.5 kW are 7.5 Wh
    const quarter = { ...minute, tender: 'U', awardedWattHours: 750, seconds: 900, beforeWatts: 1500 }
    expect(judged({ ...quarter, wattHours: 595 })).toEqual([])
    expect(judged({ ...quarter, tender: 'V', wattHours: 590 })).toEqual(['PR-11 bidder'])
  })

  it('goes behind what the server orders in that time', () => {
    const scene = createScene()
    scene.get(1, '/edev/1/fsa/1/derp', programs)
    scene.get(2, controlsPath, controls(control({ opModMaxLimW: 1000 }, { interval: { start: 200, duration: 600 } })))
    const judged = judging(scene)
    expect(judged({ ...deal, ...hour, wattHours: 100 })).toEqual([])
    expect(judged({ ...deal, ...hour, tender: 'U', start: 3800, wattHours: 100 })).toEqual(['PR-11 bidder'])
  })
})

it('does not ask for what a killed reporter has lost', () => {
  const scene = createScene()
  const ping = { leg: 'TLS', kind: 'heartbeat', from: end(dcm), to: { role: 'DTM', id: 'dtm' } } as const
  scene.tell(5, dcm, { ...ping, seq: 1 })
  scene.exchange({ at: 10, path: '/tm', by: [gsp] })
  scene.tell(20, dcm, { ...ping, seq: 10_000 })
  scene.advance(100)
  expect(scene.found()).toEqual(['TM-4 minor dcm'])
})

it('does not take a server that is away for one that is silent about its clients, for three minutes', () => {
  const scene = createScene()
  const told = (at: number) => scene.exchange({ at, path: '/tm', by: [dcm] })
  scene.get(10, '/tm', '')
  told(60)
  scene.advance(100)
  expect(scene.found()).toEqual([])
  told(200)
  scene.advance(400)
  expect(scene.found()).toEqual(['PR-7 minor link'])
})

it('waits for a reporter that is behind, and finds what it left out once it has told of later', () => {
  const scene = createScene()
  const client = { from: end(dcm), to: end(gsp), kind: 'request', method: 'GET', path: '/tm' } as const
  scene.get(10, '/tm', '')
  for (const [at, corr] of [
    [20, 'a'],
    [21, 'b'],
  ] as const)
    scene.tell(at, gsp, { ...client, corr })
  scene.advance(100)
  expect(scene.found()).toEqual([])
  scene.tell(100, dcm, { ...client, corr: 'a', observedAt: 20 })
  scene.advance(120)
  expect(scene.found()).toEqual([])
  scene.tell(120, dcm, { ...client, corr: 'c', observedAt: 60 })
  scene.advance(145)
  expect(scene.found()).toEqual(['PR-7 minor link'])
})

it('does not ask for a counterpart of polls that the other end has summed up', () => {
  const scene = createScene()
  const sum = { seconds: 2, requests: 1, bytes: 0 }
  for (const at of [10, 28]) {
    scene.exchange({ at, path: '/tm', by: [dcm] })
    scene.tell(at + 2, gsp, { kind: 'request', from: end(dcm), to: end(gsp), method: 'GET', polls: sum })
  }
  scene.advance(100)
  expect(scene.found()).toEqual([])
  scene.exchange({ at: 110, path: '/tm', by: [dcm] })
  scene.get(120, '/tm', '')
  scene.advance(200)
  expect(scene.found()).toEqual(['PR-7 minor link'])
})

it.each([
  ['a session that is kept', 6, []],
  ['a session that is opened again and again', 7, ['AV-2 minor dcm']],
])('judges %s', (_, times, wanted) => {
  const scene = createScene()
  for (let n = 0; n < times; n++) scene.handshake(10 + 60 * n, { version: 'TLSv1.2' })
  expect(scene.found()).toEqual(wanted)
})

it('misses heartbeats after three, and tells again every ten minutes', () => {
  const scene = createScene()
  for (const at of [0, 60, 120])
    scene.tell(at, dcm, { kind: 'heartbeat', leg: 'TLS', from: end(dcm), to: { role: 'DTM', id: 'dtm' } })
  scene.advance(299)
  expect(scene.count('AV-1')).toBe(0)
  scene.advance(300)
  expect(scene.count('AV-1')).toBe(1)
  scene.advance(1500)
  expect(scene.count('AV-1')).toBe(3)
})

it('misses reports after three post periods, once', () => {
  const scene = createScene()
  scene.post(0, '/mup', mirror(dcm, 300))
  for (const at of [10, 310, 610]) scene.post(at, '/mup/1', readings(at, { watts: 100 }))
  scene.advance(1600)
  expect(scene.found()).toEqual([])
  scene.advance(9000)
  expect(scene.found()).toEqual(['AV-3 minor dcm'])
  expect(scene.count('AV-3')).toBe(1)
})

it.each([
  [9, []],
  [11, ['AV-4 info gsp']],
  [31, ['AV-4 minor gsp']],
])('judges a server that takes %i s to answer', (answeredAfter, wanted) => {
  const scene = createScene()
  for (let n = 0; n < 8; n++) scene.exchange({ at: 100 * n, path: '/tm', answeredAfter })
  for (let n = 0; n < 6; n++)
    scene.exchange({ at: 6000 + n, path: '/tm', answeredAfter: n < 5 ? answeredAfter : 0 } satisfies Exchange)
  scene.exchange({ at: 6200, path: '/tm' })
  expect(scene.found()).toEqual(wanted)
})

function deliver(scene: Scene, ...all: readonly ReturnType<typeof control>[]): void {
  scene.get(5, '/edev/1/fsa/1/derp', programs)
  scene.get(10, controlsPath, controls(...all))
}

function answer(scene: Scene, at: number, status: number): void {
  scene.post(at, '/rsps/1/rsp', response(mRID(1), status))
}

function superseded(one: ReturnType<typeof control>) {
  return { ...one, EventStatus: { currentStatus: 4, dateTime: 15, potentiallySuperseded: false } }
}

function silent(scene: Scene, times: number, isHeard = true): void {
  for (let n = 0; n < times; n++) {
    scene.tell(10 + n, gsp, {
      kind: 'request',
      from: end(dcm),
      to: end(gsp),
      method: 'GET',
      path: '/tm',
      corr: `s${n}`,
    })
  }
  const beat = { kind: 'heartbeat', leg: 'TLS', from: end(dcm), to: { role: 'DTM', id: 'dtm' } } as const
  if (isHeard) scene.tell(20, dcm, beat)
  scene.advance(isHeard ? 100 : 200)
}

function notify(scene: Scene, at: number): void {
  const body = xml(Notification, { subscribedResource: controlsPath, status: 0, subscriptionURI: '/edev/1/sub/1' })
  for (const reporter of [gsp, dcm]) {
    scene.tell(at, reporter, {
      kind: 'notification',
      from: end(gsp),
      to: end(dcm),
      method: 'POST',
      path: '/ntfy',
      corr: 'n',
      body,
    })
  }
}

function refuse(scene: Scene, times: number): void {
  for (let n = 0; n < 50; n++) scene.exchange({ at: 10 * n, path: '/tm', status: n < times ? 400 : 200 })
}
