import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { droopFor, type DroopDer, type DroopRequest } from './droop.ts'
import { expectedResponse } from './expected-response.ts'

it('finds the slope by which the fleet gives what was asked', () => {
  const fleet = [battery('a', 5000), battery('b', 7000)]
  expect(droopFor({ overWPerHz: 5000, underWPerHz: 8000 }, fleet)).toEqual({
    status: 'feasible',
    settings: { dBOF: 0.036, dBUF: 0.036, kOF: 0.04, kUF: 0.025, openLoopTms: 5 },
    members: ['b', 'a'],
    overWPerHz: 5000,
    underWPerHz: 8000,
  })
})

it('asks the most trusted alone where all would give too much', () => {
  const fleet = [battery('doubtful', 6000, 0.5), battery('sure', 6000), battery('spare', 6000)]
  const answer = droopFor({ overWPerHz: 2000 }, fleet)
  expect(answer).toMatchObject({ members: ['sure'], settings: { kOF: 0.05, dBUF: 1 }, overWPerHz: 2000 })
})

it('refuses what the stiffest slope cannot give and says what it could', () => {
  const fleet = [battery('a', 6000), battery('blocked', 6000, 0.1, 4), { ...battery('full', 6000), nowW: 6000 }]
  const answer = droopFor({ underWPerHz: 6000 }, fleet)
  expect(answer).toMatchObject({ status: 'refused', reason: '5000 of 6000 W/Hz below nominal' })
  expect(answer).toMatchObject({ best: { overWPerHz: 10_000, underWPerHz: 5000 } })
})

it.each<[string, DroopRequest, string]>([
  ['a dead band', { overWPerHz: 1, deadBandHz: 0.01 }, 'dead band 0.01 Hz not within 0.017 to 1 Hz'],
  ['a time', { overWPerHz: 1, openLoopSeconds: 0.5, category: 'II' }, 'open-loop time 0.5 s not within 1 to 10 s'],
  ['nothing', {}, 'no response was asked for'],
])('refuses %s that the standard does not have', (_, request, reason) => {
  expect(droopFor(request, [battery('a', 6000)])).toMatchObject({ status: 'refused', reason })
})

it('expects nothing within the dead band and what bounds allow beyond it', () => {
  const settings = { dBOF: 0.036, dBUF: 0.036, kOF: 0.05, kUF: 0.05, openLoopTms: 5 }
  const fleet = [battery('free', 6000), { ...battery('nearly full', 6000), nowW: 5900 }, battery('liar', 6000, 0.2, 3)]
  expect(expectedResponse(settings, fleet, 59.97).totalW).toBe(0)
  const { perDer, trustedW } = expectedResponse(settings, fleet, 59.664)
  expect(perDer.map(({ W }) => Math.round(W))).toEqual([600, 100, 600])
  expect(trustedW).toBeCloseTo(700, 6)
  expect(expectedResponse(settings, fleet, 66).perDer.map(({ W }) => W)).toEqual([-6000, -11_900, -6000])
})

it('gives no less than was asked, and no more than the last of the members and the rounding of a slope add', () => {
  const der = fc.record({ ratedW: fc.integer({ min: 100, max: 20_000 }), Te: fc.integer({ min: 1, max: 10 }) })
  const asked = fc.integer({ min: 1, max: 200_000 })
  fc.assert(
    fc.property(fc.array(der, { minLength: 1, maxLength: 30 }), asked, (ders, overWPerHz) => {
      const fleet = ders.map(({ ratedW, Te }, n) => battery(`der-${n}`, ratedW, Te / 10))
      const answer = droopFor({ overWPerHz }, fleet)
      if (answer.status === 'refused') {
        expect(answer.best.overWPerHz).toBeLessThan(overWPerHz)
        return
      }
      const { settings, members } = answer
      expect(settings.kOF).toBeGreaterThanOrEqual(0.02)
      expect(settings.kOF).toBeLessThanOrEqual(0.05)
      expect(answer.overWPerHz).toBeGreaterThanOrEqual(overWPerHz * (1 - 1e-9))
      expect(answer.overWPerHz).toBeLessThanOrEqual(overWPerHz * 1.05 + 20_000 / (60 * 0.05))
      const chosen = fleet.filter(({ id }) => members.includes(id))
      const { trustedW } = expectedResponse(settings, chosen, 60 + settings.dBOF + 0.1)
      expect(trustedW).toBeCloseTo(-answer.overWPerHz * 0.1, 3)
    }),
  )
})

function battery(id: string, ratedW: number, Te = 1, level = 0): DroopDer {
  return { id, ratedW, nowW: 0, minW: -ratedW, maxW: ratedW, trust: { Te, level } }
}
