import { createRandom, loadCredentials, type App, type Clock, type Logger } from '@gridloom/kit'
import { Counter } from 'prom-client'
import type { Config } from '../config.ts'
import type { Dcm } from '../dcm.ts'
import type { Member } from '../members.ts'
import { createAgent, type Agent } from './agent.ts'
import { kindOfPeer, usualClass } from './kind-of-peer.ts'
import { openLinks } from './links.ts'
import { createPeer } from './peer.ts'

export type RegionDeps = Readonly<{
  config: Config
  /** The DCMs of the process with what their configuration says. */
  members: readonly Readonly<{ dcm: Dcm; member: Member | undefined }>[]
  /** The address of the control port. */
  url: () => string
  control: App
  clock: Clock
  log: Logger
  stack: AsyncDisposableStack
}>

/** Makes the devices of this process peers of their regions, if the configuration names a bootstrap. */
export function openRegion({ config, members, url, control, clock, log, stack }: RegionDeps): Agent | undefined {
  const { region } = config
  if (!region) return undefined
  const credentials = loadCredentials(config.certs)
  const links = stack.use(openLinks(config, region.bootstrap, credentials))
  const warnings = new Counter({
    name: 'region_capacity_low_total',
    help: 'Warnings of generators that are cut off from their tracker',
    labelNames: ['way'],
    registers: [control.metrics],
  })
  const { feeder, deferSeconds, acts, url: publicUrl } = region
  const peers = members.flatMap(({ dcm, member }) => {
    if (!member) return []
    const { device, region: own } = member
    const options = {
      dcm,
      kind: kindOfPeer(dcm.kind, device),
      class: own?.class ?? usualClass(device),
      merit: own?.merit ?? 1,
      feeder: own?.feeder ?? feeder,
      url: () => publicUrl ?? url(),
      deferSeconds,
      acts,
      startSeconds: device.kind === 'generator' ? device.startSeconds : 0,
    }
    return [createPeer(options)]
  })
  const random = createRandom(`${config.seed}/region`)
  return createAgent({
    region,
    peers,
    links,
    self: credentials.lfdi,
    clock,
    random,
    log,
    counted: (way) => warnings.inc({ way }),
  })
}
