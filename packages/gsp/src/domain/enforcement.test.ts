import type { Standing } from '@gridloom/kit'
import { expect, it } from 'vitest'
import { enforcementsOf, linkedTo, partyOf } from './enforcement.ts'

it('leaves whoever is watched alone', () => {
  expect(enforcementsOf([standing(1, 1)], 100).size).toBe(0)
})

it('reads a suspect back, holds events from the distrusted, refuses the blocked', () => {
  const enforcements = enforcementsOf([standing(1, 2), standing(2, 3), standing(3, 4)], 100)
  expect([...enforcements.values()]).toEqual([
    { readBackSince: 100, isDenied: false },
    { readBackSince: 100, holdSince: 100, isDenied: false },
    { readBackSince: 100, holdSince: 100, isDenied: true },
  ])
})

it('holds events from a DCM before a DER that is blocked, and still speaks with it', () => {
  const der = { ...standing(1, 4), subject: `${lfdi(1)}/der/1` }
  expect(enforcementsOf([der], 100).get(lfdi(1))).toMatchObject({ holdSince: 100, isDenied: false })
})

it('joins what is known of a DCM and of its DER', () => {
  const der = { ...standing(1, 3), subject: `${lfdi(1)}/der/1`, since: 50, distrustedSince: 50 }
  expect(enforcementsOf([der, standing(1, 2)], 100).get(lfdi(1))).toEqual({
    readBackSince: 100,
    holdSince: 50,
    isDenied: false,
  })
})

it('refuses nobody while a group alert holds the blocking', () => {
  const enforcements = enforcementsOf([{ ...standing(1, 4), held: true }], 100)
  expect(enforcements.get(lfdi(1))).toMatchObject({ holdSince: 100, isDenied: false })
})

it.for([
  [3, 3],
  [10, 4],
  [25, 5],
  [500, 100],
])('of %i devices that are all blocked, refuses %i and no more', ([devices, refused]) => {
  const all = Array.from({ length: devices ?? 0 }, (_, n) => standing(n, 4))
  const enforcements = [...enforcementsOf(all, devices ?? 0).values()]
  expect(enforcements.filter(({ isDenied }) => isDenied)).toHaveLength(refused ?? 0)
  expect(enforcements.every(({ holdSince }) => holdSince === 100)).toBe(true)
})

it('refuses those that have been blocked the longest', () => {
  const all = Array.from({ length: 10 }, (_, n) => ({ ...standing(n, 4), since: 100 - n }))
  const enforcements = enforcementsOf(all, 10)
  expect([9, 8, 7, 6, 5].map((n) => enforcements.get(lfdi(n))?.isDenied)).toEqual([true, true, true, true, false])
})

it('tells devices from links and addresses', () => {
  expect([lfdi(1), `${lfdi(1)}/der/2`, `${lfdi(1)}~${lfdi(2)}`, 'addr/127.0.0.1'].map(partyOf)).toEqual([
    lfdi(1),
    lfdi(1),
    undefined,
    undefined,
  ])
  expect(linkedTo(`${lfdi(1)}~${lfdi(2)}`, lfdi(2))).toBe(lfdi(1))
  expect(linkedTo(`${lfdi(1)}~${lfdi(2)}`, lfdi(3))).toBeUndefined()
})

function lfdi(n: number): string {
  return n.toString(16).toUpperCase().padStart(40, '0')
}

function standing(n: number, level: number): Standing {
  const distrust = level >= 3 ? { distrustedSince: 100 } : {}
  return { subject: lfdi(n), role: 'DCM', level, held: false, since: 100, seq: n, ...distrust }
}
