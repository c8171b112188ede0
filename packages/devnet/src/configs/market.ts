import { formatCtsInstant } from '@gridloom/contracts'
import { common, trustModule, type Scene } from './scene.ts'

/** The market of a local grid: intervals of a minute, so that whoever watches sees a trade become power. */
export const localMarket = { marketId: 'local', intervalSeconds: 60, gateClosureSeconds: 10 }

const feed = 'wholesale.csv'
const days = 7
// micro-dollars per Wh, by the minute and again: cheap and dear minutes follow one another as hours do in a day
export const wholesalePrices = [80, 60, 70, 180, 260, 220]

/** The Market Agent of a local grid; a wholesale market above it buys and sells at its prices. */
export function marketConfig(scene: Scene) {
  const begin = marketBegin(scene)
  return {
    ...common(scene, 'market'),
    store: 'sqlite:market.db',
    operators: [scene.issued.operator, scene.issued.servers.derms].map(({ credentials }) => credentials.lfdi),
    markets: [
      {
        reference: {
          ...localMarket,
          marketPartyId: 'MARKET',
          mechanism: 'CONTINUOUS_ORDER_BOOK',
          resourceDesignator: 'ENERGY',
          resourceUnit: 'Wh',
          currency: 'USD',
          priceScale: -6,
          quantityScale: 0,
          tickSize: 1,
          roundLot: 1,
          minTenderQuantity: 1,
          maxTenderQuantity: 10_000_000,
          minPrice: -1000,
          maxPrice: 10_000,
          gridStart: formatCtsInstant(begin),
          rangeStart: formatCtsInstant(begin),
          rangeEnd: formatCtsInstant(begin + days * 86_400),
          selfTrade: 'CANCEL_RESTING',
        },
        dayAhead: [
          { partyId: 'wholesale', feed, quantity: 1_000_000, spread: 5, horizonSeconds: 900, readSeconds: 60 },
        ],
      },
    ],
    dtm: trustModule(scene),
  }
}

/** The day-ahead prices that the market reads. */
export function marketFiles(scene: Scene): Readonly<Record<string, string>> {
  const begin = marketBegin(scene)
  const { intervalSeconds } = localMarket
  const lines = Array.from({ length: (days * 86_400) / intervalSeconds }, (_, index) => {
    const at = begin + index * intervalSeconds
    return `${formatCtsInstant(at)},${wholesalePrices[(at / intervalSeconds) % wholesalePrices.length]}`
  })
  return { [feed]: `${['time,price', ...lines].join('\n')}\n` }
}

function marketBegin({ clock }: Scene): number {
  return Math.floor((clock?.start ?? Date.now() / 1000) / 3600) * 3600
}
