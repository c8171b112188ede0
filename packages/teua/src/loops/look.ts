import type { FleetMemberDetail, MarketReference } from '@gridloom/contracts'
import { ClientError, type Clock, type Logger } from '@gridloom/kit'
import type { DcmLink } from '../dcm-link.ts'
import type { Outlook } from '../domain/outlook.ts'
import type { Account } from '../domain/own-ledger.ts'
import type { DeviceOutlook, Situation } from '../domain/strategies/strategy.ts'
import { gateOf, intervalAt, openInstruments } from '../domain/wish.ts'

export type LookOptions = Readonly<{
  dcm: DcmLink | undefined
  account: Account
  outlook: Outlook
  clock: Clock
  log: Logger
  horizonIntervals: number
}>

// What flowed of late says most about what will flow next, and a shorter time is mostly chance.
const latelySeconds = 60

/** Gathers what a strategy decides by: the intervals ahead with their positions and prices, and what the device does. */
export function createLook(options: LookOptions): (reference: MarketReference) => Promise<Situation> {
  const { account, outlook, clock } = options
  return async (reference) => {
    const now = clock.now()
    const { intervalSeconds } = reference
    const first = intervalAt(reference, now)
    const end = (openInstruments(reference, now, options.horizonIntervals).at(-1) ?? first) + intervalSeconds
    const count = Math.round((end - first) / intervalSeconds)
    const starts = Array.from({ length: count }, (_, index) => first + index * intervalSeconds)
    return {
      now,
      ahead: starts.map((dtStart) => ({
        dtStart,
        position: account.positionOf(dtStart),
        price: outlook.priceAt(dtStart),
        isOpen: now < gateOf(reference, dtStart),
      })),
      traded(from, to) {
        const begin = intervalAt(reference, from)
        const steps = Math.max(0, Math.ceil((to - begin) / intervalSeconds))
        return Array.from({ length: steps }, (_, index) => account.positionOf(begin + index * intervalSeconds)).reduce(
          (sum, position) => sum + position,
          0,
        )
      },
      device: await deviceOutlook(options, reference, now),
      rules: reference,
    }
  }
}

async function deviceOutlook(
  { dcm, account, log }: LookOptions,
  reference: MarketReference,
  now: number,
): Promise<DeviceOutlook> {
  if (!dcm) return {}
  try {
    const detail = await dcm.detail()
    const { netWh, coveredSeconds } = await dcm.energy(now - latelySeconds, now)
    return {
      ...(coveredSeconds > 0 && { watts: (-netWh * 3600) / coveredSeconds }),
      ...storageOf(detail, chargedShare(account, reference, now)),
    }
  } catch (error) {
    if (!(error instanceof ClientError)) throw error
    log.warn({ err: error }, 'device not seen')
    return {}
  }
}

/** What of the running interval's position has flowed already, in Wh: the charge of now contains it. */
function chargedShare(account: Account, reference: MarketReference, now: number): number {
  const start = intervalAt(reference, now)
  const share = (now - start) / reference.intervalSeconds
  return share * account.positionOf(start) * 10 ** reference.quantityScale
}

function storageOf(
  { capacityWh, maxW, maxChargeW = maxW, maxDischargeW = maxW, now }: FleetMemberDetail,
  flowedWh: number,
) {
  if (capacityWh === undefined || now?.soc === undefined) return {}
  const chargeWh = Math.max(0, Math.min(capacityWh, now.soc * capacityWh - flowedWh))
  return { capacityWh, chargeW: maxChargeW, dischargeW: maxDischargeW, chargeWh }
}
