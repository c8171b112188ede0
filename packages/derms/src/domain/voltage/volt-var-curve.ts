import type { NewCurve } from '@gridloom/contracts'

/** The band that voltage is to be held in, and how hard. Volts are % of nominal, vars % of what a DER has (setMaxVar). */
export type VoltVarRequest = Readonly<{
  /** Below it all of the strength is injected, above the other one absorbed. */
  lowPercent: number
  highPercent: number
  /** Around the reference, in which nothing is done; a third of the band when absent. */
  deadBandPercent?: number
  strengthPercent?: number
  /** Middle of the dead band. */
  vRefPercent?: number
  openLoopSeconds?: number
}>

export type VoltVarAnswer =
  | Readonly<{ status: 'feasible'; curve: NewCurve }>
  | Readonly<{ status: 'refused'; reason: string; best: NewCurve }>

/** V1 to V4 and what is done at them. */
type Corners = Readonly<{ V1: number; V2: number; V3: number; V4: number; strength: number; openLoop: number }>

/**
 * A volt-var curve as the GSP takes it, from a band and a strength, within the ranges that IEEE 1547-2018 gives DERs of
 * category B; what lies beyond them is refused with the nearest curve that does not.
 */
export function voltVarCurve(request: VoltVarRequest): VoltVarAnswer {
  const reference = request.vRefPercent ?? 100
  const wanted = cornersOf(request, reference)
  const vRef = within(reference, 95, 105)
  const allowed = allowedOf(reference === vRef ? wanted : cornersOf(request, vRef), vRef)
  const best = curveOf(allowed)
  const names = [...(vRef === reference ? [] : [`vRef ${rounded(reference)}`]), ...differing(wanted, allowed)]
  if (names.length === 0) return { status: 'feasible', curve: best }
  return { status: 'refused', reason: `beyond category B of IEEE 1547: ${names.join(', ')}`, best }
}

function cornersOf(request: VoltVarRequest, vRef: number): Corners {
  const { lowPercent, highPercent, strengthPercent = 100, openLoopSeconds = 5 } = request
  const half = (request.deadBandPercent ?? (highPercent - lowPercent) / 3) / 2
  return {
    V1: lowPercent,
    V2: vRef - half,
    V3: vRef + half,
    V4: highPercent,
    strength: strengthPercent,
    openLoop: openLoopSeconds,
  }
}

/** Table 8 of IEEE 1547-2018, category B, in % of nominal and of reactive capability. */
function allowedOf({ V1, V2, V3, V4, strength, openLoop }: Corners, vRef: number): Corners {
  const second = within(V2, vRef - 3, vRef)
  const third = within(V3, vRef, vRef + 3)
  return {
    V1: within(V1, vRef - 18, second - 2),
    V2: second,
    V3: third,
    V4: within(V4, third + 2, vRef + 18),
    strength: within(strength, 0, 100),
    openLoop: within(openLoop, 1, 90),
  }
}

function within(value: number, least: number, most: number): number {
  // of the two roundings of a binary fraction none is beyond a bound
  const isAtBound = Math.abs(value - least) < 1e-9 || Math.abs(value - most) < 1e-9
  return isAtBound ? value : Math.min(Math.max(value, least), most)
}

function differing(wanted: Corners, allowed: Corners): string[] {
  const names = ['V1', 'V2', 'V3', 'V4', 'strength', 'openLoop'] as const
  return names.filter((name) => wanted[name] !== allowed[name]).map((name) => `${name} ${rounded(wanted[name])}`)
}

// without vRef: that would stretch points which already lie around the reference
function curveOf({ V1, V2, V3, V4, strength, openLoop }: Corners): NewCurve {
  return {
    curveType: 'opModVoltVar',
    points: [
      { x: rounded(V1), y: rounded(strength) },
      { x: rounded(V2), y: 0 },
      { x: rounded(V3), y: 0 },
      { x: rounded(V4), y: -rounded(strength) },
    ],
    yRefType: percentOfSetMaxVar,
    openLoopTms: openLoop,
  }
}

/** DERUnitRefType. */
const percentOfSetMaxVar = 2

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
