import type { TrustRegistration } from '@gridloom/contracts'
import type { AttackName } from '../attack-names.ts'
import { mridOf } from './document.ts'
import { registrationOf } from './member.ts'
import type { Batch } from './reporter.ts'
import { liveHonestly, serve } from './routine.ts'
import { oscillatingControl, overNameplate } from './scripts/control.ts'
import { expiredCertificate, impersonation, whitewasher } from './scripts/identity.ts'
import { frozenMeter, lyingMeter, onOff, silentOptOut } from './scripts/metering.ts'
import { sceneOf, type Script } from './scripts/scene.ts'
import * as traffic from './scripts/traffic.ts'
import { createWorld, type World } from './world.ts'

export type TraceOptions = Readonly<{
  fleet: number
  hours: number
  seed: number
  /** None: a clean trace. */
  attack?: AttackName | undefined
}>

/** A labelled trace: who takes part, and the batches in the order in which the trust module receives them. */
export type Trace = Readonly<{
  title: string
  attack?: AttackName | undefined
  registrations: readonly TrustRegistration[]
  /** Since when somebody attacks; where it is not told, since its first deed. */
  attackers?: readonly Readonly<{ subject: string; since: number }>[]
  batches: Iterable<Batch>
}>

const scripts: Readonly<Record<AttackName, Script>> = {
  impersonation,
  replay: traffic.replay,
  'delayed-relay': traffic.delayedRelay,
  'man-in-the-middle': traffic.manInTheMiddle,
  'over-nameplate': overNameplate,
  'oscillating-control': oscillatingControl,
  'lying-meter': lyingMeter,
  'frozen-meter': frozenMeter,
  'silent-opt-out': silentOptOut,
  'request-flood': traffic.requestFlood,
  'resource-scan': traffic.resourceScan,
  'expired-certificate': expiredCertificate,
  'on-off': onOff,
  whitewasher,
  'false-reporter': traffic.falseReporter,
}

// A day in June, nine in the morning where the sun stands highest at noon UTC.
const nine = 1_781_946_000
const contactsWithin = 240
const attackedShare = 0.1
const mostApart = 90

/** Tells what a fleet and its server do for some hours, and what a tenth of it does wrong in the second half. */
export function generateTrace({ fleet, hours, seed, attack }: TraceOptions): Trace {
  const seconds = 3600 * hours
  const world = createWorld({ fleet, start: nine, seconds, seed: `${seed}/${attack ?? 'clean'}` })
  const title = `${attack ?? 'clean'}: ${fleet} devices, ${hours} h, seed ${seed}`
  const { gsp, parties } = world
  const registrations = [
    { lfdi: gsp.lfdi, role: 'GSP' as const, name: 'gsp' },
    ...parties.map(({ member }) => registrationOf(member)),
  ]
  serve(world)
  publishLimits(world)
  parties.forEach((party, index) => liveHonestly(world, party, world.start + 1 + (contactsWithin * index) / fleet))
  const attackers = attack ? inflict(world, attack, world.start + seconds / 2) : []
  return { title, attack, registrations, attackers, batches: { [Symbol.iterator]: () => world.play() } }
}

/** A quarter of an hour's limit on all in each hour. */
function publishLimits(world: World): void {
  for (let at = world.start + 1800; at < world.end; at += 3600) {
    const mRID = mridOf(`limit at ${at}`)
    const base = { opModMaxLimW: 1000 * world.random.integer(3, 6) }
    world.publish({ mRID, created: at - 700, start: at, duration: 900, base }, { program: 'system' })
  }
}

function inflict(world: World, attack: AttackName, from: number): Trace['attackers'] & object {
  const script = scripts[attack]
  const able = world.parties.filter(({ member }) => script.kind === undefined || member.kind === script.kind)
  const count = Math.max(1, Math.floor(attackedShare * world.parties.length))
  // the last one needs time to be noticed too
  const apart = Math.min(mostApart, (world.end - from) / 10 / count)
  return able.slice(0, count).map((party, index) => {
    const since = from + apart * index
    const scene = sceneOf(world, attack, party, since)
    script.run(scene)
    return { subject: script.accused?.(scene) ?? party.member.lfdi, since }
  })
}
