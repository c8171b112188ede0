import type { StrategyConfig } from '../../config.ts'
import { flexibleLoad } from './flexible-load.ts'
import { priceTaker } from './price-taker.ts'
import { pvSeller } from './pv-seller.ts'
import { storageArbitrage } from './storage-arbitrage.ts'
import type { Strategy } from './strategy.ts'

/** The strategy that a configuration asks for; with a controller alone there is none of its own. */
export function strategyOf(config: StrategyConfig): Strategy {
  switch (config.kind) {
    case 'controller':
      return () => []
    case 'price-taker':
      return priceTaker({ ...config, forecast: () => config.watts })
    case 'pv':
      return pvSeller({ ...config, forecast: () => config.watts })
    case 'storage':
      return storageArbitrage(config)
    case 'flexible-load':
      return flexibleLoad(config)
    default:
      return config satisfies never
  }
}
