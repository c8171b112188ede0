import { expect, it } from 'vitest'
import { createScene, dcm, end, gsp, other } from '../testing/scene.ts'

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
