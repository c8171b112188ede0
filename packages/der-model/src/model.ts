import { assign, withoutCurve } from './assign.ts'
import { type Limits, limitsOf } from './capability.ts'
import { type Curve, curveOf } from './curve.ts'
import type { DerSettings, Points } from './settings.ts'
import { type TripPoints, tripPointsOf } from './trip.ts'

/** Settings and what follows from them; a change makes a new one. */
export type DerModel = Readonly<{
  settings: DerSettings
  first: DerSettings
  random: () => number
  limits: Limits
  trips: TripPoints
  curves: Curves
}>

/** The curves of any number of points that the settings give. */
type Curves = Readonly<Record<'voltVar' | 'voltWatt' | 'wattVar' | 'charge' | 'discharge', Curve | undefined>>

export function createModel(settings: DerSettings, random: () => number = () => 0.5): DerModel {
  const first = capabilityOf(settings)
  return build(first, first, random)
}

// R15: the reference begins every battery with its flat curve, whatever the settings say
function capabilityOf(settings: DerSettings): DerSettings {
  if (settings.KIND !== 'BESS' || settings.strict1547) return settings
  return { ...withoutCurve(settings), NP_Q_CAPABILITY_LOW_P: 'SAME' }
}

/** The model with some settings changed; they apply from the next step on. */
export function withSettings(model: DerModel, changes: Partial<DerSettings>): DerModel {
  return build(assign(model.settings, changes), model.first, model.random)
}

function build(settings: DerSettings, first: DerSettings, random: () => number): DerModel {
  const bySoc = settings.NP_BESS_P_MAX_BY_SOC
  return {
    settings,
    first,
    random,
    limits: limitsOf(settings, first),
    trips: tripPointsOf(settings),
    curves: {
      voltVar: ofPoints(settings.QV_CURVE),
      voltWatt: ofPoints(settings.PV_CURVE),
      wattVar: ofPoints(settings.QP_CURVE),
      charge: bySoc && curveOf(bySoc.SOC_P_CHARGE_MAX, bySoc.P_CHARGE_MAX_PU),
      discharge: bySoc && curveOf(bySoc.SOC_P_DISCHARGE_MAX, bySoc.P_DISCHARGE_MAX_PU),
    },
  }
}

function ofPoints(points: Points | undefined): Curve | undefined {
  return points && curveOf(points.x, points.y)
}
