import { DeviceCapability } from '@gridloom/sep2030'
import { scopeOf } from '../domain/access.ts'
import { hrefs } from '../domain/hrefs.ts'
import { attributesOf, countOf } from './list.ts'
import { shown, type Visit, type Wire } from './wire.ts'

/** The entry: what this server offers, with the counts that this caller may see. */
export function deviceCapabilityRoutes(wire: Wire): void {
  wire.serve({
    path: hrefs.capability,
    target: () => ({ kind: 'open' }),
    GET: async (visit) => {
      const mirrors = await mirrorCount(visit)
      return shown(DeviceCapability, {
        href: hrefs.capability,
        ...(await attributesOf(wire, visit, 'DeviceCapability')),
        TimeLink: { href: hrefs.time },
        ...(visit.caller.kind !== 'unregistered' && { UsagePointListLink: { href: hrefs.usagePoints, all: mirrors } }),
        EndDeviceListLink: { href: hrefs.endDevices, all: await deviceCount(visit) },
        MirrorUsagePointListLink: { href: hrefs.mirrors, all: mirrors },
      })
    },
  })
}

async function deviceCount({ caller, read }: Visit): Promise<number> {
  const scope = scopeOf(caller)
  if (scope === undefined) return 0
  const devices = await countOf(read, { kind: 'EndDevice', parent: hrefs.endDevices, scope })
  return caller.kind === 'aggregator' ? devices + 1 : devices
}

async function mirrorCount({ caller, read }: Visit): Promise<number> {
  const scope = scopeOf(caller)
  return scope === undefined ? 0 : countOf(read, { kind: 'MirrorUsagePoint', parent: hrefs.mirrors, scope })
}
