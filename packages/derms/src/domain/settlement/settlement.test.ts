import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { deliveredOf, type DeliveryRule, type Interval } from './delivered.ts'
import { settle, type Settlement } from './statement.ts'
import { statementCsv } from './statement-csv.ts'

const change: DeliveryRule = { counts: 'change', toleranceShare: 0, overshootShare: 1, minimumShare: 0 }

it('counts how far a DER moved from its baseline, and not more than was asked', () => {
  expect(hourOf({ askedW: 1000, baselineW: -1000, measuredW: 0 })).toEqual({ asked: 2000, delivered: 1000 })
  expect(hourOf({ askedW: 1000, baselineW: -1000, measuredW: 5000 })).toEqual({ asked: 2000, delivered: 2000 })
  expect(hourOf({ askedW: -1000, baselineW: 1000, measuredW: 3000 })).toEqual({ asked: 2000, delivered: 0 })
  expect(hourOf({ askedW: 0, baselineW: -1000, measuredW: 500 }, { overshootShare: 1.2 })).toMatchObject({
    delivered: 1200,
  })
})

it('forgives what the tolerance allows and drops what is below the minimum', () => {
  const interval = { askedW: 0, baselineW: -1000, measuredW: -60 }
  expect(hourOf(interval, { toleranceShare: 0.1 })).toMatchObject({ delivered: 1000 })
  expect(hourOf(interval, { minimumShare: 0.95 })).toMatchObject({ delivered: 0 })
})

it('counts the nearness to a level on both sides of it', () => {
  const rule = { counts: 'level' } as const
  expect(hourOf({ askedW: 2000, baselineW: 0, measuredW: 1500 }, rule)).toMatchObject({ delivered: 1500 })
  expect(hourOf({ askedW: 2000, baselineW: 0, measuredW: 2500 }, rule)).toMatchObject({ delivered: 1500 })
})

it('counts a reserve that was held, called or not', () => {
  const rule = { counts: 'available' } as const
  expect(hourOf({ askedW: 2000, availableW: 1500 }, rule)).toEqual({ asked: 2000, delivered: 1500 })
  expect(hourOf({ askedW: 2000 }, rule)).toEqual({ asked: 2000, delivered: 0 })
})

it('takes what was not measured as not delivered', () => {
  expect(hourOf({ askedW: 0, baselineW: -1000 })).toEqual({ asked: 1000, delivered: 0 })
})

it('pays for what was delivered and charges what is missing', () => {
  const { rows, total } = settle(
    service([
      { id: 'a', intervals: [{ askedW: 0, baselineW: -2000, measuredW: 0 }] },
      { id: 'b', intervals: [{ askedW: 0, baselineW: -1000, measuredW: -500 }] },
    ]),
  )
  expect(rows).toMatchObject([
    { id: 'a', performance: 1, payment: 240_000, penalty: 0, net: 240_000 },
    { id: 'b', performance: 0.5, payment: 60_000, penalty: 25_000, net: 35_000 },
  ])
  expect(total).toMatchObject({ payment: 300_000, penalty: 25_000, net: 275_000, deliveredMilliWh: 2_500_000 })
})

it('pays for what was held ready, whether it was called or not', () => {
  const held = [
    { askedW: 2000, availableW: 2000 },
    { askedW: 2000, availableW: 500 },
  ]
  const called = [{ askedW: 1000, baselineW: 0, measuredW: 1000 }]
  const { rows, total } = settle(service([{ id: 'a', intervals: called, held, perKWhHeld: 10_000 }]))
  const holding = { heldMilliWh: 4_000_000, readyMilliWh: 2_500_000, holding: 25_000 }
  expect(rows).toMatchObject([{ ...holding, deliveredMilliWh: 1_000_000, payment: 120_000, net: 145_000 }])
  expect(total).toMatchObject({ ...holding, net: 145_000 })
})

it('counts of who followed a signal the part that its score says', () => {
  const score = { correlation: 1, delaySeconds: 60, delay: 0.8, precision: 0.6, score: 0.8 }
  const { rows } = settle(service([{ id: 'a', intervals: [{ askedW: 1000, baselineW: 0, measuredW: 300 }], score }]))
  expect(rows).toMatchObject([{ score, performance: 0.8, deliveredMilliWh: 800_000, missedMilliWh: 200_000 }])
})

it('adds up to the total of the service exactly, whatever the price and the readings', () => {
  const watts = fc.double({ min: -1e6, max: 1e6, noNaN: true })
  const intervals = fc.array(
    fc.record({ askedW: watts, baselineW: watts, measuredW: fc.option(watts, { nil: undefined }) }),
    {
      maxLength: 6,
    },
  )
  fc.assert(
    fc.property(fc.array(intervals, { maxLength: 12 }), fc.nat(1e9), fc.nat(1e6), (all, perKWh, penaltyPerKWh) => {
      const ders = all.map((one, n) => ({ id: `der-${n}`, intervals: one }))
      const { rows, total } = settle({ ...service(ders), price: { currency: 'EUR', scale: -6, perKWh, penaltyPerKWh } })
      for (const key of ['askedMilliWh', 'deliveredMilliWh', 'missedMilliWh', 'payment', 'penalty', 'net'] as const) {
        expect(rows.reduce((sum, row) => sum + BigInt(row[key]), 0n)).toBe(BigInt(total[key]))
      }
      const due = (BigInt(total.deliveredMilliWh) * BigInt(perKWh) * 2n + 1_000_000n) / 2_000_000n
      expect(BigInt(total.payment)).toBe(due)
      for (const row of rows) {
        expect(row.deliveredMilliWh).toBeLessThanOrEqual(row.askedMilliWh)
        expect(Math.abs(row.payment - (row.deliveredMilliWh * perKWh) / 1e6)).toBeLessThanOrEqual(
          1 + row.payment * 1e-12,
        )
      }
    }),
    { numRuns: 200 },
  )
})

it('writes one line of exact decimals per DER', () => {
  const statement = settle(
    service([
      {
        id: 'A1B2',
        name: 'heater, cellar',
        baselineMethod: 'last-intervals',
        intervals: [{ askedW: 0, baselineW: -1, measuredW: -0.5 }],
      },
    ]),
  )
  expect(statementCsv(statement).split('\r\n')).toEqual([
    'service,start,der,name,baseline,askedWh,deliveredWh,missedWh,performance,correlation,delaySeconds,precision,heldWh,readyWh,currency,payment,holding,penalty,net',
    'peak,0,A1B2,"heater, cellar",last-intervals,1.000,0.500,0.500,0.5000,,,,0.000,0.000,EUR,0.000060,0.000000,0.000025,0.000035',
    '',
  ])
})

function hourOf(interval: Interval, rule: Partial<DeliveryRule> = {}) {
  const { askedMilliWh, deliveredMilliWh } = deliveredOf(interval, 3600, { ...change, ...rule })
  return { asked: askedMilliWh / 1000, delivered: deliveredMilliWh / 1000 }
}

function service(ders: Settlement['ders']): Settlement {
  const price = { currency: 'EUR', scale: -6, perKWh: 120_000, penaltyPerKWh: 50_000 }
  return { service: 'peak', start: 0, intervalSeconds: 3600, rule: change, price, ders }
}
