import { expect, it } from 'vitest'
import { foresightOf } from './foresight.ts'
import { simulateStudy, type Offer, type StudyOptions } from './simulate.ts'

const options: StudyOptions = {
  agents: 20,
  days: 1,
  seed: 1,
  mechanism: 'PERIODIC_DOUBLE_AUCTION',
  intervalSeconds: 3600,
}

it('carries cheap energy to a dear interval, as far as the storage reaches and for what is lost on the way', async () => {
  const need = (dtStart: number): Offer => offer(dtStart, 'household', 'BUY', 1000, 4000)
  const grid = (dtStart: number, price: number): Offer => offer(dtStart, 'grid', 'SELL', price, 9000)
  const offers = [
    [need(0), grid(0, 50)],
    [need(3600), grid(3600, 200)],
  ]
  const store = { powerW: 5000, efficiency: 0.8, leastWh: 0, mostWh: 2400, startWh: 0, endWh: 0 }
  const found = await foresightOf({ options, offers, flexibility: [{ kind: 'storage', ...store }] })
  // 3 kWh at 50 fill the 2.4 kWh that are not bought at 200
  const cost = (4000 + 3000) * 50 + (4000 - 2400) * 200
  const without = 4000 * 50 + 4000 * 200
  expect(found).toMatchObject({ realised: { cost: without }, optimal: { cost: expect.closeTo(cost, -3) } })
})

it('has a need filled where it is cheapest within its window', async () => {
  const offers = [90, 30, 60].map((price, at) => [offer(at * 3600, 'grid', 'SELL', price, 1000)])
  const flexibility = [{ kind: 'need', powerW: 2000, energyWh: 1500, windowSeconds: 86_400 }] as const
  const found = await foresightOf({ options, offers, flexibility })
  expect(found).toMatchObject({ optimal: { cost: expect.closeTo(1000 * 30 + 500 * 60, -3) } })
})

it.each(['PERIODIC_DOUBLE_AUCTION', 'CONTINUOUS_ORDER_BOOK'] as const)(
  'is never below what a %s made',
  async (mechanism) => {
    const found = await foresightOf(simulateStudy({ ...options, mechanism }))
    if ('reason' in found) throw new Error(found.reason)
    expect(found.optimal.surplus).toBeGreaterThanOrEqual(found.realised.surplus)
    expect(found.realised.surplus).toBeGreaterThan(0.9 * found.optimal.surplus)
  },
)

it('says so when a run is too large for it', async () => {
  const flexibility = Array.from(
    { length: 9000 },
    () => ({ kind: 'need', powerW: 1, energyWh: 1, windowSeconds: 1 }) as const,
  )
  expect(await foresightOf({ options, offers: [[], [], []], flexibility })).toMatchObject({
    reason: expect.any(String),
  })
})

function offer(dtStart: number, kind: Offer['kind'], side: Offer['side'], price: number, quantity: number): Offer {
  return { dtStart, kind, side, price, quantity, traded: Math.min(quantity, 4000) }
}
