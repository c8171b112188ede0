import { createClient, type Client } from '@gridloom/kit'
import { parseLfdi } from '@gridloom/sep2030'
import type { AgentConfig, Config } from './config.ts'
import { createDcmLink } from './dcm-link.ts'
import { createMarketLink } from './market-link.ts'

/** The connections of each agent: to the market with its own certificate, to the DCM with that of the process. */
export function openLinks(config: Config, stack: AsyncDisposableStack) {
  const { market, dcm, certs, tls } = config
  const mediaType = 'application/json'
  const dcms = new Map<string, Client>()
  const named = (serverName: string | false | undefined) => (serverName === undefined ? {} : { serverName })

  const dcmClient = (url: string) => {
    const known = dcms.get(url)
    if (known) return known
    const opened = stack.use(
      createClient({ origin: url, certs, tls, mediaType, totalSeconds: 10, ...named(dcm?.name) }),
    )
    dcms.set(url, opened)
    return opened
  }
  return ({ partyId, certs: own = certs, dcm: device }: AgentConfig) => {
    const pinned = market.lfdi === undefined ? {} : { serverLfdi: parseLfdi(market.lfdi) }
    const options = { origin: market.url, certs: own, tls, mediaType, ...named(market.name), ...pinned }
    const client = stack.use(createClient({ ...options, totalSeconds: 15 }))
    const patient = stack.use(createClient({ ...options, totalSeconds: 60 }))
    const url = device && (device.url ?? dcm?.url)
    return {
      market: createMarketLink({ client, patient, marketId: market.marketId, partyId }),
      dcm: device && url !== undefined ? createDcmLink(dcmClient(url), device.device) : undefined,
    }
  }
}
