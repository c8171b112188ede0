import { relative } from 'node:path'
import { urlOf } from '../layout.ts'
import { isTrading, type PlannedDevice } from '../plan.ts'
import { localMarket, wholesalePrices } from './market.ts'
import { common, type Scene } from './scene.ts'

const heatingWindowSeconds = 600
const heatingShare = 0.4

/** The user agents of a local grid: one party for each battery and each flexible load, known by the device's own certificate. */
export function teuaConfig(scene: Scene) {
  const { layout, issued } = scene
  return {
    ...common(scene, 'teua'),
    market: {
      url: urlOf(layout.market),
      marketId: localMarket.marketId,
      lfdi: issued.servers.market.credentials.lfdi,
    },
    callback: urlOf(layout.teua),
    dcm: { url: urlOf(layout.dcm) },
    agents: issued.devices.filter(isTrading).map((device) => ({
      partyId: device.name,
      certs: relative(issued.folder, device.folder),
      dcm: { device: device.name, follow: device.kind === 'storage' ? 'target' : 'limit' },
      strategy: strategyOf(device),
    })),
    outlook: { prices: wholesalePrices, stepSeconds: localMarket.intervalSeconds },
    horizonIntervals: 10,
    controllers: [issued.operator.credentials.lfdi],
    store: 'sqlite:teua.db',
  }
}

function strategyOf({ kind, maxW }: PlannedDevice) {
  if (kind === 'storage') return { kind: 'storage' }
  const energyWh = Math.round((heatingShare * maxW * heatingWindowSeconds) / 3600)
  return { kind: 'flexible-load', powerW: maxW, energyWh, windowSeconds: heatingWindowSeconds }
}
