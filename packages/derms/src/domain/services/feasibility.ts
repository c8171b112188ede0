import type { ServiceRequest } from '@gridloom/contracts'
import { participate } from '../regulation/participation.ts'
import { allocateReserve, priced, type Allocation, type Candidate } from './allocate.ts'
import { askedOf, bandAt } from './band.ts'
import { candidatesOf, type Scene } from './candidates.ts'
import { regulationDers } from './regulation.ts'
import { settingsOf } from './settings.ts'
import { isStanding, standingOf } from './standing.ts'
import { stepsOf, wantedEnvelope, wantedPower, type Market } from './wanted.ts'

/** Whether a service can be given, by whom where that is fixed beforehand, and otherwise the best that can. */
export type Feasibility = Readonly<
  | { kind: 'feasible'; cost: number; held: Readonly<Record<string, number>> }
  | { kind: 'refused'; reason: string; best: Readonly<{ shortW: number; text: string }> }
>

/** Tries a service with what is known now; what cannot be given is refused with the best that can. */
export function feasibilityOf(scene: Scene, market: Market): Feasibility {
  const { request } = scene.running.service
  if (scene.running.members.length === 0)
    return refused('no device stands there that has told what it can do', 0, 'nothing')
  if (isStanding(request)) return feasibleStanding(scene)
  switch (request.kind) {
    case 'limit':
    case 'target':
    case 'profile':
      return judged(scene, wantedPower(scene, market)?.allocation, request)
    case 'envelope':
      return judged(scene, wantedEnvelope(scene, market)?.allocation, request)
    case 'reserve':
      return reserve(scene, market, request)
    case 'regulation':
      return regulation(scene, market, request)
    case 'frequency-response':
    case 'voltage':
      return feasibleSettings(scene)
    case 'black-start':
      return feasible(0)
    default:
      return request satisfies never
  }
}

function judged(scene: Scene, allocation: Allocation | undefined, request: ServiceRequest): Feasibility {
  if (!allocation) return refused('nothing is asked', 0, 'nothing')
  const { outcome, shortW } = allocation
  const { service } = scene.running
  const worst = outcome.perStep.findIndex(({ missedW }) => missedW === shortW)
  const otherW = 'otherW' in request ? request.otherW : 0
  const bestW = (outcome.perStep[worst]?.sumW ?? 0) + otherW
  const band = bandAt(scene.running, Math.max(scene.now, service.start), 0) ?? {}
  if (shortW <= (1 - request.delivered) * askedOf(band, bestW)) return feasible(outcome.cost)
  const text = `${flow(bestW)} at the worst moment`
  return refused(`${Math.round(shortW)} W are missing: the devices there can be brought to ${text}`, shortW, text)
}

type Reserve = Extract<ServiceRequest, { kind: 'reserve' }>

function reserve(scene: Scene, market: Market, request: Reserve): Feasibility {
  const steps = stepsOf(scene.running, scene.now, market)
  const { direction, reserveW, callSeconds, responseSeconds } = request
  const { stepSeconds } = steps
  const { W, shortW, outcome } = allocateReserve(
    {
      ...market,
      ...(request.fairness && { fairness: request.fairness }),
      candidates: candidatesOf(scene, steps).map((candidate) => atHoldPrice(candidate, request, market)),
      bands: Array.from({ length: steps.count }, () => ({})),
      stepSeconds,
    },
    { direction, reserveW, callSeconds, responseSeconds },
  )
  if (shortW > 1e-6) {
    const best = `${Math.floor(reserveW - shortW)} W for ${callSeconds} s`
    return refused(`${Math.ceil(shortW)} W of ${reserveW} W are missing`, shortW, best)
  }
  const held = Object.fromEntries([...W].filter(([, watts]) => watts >= 1))
  return { kind: 'feasible', cost: outcome.cost, held }
}

/** A reserve goes to who holds it cheapest. */
function atHoldPrice(candidate: Candidate, request: Reserve, { prices }: Market): Candidate {
  const price = request.holdPrice ?? candidate.terms.holdPrice ?? prices.hold
  return priced(candidate, { up: price, down: price })
}

type Regulation = Extract<ServiceRequest, { kind: 'regulation' }>

function regulation(scene: Scene, market: Market, request: Regulation): Feasibility {
  const ders = regulationDers(candidatesOf(scene, { ...stepsOf(scene.running, scene.now, market), count: 1 }), market)
  const { regulationW, holdSeconds } = request
  const need = { capacityW: regulationW, responseSeconds: holdSeconds, energySeconds: sustained }
  const part = participate(ders, need)
  if (part.status === 'feasible') {
    const held = part.shares.map(({ id, upW, downW }) => [id, Math.max(upW, downW)] as const)
    return { kind: 'feasible', cost: 0, held: Object.fromEntries(held) }
  }
  return refused(part.reason, regulationW - part.bestW, `${Math.floor(part.bestW)} W in both directions`)
}

// a signal that stays at its end for so long can still be followed
const sustained = 900

function feasibleStanding(scene: Scene): Feasibility {
  const standing = standingOf(scene)
  return standing.kind === 'refused' ? refused(standing.reason, 0, standing.best) : feasible(0)
}

function feasibleSettings(scene: Scene): Feasibility {
  const settings = settingsOf(scene)
  if (settings.kind !== 'refused') return feasible(0)
  return refused(settings.reason, 0, settings.best)
}

function feasible(cost: number): Feasibility {
  return { kind: 'feasible', cost, held: {} }
}

function refused(reason: string, shortW: number, text: string): Feasibility {
  return { kind: 'refused', reason, best: { shortW, text } }
}

function flow(W: number): string {
  return W < 0 ? `an import of ${Math.round(-W)} W` : `an export of ${Math.round(W)} W`
}
