import { urlOf } from '../layout.ts'
import { localMarket } from './market.ts'
import { common, trustModule, type Scene } from './scene.ts'

/** The DERMS of a local grid: quick, since whoever asks for a service wants to see it within the minute. */
export function dermsConfig(scene: Scene) {
  const { layout, issued } = scene
  const { url, lfdi } = trustModule(scene)
  return {
    ...common(scene, 'derms'),
    store: 'sqlite:derms.db',
    operators: [issued.operator.credentials.lfdi],
    gsp: { url: urlOf(layout.gsp, 'admin') },
    dtm: { url, lfdi },
    tracker: { url: urlOf(layout.tracker) },
    environment: { url: urlOf(layout.environment) },
    names: Object.fromEntries(issued.devices.map(({ name, credentials }) => [name, credentials.lfdi])),
    market: { url: urlOf(layout.market), marketId: localMarket.marketId },
    scheduler: { url: urlOf(layout.scheduler) },
    pollSeconds: 5,
    sideSeconds: 10,
    stepSeconds: 60,
    intervalSeconds: 10,
    baselineSeconds: 60,
    leadSeconds: 30,
    rampSeconds: 15,
    respondSeconds: 45,
    settleSeconds: 20,
    silentSeconds: 45,
  }
}
