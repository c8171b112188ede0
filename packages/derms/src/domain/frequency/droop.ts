import type { ControlFields } from '@gridloom/contracts'

export type DroopSettings = NonNullable<ControlFields['opModFreqDroop']>

/** A DER that may answer to frequency, W with export positive. */
export type DroopDer = Readonly<{
  id: string
  /** setMaxW, which its slope works on. */
  ratedW: number
  /** What it does now, and the bounds that a droop moves it within. */
  nowW: number
  minW: number
  maxW: number
  trust: Readonly<{ Te: number; level: number }>
}>

export type DroopRequest = Readonly<{
  /** Less export per Hz above the dead band; 0 or absent: nothing is asked there. */
  overWPerHz?: number
  /** More export per Hz below the dead band. */
  underWPerHz?: number
  deadBandHz?: number
  openLoopSeconds?: number
  nominalHz?: number
  /** Of IEEE 1547-2018; the lowest of those that take part. */
  category?: keyof typeof droopRanges
}>

/** W per Hz that can be counted on, above and below nominal. */
export type Stiffness = Readonly<{ overWPerHz: number; underWPerHz: number }>

export type DroopAnswer =
  | (Readonly<{ status: 'feasible'; settings: DroopSettings; members: readonly string[] }> & Stiffness)
  | Readonly<{ status: 'refused'; reason: string; best: Stiffness }>

/** Ranges of IEEE 1547-2018 for dead band (Hz), slope (per unit frequency per unit power) and open-loop time (s). */
const droopRanges = {
  I: { deadBand: [0.017, 1], slope: [0.03, 0.05], openLoop: [1, 10] },
  II: { deadBand: [0.017, 1], slope: [0.03, 0.05], openLoop: [1, 10] },
  III: { deadBand: [0.017, 1], slope: [0.02, 0.05], openLoop: [0.2, 10] },
} as const

/**
 * Droop settings by which the fleet answers with so many W per Hz: one slope for all, so that each answers in the ratio of
 * its rating, with rating / (nominal Hz · slope) per Hz. Where that is too much even at the flattest slope, the most
 * trusted do it alone. Only rating that is trusted and has room counts; from level 3 on nobody is a member.
 */
export function droopFor(request: DroopRequest, fleet: readonly DroopDer[]): DroopAnswer {
  const { deadBandHz = 0.036, openLoopSeconds = 5, category = 'III', nominalHz = 60 } = request
  const { overWPerHz = 0, underWPerHz = 0 } = request
  const { deadBand, slope, openLoop } = droopRanges[category]
  const [stiffest, flattest] = slope
  const asked = { over: overWPerHz * nominalHz, under: underWPerHz * nominalHz }
  const able = fleet.filter(({ trust, ratedW }) => trust.level < 3 && trust.Te > 0 && ratedW > 0).toSorted(mostTrusted)
  const all = countedOf(able)
  const best = perHz(all, { over: stiffest * nominalHz, under: stiffest * nominalHz })
  const reason =
    outside('dead band', deadBandHz, deadBand, 'Hz') ??
    outside('open-loop time', openLoopSeconds, openLoop, 's') ??
    tooMuch(request, best)
  if (reason !== undefined) return { status: 'refused', reason, best }

  const members = able.slice(0, enoughOf(able, { over: asked.over * flattest, under: asked.under * flattest }))
  const counted = countedOf(members)
  const slopeFor = (rated: number, wanted: number) =>
    wanted > 0 ? thousandthsBelow(Math.min(rated / wanted, flattest)) : flattest
  const slopes = { over: slopeFor(counted.over, asked.over), under: slopeFor(counted.under, asked.under) }
  const settings = {
    // what is not asked for is as wide and flat as the standard allows
    dBOF: overWPerHz > 0 ? deadBandHz : deadBand[1],
    dBUF: underWPerHz > 0 ? deadBandHz : deadBand[1],
    kOF: slopes.over,
    kUF: slopes.under,
    openLoopTms: openLoopSeconds,
  }
  const given = perHz(counted, { over: slopes.over * nominalHz, under: slopes.under * nominalHz })
  return { status: 'feasible', settings, members: members.map(({ id }) => id), ...given }
}

type BothSides = Readonly<{ over: number; under: number }>

function mostTrusted(a: DroopDer, b: DroopDer): number {
  return b.trust.Te - a.trust.Te || b.ratedW - a.ratedW
}

/** Rating that can be counted on, W. */
function countedOf(ders: readonly DroopDer[]): BothSides {
  return ders.reduce((sum, der) => ({ over: sum.over + overOf(der), under: sum.under + underOf(der) }), {
    over: 0,
    under: 0,
  })
}

function overOf({ ratedW, trust, nowW, minW }: DroopDer): number {
  return nowW > minW ? trust.Te * ratedW : 0
}

function underOf({ ratedW, trust, nowW, maxW }: DroopDer): number {
  return maxW > nowW ? trust.Te * ratedW : 0
}

function perHz(counted: BothSides, hertz: BothSides): Stiffness {
  return { overWPerHz: counted.over / hertz.over, underWPerHz: counted.under / hertz.under }
}

/** How many of the first it takes to have so much rating on both sides; all when there is less. */
function enoughOf(ders: readonly DroopDer[], rated: BothSides): number {
  let [over, under, count] = [0, 0, 0]
  for (const der of ders) {
    if (over >= rated.over && under >= rated.under) break
    over += overOf(der)
    under += underOf(der)
    count++
  }
  return count
}

/** Devices are told slopes in thousandths: the steeper one gives no less than was asked. */
function thousandthsBelow(slope: number): number {
  return Math.floor(slope * 1000 + 1e-9) / 1000
}

function outside(what: string, value: number, [least, most]: readonly [number, number], unit: string) {
  return value >= least && value <= most ? undefined : `${what} ${value} ${unit} not within ${least} to ${most} ${unit}`
}

function tooMuch({ overWPerHz = 0, underWPerHz = 0 }: DroopRequest, best: Stiffness): string | undefined {
  if (overWPerHz <= 0 && underWPerHz <= 0) return 'no response was asked for'
  if (overWPerHz > best.overWPerHz) return `${Math.floor(best.overWPerHz)} of ${overWPerHz} W/Hz above nominal`
  if (underWPerHz > best.underWPerHz) return `${Math.floor(best.underWPerHz)} of ${underWPerHz} W/Hz below nominal`
  return undefined
}
