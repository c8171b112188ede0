import { type Identify, peerLfdi } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import { z } from 'zod'
import type { Market } from '../market.ts'

export type Request = Parameters<Identify>[0]

/** The market of a path. */
export function marketOf(markets: ReadonlyMap<string, Market>, marketId: string): Market {
  const market = markets.get(marketId)
  if (!market) throw new SepError('missing', `there is no market "${marketId}" here`)
  return market
}

/** The party of the certificate; undefined for an operator, who sees all. */
export function readerOf(request: Request, market: Market, operators: ReadonlySet<string>): string | undefined {
  const peer = peerLfdi(request)
  if (operators.has(peer)) return undefined
  return partyOf(request, market)
}

export function partyOf(request: Request, market: Market): string {
  const partyId = market.desk.parties.partyOf(peerLfdi(request))
  if (partyId === undefined) throw new SepError('forbidden', 'the certificate is no party of this market')
  return partyId
}

export function operatorOnly(request: Request, operators: ReadonlySet<string>): void {
  if (!operators.has(peerLfdi(request))) throw new SepError('forbidden', 'this is for operators')
}

const PageQuery = z.object({
  after: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
  waitSeconds: z.coerce.number().min(0).max(30).default(0),
})

export function pageQuery(request: Request): z.infer<typeof PageQuery> {
  const query = PageQuery.safeParse(request.query)
  if (query.success) return query.data
  throw new SepError('invalid', z.prettifyError(query.error))
}
