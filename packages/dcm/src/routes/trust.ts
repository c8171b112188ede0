import { TrustAlert, type DevicePostures, type TrustAlertReceipt } from '@gridloom/contracts'
import { peerLfdi, type App, type Identify } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import { z } from 'zod'
import type { Config } from '../config.ts'
import type { Dcm } from '../dcm.ts'
import type { Trust } from '../trust.ts'
import { parsed } from './asked.ts'

const intake = '/trust/alerts'

/** The intake of the DTM's alerts, and how the devices take their server at present. */
export function trustRoutes(app: App, { dtm }: Config, dcms: readonly Dcm[], trust: Trust | undefined): void {
  const isDtm = (request: Parameters<Identify>[0]): boolean =>
    dtm?.lfdi !== undefined && peerLfdi(request) === dtm.lfdi.toUpperCase()

  // the certificate of the DTM opens the intake and nothing else
  app.addHook('onRequest', async (request) => {
    if (isDtm(request) && request.routeOptions.url !== intake) throw new SepError('forbidden', 'the DTM is no operator')
  })
  app.post(intake, async (request): Promise<TrustAlertReceipt> => {
    if (!isDtm(request) || !trust) throw new SepError('forbidden', 'alerts come from the DTM alone')
    const alerts = parsed(z.array(TrustAlert).max(1000), request.body)
    await trust.take(alerts)
    return { taken: alerts.length }
  })
  app.get('/trust', (): DevicePostures => ({
    devices: dcms.map((dcm) => ({ device: dcm.name, lfdi: dcm.lfdi, ...dcm.posture() })),
  }))
}
