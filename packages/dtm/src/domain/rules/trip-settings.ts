import { derCurveType } from '@gridloom/sep2030'
import type { CurveFact } from '../world/control-facts.ts'
import { nothing, type Rule } from './rule.ts'
import { fired } from './rule-finding.ts'

type Range = Readonly<{ least: number; most: number }>

/** IEEE 1547-2018, tables 11 to 13 and 18: where a device must trip, widest over the categories; percent of nominal, hertz. */
const mustTrip: Readonly<Record<number, Range>> = {
  [derCurveType.opModHVRTMustTrip]: { least: 110, most: 120 },
  [derCurveType.opModLVRTMustTrip]: { least: 0, most: 88 },
  [derCurveType.opModHFRTMustTrip]: { least: 61, most: 66 },
  [derCurveType.opModLFRTMustTrip]: { least: 50, most: 59 },
}

/** The shortest clearing time of any trip, in seconds. */
const leastSeconds = 0.16

/** PH-15: trip settings outside of what IEEE 1547 allows: it would trip too soon, too late or never. */
export function tripsAsAllowed({ nominalHertz = 60 } = {}): Rule {
  return ({ facts: { curves }, from, gsp, observation: { kind, method } }) => {
    const isSent = from.id === gsp || (kind === 'request' && method !== 'GET')
    if (!curves || !isSent) return nothing
    const odd = curves.find((curve) => isOutside(curve, nominalHertz))
    if (!odd) return nothing
    return [fired('PH-15', from.id === gsp ? 'critical' : 'major', { evidence: { curveType: odd.type } })]
  }
}

function isOutside({ type, points }: CurveFact, nominalHertz: number): boolean {
  const range = mustTrip[type]
  if (!range) return false
  const isFrequency = type === derCurveType.opModHFRTMustTrip || type === derCurveType.opModLFRTMustTrip
  const shift = isFrequency ? nominalHertz - 60 : 0
  return points.some(({ x, y }) => y < range.least + shift || y > range.most + shift || (x > 0 && x < leastSeconds))
}
