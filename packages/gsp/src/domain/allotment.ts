import { residualOver, type CapacityStep, type Load } from './capacity.ts'

/** A flow reservation request in plain units: energy signed (charging is positive), power a magnitude. */
export type FlowRequest = Readonly<{
  mRID: string
  creationTime: number
  start: number
  duration: number
  energyWh: number
  powerW: number
  durationRequested?: number
}>

/** The interval, energy and power of the response event; both 0 is a refusal. */
export type Grant = Readonly<{ subject: string; start: number; duration: number; energyWh: number; powerW: number }>

/** The limits of a group and what of them is already promised; without it everything is granted as asked. */
export type Capacity = Readonly<{ steps: readonly CapacityStep[]; granted: readonly Grant[] }>

export type Placement = 'earliest' | 'latest'

/** Grants each request what fits, the one with the least slack first (function-sets, 3). */
export function allot(
  requests: readonly FlowRequest[],
  capacity: Capacity | undefined,
  now: number,
  placement: Placement,
): readonly Grant[] {
  if (!capacity) return requests.map((request) => asAsked(request, now, placement))
  const granted = [...capacity.granted]
  for (const request of requests.toSorted(bySlack)) {
    granted.push(bestFit(request, { steps: capacity.steps, granted }, now))
  }
  return granted.slice(capacity.granted.length)
}

/** What a running grant still owes at a moment, as a request for the rest of the window. */
export function remainderOf(request: FlowRequest, grant: Grant, at: number): FlowRequest {
  const end = request.start + request.duration
  const start = Math.max(at, request.start)
  const flowed = (Math.abs(grant.powerW) * Math.max(0, at - grant.start)) / 3600
  const left = Math.max(0, Math.abs(grant.energyWh) - Math.floor(flowed))
  const flow = flowSeconds(left, request.powerW)
  return {
    ...request,
    start,
    duration: Math.max(0, end - start),
    energyWh: Math.sign(grant.energyWh) * left,
    durationRequested: flow + overheadOf(request),
  }
}

/** Whether a grant is a refusal: an event over the window that offers nothing. */
export function isRefusal({ energyWh, powerW }: Grant): boolean {
  return energyWh === 0 || powerW === 0
}

function asAsked(request: FlowRequest, now: number, placement: Placement): Grant {
  const window = windowOf(request, now)
  const length = lengthAt(request, request.powerW)
  if (length > window.end - window.start) return partOf(request, { ...window, watts: request.powerW })
  return fullAt(request, placement === 'latest' ? window.end - length : window.start, request.powerW)
}

function bestFit(request: FlowRequest, capacity: Capacity, now: number): Grant {
  const window = windowOf(request, now)
  const free = residualOver(capacity.steps, loadsOf(capacity.granted), Math.sign(request.energyWh), window)
  const powers = candidatePowers(
    request.powerW,
    free.map(({ watts }) => watts),
  )
  for (const watts of powers) {
    const length = lengthAt(request, watts)
    const run = runsOf(free, watts).find(({ start, end }) => end - start >= length)
    if (run) return fullAt(request, run.start, watts)
  }
  const parts = powers.flatMap((watts) => runsOf(free, watts).map((run) => partOf(request, { ...run, watts })))
  const [most] = parts
    .filter((part) => !isRefusal(part))
    .toSorted((a, b) => Math.abs(b.energyWh) - Math.abs(a.energyWh))
  return most ?? refusal(request)
}

/**
 * Full power, then the levels the group has left, from the largest down: between two levels a higher power needs less
 * time in the same free spans, so no step between them (a tenth, say) fits where the level above does not.
 */
function candidatePowers(requested: number, levels: readonly number[]): readonly number[] {
  const usable = [requested, ...levels].map(writable).filter((watts) => watts > 0 && watts <= requested)
  return [...new Set(usable)].toSorted((a, b) => b - a)
}

/** The largest power below that an ActivePower (Int16 times a power of ten) can say exactly. */
function writable(watts: number): number {
  let unit = 1
  while (watts / unit > 32767) unit *= 10
  return Math.floor(watts / unit) * unit
}

type Span = Readonly<{ start: number; end: number }>
type Level = Span & Readonly<{ watts: number }>

/** The longest spans in which at least so much is free. */
function runsOf(free: readonly Level[], watts: number): readonly Span[] {
  const runs: Span[] = []
  for (const { start, end } of free.filter((level) => level.watts >= watts)) {
    const last = runs.at(-1)
    if (last?.end === start) runs.splice(-1, 1, { start: last.start, end })
    else runs.push({ start, end })
  }
  return runs
}

function fullAt(request: FlowRequest, start: number, watts: number): Grant {
  return grantOf(request, { start, duration: lengthAt(request, watts), energyWh: Math.abs(request.energyWh), watts })
}

function partOf(request: FlowRequest, { start, end, watts }: Level): Grant {
  const flow = Math.max(0, end - start - overheadOf(request))
  const energyWh = Math.min(Math.abs(request.energyWh), Math.floor((watts * flow) / 3600))
  const duration = Math.min(end - start, flowSeconds(energyWh, watts) + overheadOf(request))
  return grantOf(request, { start, duration, energyWh, watts })
}

function refusal({ mRID, start, duration }: FlowRequest): Grant {
  return { subject: mRID, start, duration, energyWh: 0, powerW: 0 }
}

type Shape = Readonly<{ start: number; duration: number; energyWh: number; watts: number }>

// power is written with the energy's sign
function grantOf(request: FlowRequest, { start, duration, energyWh, watts }: Shape): Grant {
  const sign = Math.sign(request.energyWh)
  return { subject: request.mRID, start, duration, energyWh: sign * energyWh, powerW: sign * watts }
}

function windowOf({ start, duration }: FlowRequest, now: number): Span {
  return { start: Math.max(start, now), end: Math.max(start + duration, now) }
}

function lengthAt(request: FlowRequest, watts: number): number {
  return flowSeconds(Math.abs(request.energyWh), watts) + overheadOf(request)
}

/** Ramps and conditioning: what the requested duration has beyond the transfer at full power. */
function overheadOf({ energyWh, powerW, durationRequested = 0 }: FlowRequest): number {
  return Math.max(0, durationRequested - flowSeconds(Math.abs(energyWh), powerW))
}

// the margin keeps a whole quotient whole where a power of ten made it inexact
function flowSeconds(energyWh: number, watts: number): number {
  return Math.ceil((3600 * energyWh) / watts - 1e-6)
}

function loadsOf(granted: readonly Grant[]): readonly Load[] {
  return granted.map(({ start, duration, powerW }) => ({ start, end: start + duration, watts: powerW }))
}

/** The request with the least slack first, then the older. */
export function bySlack(a: FlowRequest, b: FlowRequest): number {
  return slackOf(a) - slackOf(b) || a.creationTime - b.creationTime
}

function slackOf(request: FlowRequest): number {
  return request.duration - (request.durationRequested ?? lengthAt(request, request.powerW))
}
