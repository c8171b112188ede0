import type { TenderTerms } from '@gridloom/teua'
import { bump, drawOf, hourOf } from './homes.ts'

const steps = 12

export type SupplyOptions = Readonly<{ agents: number; seed: number; intervalSeconds: number }>

/**
 * The grid above the neighbourhood: it sells at a price that follows the hour and rises with what is drawn, for the
 * transformer and the line are scarce, and buys back for less.
 */
export function supplyOf({ agents, seed, intervalSeconds }: SupplyOptions) {
  const blockWh = Math.max(1, Math.round((0.25 * 1000 * agents * intervalSeconds) / 3600 / 2))
  return {
    tenders(dtStart: number): TenderTerms[] {
      const price = wholesalePrice(dtStart, seed)
      const sells = Array.from({ length: steps }, (_, step): TenderTerms => {
        const quantity = step === steps - 1 ? 100 * blockWh : blockWh
        return { dtStart, side: 'SELL', quantity, price: price + 10 * step + (step === steps - 1 ? 150 : 0) }
      })
      const buys = Array.from({ length: steps / 2 }, (_, step): TenderTerms => {
        const quantity = step === steps / 2 - 1 ? 100 * blockWh : blockWh
        return { dtStart, side: 'BUY', quantity, price: Math.max(0, price - 45 - 8 * step) }
      })
      return [...sells, ...buys]
    },
  }
}

/** In thousandths of a dollar per kWh: cheap at noon and at night, dear in the evening, and no two days alike. */
export function wholesalePrice(dtStart: number, seed: number): number {
  const hour = hourOf(dtStart)
  const daily = 0.85 + 0.3 * drawOf(`${seed}/price/${Math.floor(dtStart / 86_400)}`)
  const shape = 70 + 45 * bump(hour, 19, 2.5) + 20 * bump(hour, 8, 2) - 25 * bump(hour, 13, 3)
  return Math.round(shape * daily)
}
