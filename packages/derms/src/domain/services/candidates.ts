import type { Award } from '@gridloom/contracts'
import { committedW, expectedOf, strongerSchedule } from '../knowledge/expected.ts'
import { bearable, isSilent, nowW, type Known } from '../knowledge/known.ts'
import { reachOf, type Reach } from '../knowledge/reach.ts'
import { isSubscribed, type Candidate } from './allocate.ts'
import { baselineAt } from './baseline.ts'
import { askedWithin, type Asked, type Running } from './running.ts'

export type Rules = Readonly<{
  silentSeconds: number
  /** From an order until it is followed. */
  settleSeconds: number
  tolerance: number
  /** Of readings that stand for the present. */
  presentSeconds: number
  /** Of the programs that orders go to. */
  primacy: number
}>

/** The steps that an allocation looks at: where each begins, and how long it is. */
export type Steps = Readonly<{ from: number; stepSeconds: number; count: number }>

/** What other services have of a DER. */
export type Elsewhere = Readonly<{ isMoved: boolean; heldUpW: number; heldDownW: number }>

export type Scene = Readonly<{
  running: Running
  known: ReadonlyMap<string, Known>
  /** By device; what a service told it last. */
  awards: ReadonlyMap<string, Award>
  elsewhere: (lfdi: string) => Elsewhere
  now: number
  rules: Rules
}>

/** Every device at the point of a service as its allocation sees it: who cannot be moved stays where it is. */
export function candidatesOf(scene: Scene, steps: Steps): readonly Candidate[] {
  return scene.running.members.flatMap((lfdi) => {
    const known = scene.known.get(lfdi)
    if (!known) return []
    const { der, trust, usedWh, terms } = known
    return [{ der, trust, usedWh, terms, reach: reachIn(scene, known, steps), nowW: presentIn(known, scene) }]
  })
}

// a reading from before the silence is no starting point of a ramp
function presentIn(known: Known, { now, rules }: Scene): number | undefined {
  return isSilent(known, now, rules.silentSeconds) ? undefined : nowW(known)
}

/** Whether a DER at the point cannot be asked: it is off, held by a stronger schedule, replaced, another's, silent or takes no part. */
export function isOutOf({ running, known, awards, elsewhere, now, rules }: Scene, lfdi: string): boolean {
  const one = known.get(lfdi)
  const { request } = running.service
  return (
    !one ||
    one.der.isOff ||
    one.der.isFaulty ||
    strongerSchedule(one, rules.primacy) !== undefined ||
    (elsewhere(lfdi).isMoved && !isClaimed(running, lfdi)) ||
    awards.get(lfdi)?.status === 'dropped' ||
    isSilent(one, now, rules.silentSeconds) ||
    !isSubscribed(one.terms, request.kind)
  )
}

/** Whether it was held for this: what holds for a call or a signal is given, whatever else has moved it meanwhile. */
function isClaimed({ service: { request, call }, held }: Running, lfdi: string): boolean {
  const isAsked = request.kind === 'regulation' || (request.kind === 'reserve' && call !== undefined)
  return isAsked && held[lfdi] !== undefined
}

function reachIn(scene: Scene, known: Known, { from, stepSeconds, count }: Steps): Reach {
  const { elsewhere, rules } = scene
  const { der } = known
  const { heldUpW, heldDownW } = elsewhere(der.lfdi)
  const times = Array.from({ length: count }, (_, step) => from + (step + 0.5) * stepSeconds)
  if (isOutOf(scene, der.lfdi)) {
    const present = nowW(known) ?? 0
    const stays = times.map(() => present)
    return { baseW: stays, minW: stays, maxW: stays }
  }
  const award = scene.awards.get(der.lfdi)
  const natural = award ? awardedBase(scene, known, award) : expectedOf(known, rules.presentSeconds)
  return reachOf(der, times.map(natural), { envelope: bearable(known), heldUpW, heldDownW })
}

/**
 * What a DER under orders would do: what its meter shows where no order held it; else what sun or wind allow where it says
 * so; else what it is committed to; else its baseline.
 */
function awardedBase({ running, rules }: Scene, known: Known, award: Award): (time: number) => number {
  const { der, history } = known
  const newest = history.recent.at(-1)
  const allowed = rules.tolerance * Math.max(der.maxW, -der.minW)
  if (newest) {
    // an order is heard some time after it was given
    const inForce = askedWithin(running.trail[der.lfdi], newest.start - rules.settleSeconds, newest.start)
    if (inForce.every((asked) => isFree(asked, newest.watts, allowed))) return () => newest.watts
  }
  const { availableW } = der
  if (der.kind === 'pv' && availableW !== undefined) return () => availableW
  const baseline = running.baselines[der.lfdi]
  // its plan is what we have ordered
  const sold = { positions: known.positions }
  return (time) =>
    committedW(sold, time) ?? (baseline && baselineAt(baseline, time, running.intervalSeconds)) ?? award.baseW
}

/** Whether what was asked did not hold a device. */
function isFree({ W, steering }: Asked, watts: number, allowed: number): boolean {
  if (W === null) return true
  if (steering === 'export-cap') return watts < W - allowed
  return steering === 'import-cap' && watts > W + allowed
}
