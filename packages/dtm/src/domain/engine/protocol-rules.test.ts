import { Notification, Subscription, SubscriptionList } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { control, controls, controlsPath, mRID, program, programs, response } from '../testing/documents.ts'
import { createScene, dcm, end, gsp, other, xml, type Scene } from '../testing/scene.ts'

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
