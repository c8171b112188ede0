import type { World } from '../world/world.ts'
import { nothing, type Rule } from './rule.ts'
import { fired, type RuleFinding } from './rule-finding.ts'

/** A request as it came: the certificate's LFDI, and every LFDI that its body names as the sender's own. */
export type Claim = Readonly<{ peer: string; method: string; path: string; claimed: readonly string[] }>

const writes: readonly string[] = ['POST', 'PUT', 'DELETE']

/** ID-4: a client claims to be another, or writes to what belongs to another. */
export function ownResource(owner: (path: string) => string | undefined) {
  return ({ peer, method, path, claimed }: Claim): readonly RuleFinding[] => {
    const entitled = writes.includes(method) ? (owner(path) ?? peer) : peer
    return [entitled, ...claimed].some((lfdi) => lfdi !== peer) ? [fired('ID-4', 'critical')] : []
  }
}

/** ID-4 of requests: an aggregator acts for the devices of its name, everybody else for himself. */
export function actsForItself(): Rule {
  return ({ observation, from, gsp, facts }, world) => {
    const { kind, method = '', path = '', tls } = observation
    if (tls?.peerLfdi !== undefined && from.id.length === 40 && tls.peerLfdi !== from.id) {
      return [fired('ID-4', 'critical', { evidence: { certificate: tls.peerLfdi } })]
    }
    if (kind !== 'request' || gsp === undefined || from.role === 'AGG' || !writes.includes(method)) return nothing
    const judge = ownResource((asked) => ownerOf(world, gsp, asked))
    const [finding] = judge({ peer: from.id, method, path, claimed: facts.claims ?? [] })
    return finding ? [{ ...finding, evidence: { method, path } }] : nothing
  }
}

/** The owner of the nearest resource above a path: of its EndDevice, or of its mirror. */
function ownerOf({ owners, registry }: World, server: string, path: string): string | undefined {
  const [, first = '', second = ''] = path.split(/[/?]/)
  for (const href of [`/${first}/${second}`, ...prefixesOf(path)]) {
    const owner = owners.get(`${server} ${href}`)
    // what belonged to a device that is gone may be another's by now
    if (owner !== undefined && registry.has(owner)) return owner
  }
  return undefined
}

function prefixesOf(path: string): readonly string[] {
  const parts = (path.split('?')[0] ?? '').split('/')
  return parts.map((_, index) => parts.slice(0, index + 1).join('/')).slice(3)
}
