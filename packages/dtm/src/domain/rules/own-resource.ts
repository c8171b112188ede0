import { fired, type RuleFinding } from './rule-finding.ts'

/** A request as it came: the certificate's LFDI, and every LFDI that its body names as the sender's own. */
export type Claim = Readonly<{ peer: string; method: string; path: string; claimed: readonly string[] }>

const writes: readonly string[] = ['POST', 'PUT', 'DELETE']

/** ID-4: a client claims to be another, or writes to what belongs to another. */
export function ownResource(ownerOf: (path: string) => string | undefined) {
  return ({ peer, method, path, claimed }: Claim): readonly RuleFinding[] => {
    const owner = writes.includes(method) ? (ownerOf(path) ?? peer) : peer
    return [owner, ...claimed].some((lfdi) => lfdi !== peer) ? [fired('ID-4', 'critical')] : []
  }
}
