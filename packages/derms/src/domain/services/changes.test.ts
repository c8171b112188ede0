import type { Award } from '@gridloom/contracts'
import { expect, it } from 'vitest'
import { changesOf, type ChangeRule } from './changes.ts'
import type { Wanted } from './wanted.ts'

const now = 1000
const rule: ChangeRule = { deadbandW: 50, stays: () => false, relaxBefore: now - 20 }

it('says at once what has to be tighter, and gives room back no sooner than the last order could be followed', () => {
  const fresh = award({ since: now - 5 })
  expect(changesOf([fresh], of({ W: 1500 }), rule).place).toHaveLength(1)
  expect(changesOf([fresh], of({ W: 3000 }), rule).place).toHaveLength(0)
  expect(changesOf([fresh], new Map(), rule).release).toHaveLength(0)
  const old = award({ since: now - 30 })
  expect(changesOf([old], of({ W: 3000 }), rule).place).toHaveLength(1)
  expect(changesOf([old], new Map(), rule).release).toEqual([old])
})

it('takes a bound on what is drawn, and a set point, for tighter the further they are from nothing asked', () => {
  const drawn = award({ steering: 'import-cap', W: -2000, baseW: -3000, since: now })
  expect(changesOf([drawn], of({ steering: 'import-cap', W: -1000 }), rule).place).toHaveLength(1)
  expect(changesOf([drawn], of({ steering: 'import-cap', W: -2500 }), rule).place).toHaveLength(0)
  const store = award({ steering: 'target', W: 1000, baseW: 0, since: now })
  expect(changesOf([store], of({ steering: 'target', W: 2000, baseW: 0 }), rule).place).toHaveLength(1)
  expect(changesOf([store], of({ steering: 'target', W: 500, baseW: 0 }), rule).place).toHaveLength(0)
})

it('lets stay what is said to stay', () => {
  expect(changesOf([award({ since: 0 })], new Map(), { ...rule, stays: () => true }).release).toEqual([])
})

it('does not say what hardly differs, and nothing to whom was replaced', () => {
  expect(changesOf([award({ since: 0 })], of({ W: 2049 }), rule).place).toHaveLength(0)
  expect(changesOf([award({ since: 0, status: 'dropped' })], of({ W: 0 }), rule).place).toHaveLength(0)
})

function award(changes: Partial<Award>): Award {
  return {
    lfdi: 'a',
    W: 2000,
    baseW: 5000,
    steering: 'export-cap',
    control: '',
    since: now,
    status: 'following',
    ...changes,
  }
}

function of(changes: Partial<Wanted>): ReadonlyMap<string, Wanted> {
  return new Map([['a', { lfdi: 'a', W: 2000, baseW: 5000, steering: 'export-cap', controls: {}, ...changes }]])
}
