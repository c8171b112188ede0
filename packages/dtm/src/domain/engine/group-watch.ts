import type { Level } from '../parameters.ts'
import { fleetSize, serverOf, type Subject, type World } from '../world/world.ts'
import type { TrustEvent } from './trust-event.ts'

const windowSeconds = 600
const share = 0.2
const least = 5
const mostRemembered = 2000

/** Whether blocking is held, and the alert when this rise is one too many: then the server and the own clock are to be looked at first. */
export type Rise = Readonly<{ isHeld: boolean; events: readonly TrustEvent[] }>

const calm: Rise = { isHeld: false, events: [] }

/** A DCM reaches level 2 or more: when a fifth of its fleet does so within ten minutes, something else is wrong (§5). */
export function riseOf(
  world: World,
  { subject, before, at }: Readonly<{ subject: Subject; before: Level; at: number }>,
): Rise {
  const gsp = serverFor(world, subject)
  if (gsp === undefined) return calm
  const server = serverOf(world, gsp)
  if (before < 2 && subject.file.level >= 2) {
    const recent = server.risen.filter((one) => at - one.at < windowSeconds && one.subject !== subject.id)
    server.risen = [...recent, { subject: subject.id, at }].slice(-mostRemembered)
  }
  const together = server.risen.length
  const isMany = together >= least && together > share * fleetSize(world, gsp)
  if (!isMany || server.isHeld === true) return { isHeld: server.isHeld === true, events: [] }
  server.isHeld = true
  server.toldAt = at
  const members = server.risen.map((one) => one.subject)
  return {
    isHeld: true,
    events: [
      {
        kind: 'group',
        at,
        subject: gsp,
        role: 'GSP',
        severity: 'critical',
        members,
        recommended: ['readback'],
        text: `${together} DCMs reached level 2 or more within 600 s: look at the GSP and the DTM's clock first; blocking is held`,
      },
    ],
  }
}

/** The server of a DCM: the one it talks to, or the only one there is. */
function serverFor({ registry, devices, servers }: World, { id, role }: Subject): string | undefined {
  if (role !== 'DCM') return undefined
  const known = devices.get(id)?.server
  if (known !== undefined || servers.size !== 1) return known
  const [only] = servers.keys()
  return only !== undefined && registry.has(only) ? only : undefined
}

/** Whether an alert of its server's fleet holds automatic blocking. */
export function isFleetHeld(world: World, subject: Subject): boolean {
  const gsp = serverFor(world, subject)
  return gsp !== undefined && world.servers.get(gsp)?.isHeld === true
}

/** Whether a subject is blocked by its level and not yet in effect: who was refused before the hold stays so. */
export function isHeld(world: World, subject: Subject): boolean {
  return subject.isHeld === true && isFleetHeld(world, subject)
}

/** An operator has looked: the blocks that were held come into force. */
export function endHold(world: World, gsp: string): void {
  const server = world.servers.get(gsp)
  if (!server) return
  Object.assign(server, { isHeld: false, risen: [] })
  for (const subject of world.subjects.values()) if (serverFor(world, subject) === gsp) delete subject.isHeld
}
