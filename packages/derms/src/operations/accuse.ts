import type { Logger } from '@gridloom/kit'
import { z } from 'zod'
import type { Peer } from '../links/peer.ts'

export type Charge = Readonly<{ lfdi: string; service: string; wattHours: number; awardedWattHours: number }>

/** Tells the trust module of a device that took an order and did not follow it (PR-11); without one nobody is told. */
export type Accuse = (charge: Charge) => Promise<void>

export type AccuseOptions = Readonly<{ peer: Peer | undefined; own: string; log: Logger }>

export function createAccuse({ peer, own, log }: AccuseOptions): Accuse {
  return async ({ lfdi, service, wattHours, awardedWattHours }) => {
    if (!peer) return
    const fact = { kind: 'delivery', market: own, subject: lfdi, tender: service, wattHours, awardedWattHours }
    try {
      await peer.post('/dtm/market-facts', fact, z.unknown())
    } catch (err) {
      log.warn({ err, lfdi, service }, 'trust module not told')
    }
  }
}
