import type { Standing } from '@gridloom/kit'
import { expect, it } from 'vitest'
import { errandOf, postureOf } from './posture.ts'

it.for([
  [0, 'follow'],
  [1, 'follow'],
  [2, 'check'],
  [3, 'guard'],
  [4, 'local'],
] as const)('at level %i of its server: %s', ([level, server]) => {
  expect(postureOf([standing('GSP', level, 'GSP')], parties)).toEqual({ server, isOnDefault: false })
})

it('does not care about other servers, once it knows its own', () => {
  expect(postureOf([standing('OTHER', 4, 'GSP')], parties).server).toBe('follow')
  expect(postureOf([standing('OTHER', 4, 'GSP')], { ...parties, server: undefined }).server).toBe('local')
})

it("puts its own device on the default control from level 3 on, and no one else's", () => {
  const levels = [2, 3, 4].map((level) => postureOf([standing('ME/der/1', level, 'DER')], parties).isOnDefault)
  expect(levels).toEqual([false, true, true])
  expect(postureOf([standing('YOU/der/1', 4, 'DER')], parties).isOnDefault).toBe(false)
})

it('tells its state anew when it is watched or suspect, and is not warned of more', () => {
  const errands = [0, 1, 2, 3, 4].map((level) => errandOf(standing('ME', level, 'DCM'), parties))
  expect(errands).toEqual([undefined, 'resync', 'resync', undefined, undefined])
})

it('shakes hands anew when its own link is suspect', () => {
  const links = ['GSP~ME', 'ME~GSP', 'GSP~YOU', 'ME~OTHER']
  expect(links.map((link) => errandOf(standing(link, 2, 'UNKNOWN'), parties))).toEqual([
    'reconnect',
    'reconnect',
    undefined,
    undefined,
  ])
  expect(errandOf(standing('GSP~ME', 1, 'UNKNOWN'), parties)).toBeUndefined()
})

const parties = { self: 'ME', server: 'GSP' }

function standing(subject: string, level: number, role: Standing['role']): Standing {
  return { subject, role, level, held: false, since: 0, seq: 1 }
}
