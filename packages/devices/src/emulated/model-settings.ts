import type { DerSettings, Points } from '@gridloom/der-model'
import type { Settings } from '../device.ts'
import type {
  Curve,
  DeviceSetpoint,
  EnterService,
  FixedVarSetpoint,
  FreqDroop,
  PowerFactorSetpoint,
} from '../setpoint.ts'
import { tripSettings } from './trip-settings.ts'
import { voltsPerUnit } from './volts-per-unit.ts'

/** What the device does at the moment that a set point is translated. */
export type Present = Readonly<{ charging: boolean; availableVar: number; availableW: number }>

/** The settings of the IEEE 1547 model that a set point changes; power limits and demand are the plant's (der-model.md section 13). */
export function modelSettings(setpoint: DeviceSetpoint, settings: Settings, present: Present): Partial<DerSettings> {
  return {
    ES_PERMIT_SERVICE: setpoint.opModConnect !== false && setpoint.opModEnergize !== false,
    ...(setpoint.rampSeconds && { NP_MODE_TRANSITION_TIME: setpoint.rampSeconds }),
    ...(setpoint.enterService && enterService(setpoint.enterService)),
    ...(setpoint.opModFreqDroop && freqDroop(setpoint.opModFreqDroop)),
    ...(setpoint.opModVoltWatt && voltWatt(setpoint.opModVoltWatt, settings, present)),
    ...reactive(setpoint, settings, present),
    ...tripSettings(setpoint, settings),
  }
}

export function enterService(criteria: EnterService): Partial<DerSettings> {
  return {
    ...(criteria.lowVolts !== undefined && { ES_V_LOW: criteria.lowVolts }),
    ...(criteria.highVolts !== undefined && { ES_V_HIGH: criteria.highVolts }),
    ...(criteria.lowHertz !== undefined && { ES_F_LOW: criteria.lowHertz }),
    ...(criteria.highHertz !== undefined && { ES_F_HIGH: criteria.highHertz }),
    ...(criteria.delaySeconds !== undefined && { ES_DELAY: criteria.delaySeconds }),
    ...(criteria.randomDelaySeconds !== undefined && { ES_RANDOMIZED_DELAY: criteria.randomDelaySeconds }),
    ...(criteria.rampSeconds !== undefined && { ES_RAMP_RATE: criteria.rampSeconds }),
  }
}

function freqDroop({ overHz, underHz, overSlope, underSlope, openLoopSeconds }: FreqDroop): Partial<DerSettings> {
  return { PF_DBOF: overHz, PF_DBUF: underHz, PF_KOF: overSlope, PF_KUF: underSlope, PF_OLRT: openLoopSeconds }
}

function voltWatt(curve: Curve, settings: Settings, { availableW }: Present): Partial<DerSettings> {
  const base = curve.of === 'availableW' ? availableW : settings.maxW
  const PV_CURVE = points(curve, voltsPerUnit(curve, settings), (y) => (y * base) / settings.maxW)
  return {
    PV_MODE_ENABLE: true,
    PV_CURVE,
    ...(curve.openLoopSeconds !== undefined && { PV_OLRT: curve.openLoopSeconds }),
  }
}

/** One reactive function at a time, in the model's own order of priority. */
function reactive(setpoint: DeviceSetpoint, settings: Settings, present: Present): Partial<DerSettings> {
  const pf = present.charging ? setpoint.opModFixedPFAbsorbW : setpoint.opModFixedPFInjectW
  if (pf) return constantPf(pf, present.charging)
  if (setpoint.opModVoltVar) return voltVar(setpoint.opModVoltVar, settings, present)
  if (setpoint.opModWattVar) return wattVar(setpoint.opModWattVar, settings, present)
  const vars = setpoint.opModTargetVar ?? fixedVars(setpoint.opModFixedVar, settings, present)
  return vars === undefined ? {} : { CONST_Q_MODE_ENABLE: true, CONST_Q: vars / ratedVA(settings) }
}

// the model multiplies by the sign of P: what injects while generating absorbs while charging
function constantPf({ displacement, underExcited }: PowerFactorSetpoint, charging: boolean): Partial<DerSettings> {
  const excitation = underExcited === charging ? 'INJ' : 'ABS'
  return { CONST_PF_MODE_ENABLE: true, CONST_PF: displacement, CONST_PF_EXCITATION: excitation }
}

function voltVar(curve: Curve, settings: Settings, present: Present): Partial<DerSettings> {
  return {
    QV_MODE_ENABLE: true,
    QV_CURVE: points(curve, voltsPerUnit(curve, settings), (y) => varsPerUnit(y, curve.of, settings, present)),
    ...(curve.openLoopSeconds !== undefined && { QV_OLRT: curve.openLoopSeconds }),
    ...(curve.autonomousVRefSeconds !== undefined && {
      QV_VREF_AUTO_MODE: true,
      QV_VREF_TIME: curve.autonomousVRefSeconds,
    }),
  }
}

function wattVar(curve: Curve, settings: Settings, present: Present): Partial<DerSettings> {
  return {
    QP_MODE_ENABLE: true,
    QP_CURVE: points(
      curve,
      (x) => x,
      (y) => varsPerUnit(y, curve.of, settings, present),
    ),
    ...(curve.openLoopSeconds !== undefined && { QP_RT: curve.openLoopSeconds }),
  }
}

function fixedVars(fixed: FixedVarSetpoint | undefined, settings: Settings, present: Present): number | undefined {
  return fixed && varsPerUnit(fixed.fraction, fixed.of, settings, present) * ratedVA(settings)
}

function varsPerUnit(y: number, of: Curve['of'], settings: Settings, { availableVar }: Present): number {
  const rated = (y < 0 ? settings.maxVarNeg : settings.maxVar) ?? 0
  const base = of === 'maxW' ? settings.maxW : of === 'availableVar' ? availableVar : rated
  return (y * base) / ratedVA(settings)
}

function points(curve: Curve, x: (x: number) => number, y: (y: number) => number): Points {
  const sorted = curve.points.toSorted((a, b) => a.x - b.x)
  return { x: sorted.map((point) => x(point.x)), y: sorted.map((point) => y(point.y)) }
}

function ratedVA({ maxVA, maxW }: Settings): number {
  return maxVA ?? maxW
}
