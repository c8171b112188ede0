import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'

/** Where an attack may go: an address that was looked at, and the name that its certificate is expected to have. */
export type Target = Readonly<{ origin: string; serverName?: string }>

/** An attack was to go where none may. */
export class TargetError extends Error {
  override readonly name = 'TargetError'
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

const privateNetworks = new BlockList()
privateNetworks.addSubnet('10.0.0.0', 8, 'ipv4')
privateNetworks.addSubnet('172.16.0.0', 12, 'ipv4')
privateNetworks.addSubnet('192.168.0.0', 16, 'ipv4')
privateNetworks.addSubnet('169.254.0.0', 16, 'ipv4')
privateNetworks.addSubnet('fc00::', 7, 'ipv6')
privateNetworks.addSubnet('fe80::', 10, 'ipv6')

/**
 * Lets an attack go to this machine alone; to private addresses too when the caller says that the network is his; to public
 * ones never. A name is resolved here, and the address that was looked at is the one that is attacked.
 */
export async function checkTarget(url: string, { ownNetwork = false }: { ownNetwork?: boolean } = {}): Promise<Target> {
  const parsed = URL.parse(url)
  if (parsed?.protocol !== 'https:') throw new TargetError(`"${url}" is not an https URL`)
  const host = parsed.hostname.replace(/^\[(.*)\]$/, '$1')
  const addresses = isIP(host) ? [host] : await addressesOf(host)
  for (const address of addresses) refuseUnlessOurs(address, { host, ownNetwork })
  const [address = host] = addresses
  if (isIP(host)) return { origin: parsed.origin }
  parsed.hostname = isIP(address) === 6 ? `[${address}]` : address
  return { origin: parsed.origin, serverName: host }
}

async function addressesOf(host: string): Promise<readonly string[]> {
  try {
    const found = await lookup(host, { all: true, order: 'ipv4first' })
    return found.map(({ address }) => address)
  } catch (cause) {
    throw new TargetError(`"${host}" has no address`, { cause })
  }
}

function refuseUnlessOurs(
  address: string,
  { host, ownNetwork }: Readonly<{ host: string; ownNetwork: boolean }>,
): void {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (loopback.check(address, family)) return
  const what = host === address ? `"${host}"` : `"${host}" (${address})`
  if (!privateNetworks.check(address, family)) {
    throw new TargetError(`${what} is neither this machine nor a private address: no attack goes there`)
  }
  if (!ownNetwork) {
    throw new TargetError(`${what} is not this machine: attacks go to loopback, unless you add --i-own-this-network`)
  }
}
