import {
  allot,
  isRefusal,
  remainderOf,
  type Capacity,
  type FlowRequest,
  type Grant,
  type Placement,
} from './allotment.ts'
import { residualOver } from './capacity.ts'

/** A newer grant for a request, and whether the one before it has to be cancelled: else the newer one supersedes it. */
export type Replan = Readonly<{ grant: Grant; cancelsHeld: boolean }>

export type Held = Readonly<{ request: FlowRequest; grant: Grant | undefined }>

/** What a changed capacity makes of a request: nothing while its grant still fits (function-sets, 3). */
export function replan(
  { request, grant: held }: Held,
  capacity: Capacity | undefined,
  now: number,
  placement: Placement,
): Replan | undefined {
  const planned = (asked: FlowRequest): Grant | undefined => allot([asked], capacity, now, placement)[0]
  if (!held || isRefusal(held)) return secondTry(held, planned(request))
  const from = capacity && overloadedFrom(held, capacity, now)
  if (from === undefined) return undefined
  if (now < held.start) return cancelling(planned(request))
  const rest = remainderOf(request, held, from)
  if (rest.energyWh === 0) return undefined
  const newer = planned(rest)
  if (newer && newer.start <= from) return { grant: newer, cancelsHeld: false }
  // the newer one leaves a gap that the held one would overload: it ends now, and what it still owes is planned anew
  return cancelling(planned(remainderOf(request, held, now)))
}

function cancelling(grant: Grant | undefined): Replan | undefined {
  return grant && { grant, cancelsHeld: true }
}

function secondTry(held: Grant | undefined, grant: Grant | undefined): Replan | undefined {
  return grant && !(held && isRefusal(grant)) ? { grant, cancelsHeld: false } : undefined
}

/** The first moment from now on at which there is less than the grant draws. */
function overloadedFrom(grant: Grant, { steps, granted }: Capacity, now: number): number | undefined {
  const loads = granted.map(({ start, duration, powerW }) => ({ start, end: start + duration, watts: powerW }))
  const ahead = { start: Math.max(now, grant.start), end: grant.start + grant.duration }
  if (ahead.end <= ahead.start) return undefined
  const left = residualOver(steps, loads, Math.sign(grant.powerW), ahead)
  return left.find(({ watts }) => watts < Math.abs(grant.powerW))?.start
}
