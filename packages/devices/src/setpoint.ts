import type { CurveMode } from './modes.ts'

/**
 * What a device shall do from now on: the fields of a DERControlBase in SI units. An absent field is released.
 *
 * Percentages stay fractions (1 is 100 %) of their base: the device knows its settings, and its available var from one second
 * to the next, so it resolves the base itself. Powers have the generator's sign: positive delivers, negative receives.
 */
export type DeviceSetpoint = Readonly<
  Partial<Record<CurveMode, Curve>> & {
    /** false opens a galvanic break. */
    opModConnect?: boolean
    /** false stops the power flow; the contactor may stay closed. */
    opModEnergize?: boolean
    /** Cap on active power, as a fraction of setMaxW; a load reads it as a cap on what it draws. */
    opModMaxLimW?: number
    /** Fraction of setMaxDischargeRateW (else setMaxW) above zero, of setMaxChargeRateW below. */
    opModFixedW?: number
    /** Watts. */
    opModTargetW?: number
    /** Vars, positive injects. */
    opModTargetVar?: number
    opModFixedVar?: FixedVarSetpoint
    opModFixedPFInjectW?: PowerFactorSetpoint
    opModFixedPFAbsorbW?: PowerFactorSetpoint
    opModFreqDroop?: FreqDroop
    /** CSIP-AUS: most watts out of, into the connection point; without a site meter the device bounds itself. */
    opModExpLimW?: number
    opModImpLimW?: number
    /** CSIP-AUS: most watts generated, drawn by the device itself. */
    opModGenLimW?: number
    opModLoadLimW?: number
    /** CSIP-AUS 1.3: watts of the storage, positive discharges. */
    opModStorageTargetW?: number
    /** Time from the old to the new set point; absent: `gradient` holds. */
    rampSeconds?: number
    /** Fastest change of active power as a fraction of setMaxW per second (setGradW, setSoftGradW); 0 is no limit. */
    gradient?: number
    softGradient?: number
    enterService?: EnterService
    /** The power and energy that a flow reservation grants right now. */
    grant?: Grant
  }
>

/** A fraction of setMaxW, setMaxVar or of the var available at the moment, positive injects. */
export type FixedVarSetpoint = Readonly<{ fraction: number; of: 'maxW' | 'maxVar' | 'availableVar' }>

/** cos φ in (0, 1]; under-excited absorbs var, over-excited injects it. */
export type PowerFactorSetpoint = Readonly<{ displacement: number; underExcited: boolean }>

/** Dead bands in Hz, slopes in per unit of frequency per per unit of power. */
export type FreqDroop = Readonly<{
  overHz: number
  underHz: number
  overSlope: number
  underSlope: number
  openLoopSeconds: number
}>

/** A curve with its multipliers applied: voltages and powers are fractions, frequencies Hz, times seconds, power factors as they are. */
export type Curve = Readonly<{
  points: readonly CurvePoint[]
  /** What y is a fraction of; 'none' where y has its own unit. */
  of:
    | 'none'
    | 'maxW'
    | 'maxVar'
    | 'availableVar'
    | 'effectiveVolts'
    | 'maxChargeRateW'
    | 'maxDischargeRateW'
    | 'availableW'
  openLoopSeconds?: number
  /** Reference voltage of a volt-var curve as a fraction of setVRef. */
  vRef?: number
  /** Time constant of the autonomous reference; absent: the reference stands still. */
  autonomousVRefSeconds?: number
}>

export type CurvePoint = Readonly<{ x: number; y: number; underExcited?: boolean }>

/** The criteria to enter service (IEEE 1547 clause 4.10); an absent one keeps the device's setting. */
export type EnterService = Readonly<{
  lowVolts?: number
  highVolts?: number
  lowHertz?: number
  highHertz?: number
  delaySeconds?: number
  randomDelaySeconds?: number
  rampSeconds?: number
}>

/**
 * Charge at no more than `watts` until `wattHours` have flowed since the grant `id` was first seen, then hold.
 * As in a flow reservation, energy below zero discharges: the opposite of the generator's sign.
 */
export type Grant = Readonly<{ id: string; watts: number; wattHours: number }>
