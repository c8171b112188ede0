import type { Mode } from './modes.ts'
import type { DeviceSetpoint, EnterService } from './setpoint.ts'

/** One controllable thing behind a DCM, real or emulated. */
export type Device = AsyncDisposable &
  Readonly<{
    capability: Capability
    settings: Settings
    /** What the device does now; rejects with a DeviceError when it does not answer. */
    status(): Promise<DeviceStatus>
    /** Replaces the whole set point; a refused one changes nothing. */
    apply(setpoint: DeviceSetpoint): Promise<ApplyResult>
  }>

export type DeviceKind = 'pv' | 'storage' | 'pv-storage' | 'ev' | 'evse' | 'load' | 'generator'

/** Nameplate in SI units; an absent rating is unknown or does not apply. */
export type Ratings = Readonly<{
  maxW: number
  maxVA?: number
  maxVar?: number
  /** Most var absorbed, a magnitude. */
  maxVarNeg?: number
  maxChargeRateW?: number
  maxChargeRateVA?: number
  maxDischargeRateW?: number
  maxDischargeRateVA?: number
  maxWh?: number
  maxA?: number
  minV?: number
  maxV?: number
  vNom?: number
  minPFOverExcited?: number
  minPFUnderExcited?: number
}>

export type Capability = Readonly<{
  kind: DeviceKind
  /** Only what the device can really do. */
  modes: readonly Mode[]
  ratings: Ratings
  /** IEEE 1547 performance categories. */
  normalCategory?: 'A' | 'B'
  abnormalCategory?: 'I' | 'II' | 'III'
  /** The operating points at most var injected and absorbed. */
  overExcited?: OperatingPoint
  underExcited?: OperatingPoint
  /** Siemens that remain at the terminals while the device ceases to energize. */
  susceptance?: number
  /** What it says of itself. */
  identity?: Identity
}>

export type Identity = Readonly<{ manufacturer: string; model: string; version: string; serial: string }>

type OperatingPoint = Readonly<{ watts: number; pf: number }>

/** The adjustable copy of the ratings that percentages refer to. */
export type Settings = Ratings &
  Readonly<{
    modesEnabled: readonly Mode[]
    /** Fraction of maxW per second; 0 is no limit. */
    gradient: number
    softGradient?: number
    vRef?: number
    vRefOfs?: number
    enterService?: EnterService
    /** When they were last changed, seconds since 1970. */
    updatedAt: number
  }>

export type Alarm =
  | 'overCurrent'
  | 'overVoltage'
  | 'underVoltage'
  | 'overFrequency'
  | 'underFrequency'
  | 'voltageImbalance'
  | 'currentImbalance'
  | 'localEmergency'
  | 'remoteEmergency'
  | 'lowInputPower'
  | 'phaseRotation'

export type InverterState =
  | 'off'
  | 'sleeping'
  | 'starting'
  | 'tracking'
  | 'derated'
  | 'shuttingDown'
  | 'fault'
  | 'standby'
  | 'test'

export type DeviceStatus = Readonly<{
  /** When this was true, seconds since 1970. */
  at: number
  /** Positive delivers, negative receives. */
  watts: number
  vars: number
  volts: number
  hertz: number
  connected: boolean
  /** Ready to run when asked to. */
  available: boolean
  operating: boolean
  inverter: InverterState
  mode: 'off' | 'operational' | 'test'
  alarms: readonly Alarm[]
  /** Energy since the device was made, never falling: what a meter would show. */
  deliveredWh: number
  receivedWh: number
  /** What could be delivered now; a load gives what it could drop. */
  availableW?: number
  availableVar?: number
  /** The smallest cap on active power in force, in watts. */
  limitW?: number
  storage?: StorageStatus
  /** The vehicle that is plugged in, and what its driver wants. */
  vehicle?: VehicleStatus
  /** Its user has taken it out of our hands. */
  localControl?: boolean
  /** At most six characters in the maker's own words. */
  manufacturerStatus?: string
}>

export type StorageStatus = Readonly<{
  /** State of charge, 0 to 1. */
  soc: number
  mode: 'charging' | 'discharging' | 'holding'
  /** Seconds at full power until empty, until full. */
  dischargeSeconds: number
  chargeSeconds: number
}>

export type VehicleStatus = Readonly<{
  /** State of charge that it shall leave with, 0 to 1. */
  targetSoc: number
  /** What has to flow for that, at the charger. */
  wantedWh: number
  departsInSeconds: number
}>

export type ApplyResult = Readonly<{ kind: 'accepted' } | { kind: 'refused'; fields: readonly Mode[]; reason: string }>

export type DeviceErrorCode = 'unreachable' | 'faulty'

/** A device that does not answer, or answers what cannot be. */
export class DeviceError extends Error {
  override readonly name = 'DeviceError'
  readonly code: DeviceErrorCode
  constructor(code: DeviceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
