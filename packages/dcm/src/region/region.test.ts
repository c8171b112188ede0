import type { DeviceStatus } from '@gridloom/devices'
import { expect, it } from 'vitest'
import { claimWins } from './claim.ts'
import { obey, recovered, warned } from './duty.ts'
import { reportOf } from './report-of.ts'
import { sightOf, type Sight } from './sight.ts'
import { wishOf } from './wish-of.ts'

it.each([
  ['a higher epoch', { region: 1, epoch: 3 }, { region: 2, epoch: 4 }, 1, true],
  ['a lower epoch', { region: 1, epoch: 3 }, { region: 2, epoch: 2 }, 2, false],
  ['the hash, at the same epoch', { region: 1, epoch: 3 }, { region: 2, epoch: 3 }, 2, true],
  ['not against the hash', { region: 1, epoch: 3 }, { region: 2, epoch: 3 }, 1, false],
  ['whoever comes first', undefined, { region: 2, epoch: 1 }, 1, true],
])('of two claims %s decides', (_, current, claim, hash, wins) => {
  expect(claimWins(current, claim, hash)).toBe(wins)
})

it('halves what it could do without at every warning, and takes a tenth more in quiet', () => {
  const once = warned({}, 8)
  const twice = warned(once, 3)
  expect([once.frugal, twice.frugal]).toEqual([
    { part: 0.5, ofKw: 8 },
    { part: 0.25, ofKw: 8 },
  ])
  expect(wishOf('consumer', twice, { ...sight, firmKw: 1 })).toEqual({ maxImportW: 3000 })
  expect(recovered(twice).frugal?.part).toBeCloseTo(0.35)
  expect(recovered({ frugal: { part: 0.95, ofKw: 8 } })).toEqual({})
})

it('keeps the tightest of what a consumer may draw', () => {
  const shed = { shed: { kw: 2, leftKw: 3 } }
  expect(wishOf('consumer', shed, sight)).toEqual({ maxImportW: 3000 })
  expect(wishOf('consumer', { ...shed, starves: { wantedKw: 4 } }, sight)).toEqual({ maxImportW: 0 })
  expect(wishOf('consumer', {}, sight)).toBeUndefined()
})

it('wants while it starves what it drew before', () => {
  const standing = {
    id: 'c',
    kind: 'consumer',
    class: 5,
    merit: 1,
    loadKw: 0,
    firmPeakKw: 0,
    lease: undefined,
  } as const
  const duty = { starves: { wantedKw: 4 } }
  const dark = { ...sight, flexibleKw: 0 }
  expect(reportOf({ ...standing, duty }, dark)).toMatchObject({ stochasticKw: 1, deferrableKw: 4, drKw: 4 })
})

it('offers no more than its utility leaves it', () => {
  const status = { watts: 2000, availableW: 4000 } as DeviceStatus
  expect(sightOf('pv', { maxW: 5000 }, status, 3000)).toMatchObject({ capacityKw: 3, availableKw: 3 })
  expect(sightOf('pv', { maxW: 5000 }, status)).toMatchObject({ capacityKw: 5, availableKw: 4 })
  const engine = {
    id: 'e',
    kind: 'continuous',
    class: 5,
    merit: 1,
    duty: { powerKw: 5 },
    loadKw: 0,
    firmPeakKw: 0,
  } as const
  const halted = sightOf('generator', { maxW: 5000 }, { ...status, availableW: 0 })
  expect(reportOf({ ...engine, lease: undefined }, halted)).toMatchObject({ capacityKw: 0, outputKw: 0 })
})

it('charges, discharges and rests a storage as it is told, and sleeps when it is empty', () => {
  const told = obey('storage', {}, { op: 'transition', kw: 4 }, 5)
  expect(told && wishOf('storage', told, sight)).toEqual({ targetW: 4000 })
  expect(obey('storage', {}, { op: 'setOutput', kw: 4 }, 5)).toBeUndefined()
  const standing = { id: 's', kind: 'storage', class: 5, merit: 1, duty: told ?? {}, loadKw: 0, firmPeakKw: 0 } as const
  expect(reportOf({ ...standing, lease: undefined }, { ...sight, isEmpty: true })).toMatchObject({ mode: 'sleeping' })
  expect(wishOf('storage', { mode: 'charging' }, sight)).toEqual({ targetW: -5000 })
})

it('curtails below its capacity, and lets go at it', () => {
  expect(obey('stochastic', {}, { op: 'curtail', kw: 2 }, 5)).toEqual({ limitKw: 2 })
  expect(obey('stochastic', { limitKw: 2 }, { op: 'curtail', kw: 5 }, 5)).toEqual({})
})

const sight: Sight = {
  capacityKw: 5,
  outputKw: 0,
  availableKw: 0,
  firmKw: 1,
  flexibleKw: 4,
  chargingRateKw: 5,
  dischargeRateKw: 5,
  availableKwh: 8,
  reserveKwh: 1,
  capacityKwh: 10,
  isFull: false,
  isEmpty: false,
  storing: 'holding',
  vehicle: undefined,
}
