import { expect, it } from 'vitest'
import { mirror, readings } from '../testing/documents.ts'
import { createScene, dcm, end, type Exchange } from '../testing/scene.ts'

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
