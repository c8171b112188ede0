import type { Settings } from '../../device.ts'
import {
  basicSettings,
  extendedStatus,
  immediateControls,
  inverters,
  nameplate,
  storageControls,
} from '../models/legacy.ts'
import { wattExponent } from './der-contents.ts'
import { exponentFor } from './exponent.ts'
import type { Content, Values } from './image.ts'

/** Models 101 and 120 to 124 of a PV or a battery, before anything was written to it. */
export function legacyContents(settings: Settings, isBattery: boolean): Content[] {
  const [singlePhase] = inverters
  if (!singlePhase) return []
  return [
    { model: singlePhase, values: measured(settings) },
    { model: nameplate, values: rated(settings, isBattery) },
    { model: basicSettings, values: set(settings) },
    { model: extendedStatus, values: status(settings, isBattery) },
    { model: immediateControls, values: controls },
    ...(isBattery ? [{ model: storageControls, values: battery(settings) }] : []),
  ]
}

function measured(settings: Settings): Values<string> {
  const exponent = wattExponent(settings)
  const scales = {
    A_SF: -1,
    V_SF: -1,
    W_SF: exponent,
    Hz_SF: -2,
    VA_SF: exponent,
    VAr_SF: exponent,
    PF_SF: -2,
    WH_SF: 0,
  }
  return { ...scales, Tmp_SF: -1, TmpCab: 25, St: 2, Evt1: 0, Evt2: 0 }
}

function rated(settings: Settings, isBattery: boolean): Values<string> {
  const exponent = wattExponent(settings)
  const {
    maxW,
    maxVA = maxW,
    maxVar = 0,
    maxVarNeg = 0,
    maxA = 0,
    maxChargeRateW,
    maxDischargeRateW,
    maxWh = 0,
  } = settings
  const scales = { WRtg_SF: exponent, VARtg_SF: exponent, VArRtg_SF: exponent, ARtg_SF: -1, PFRtg_SF: -2 }
  return {
    ...scales,
    DERTyp: isBattery ? 82 : 4,
    WRtg: maxW,
    VARtg: maxVA,
    ...quadrants('VArRtg', maxVar, -maxVarNeg),
    ARtg: maxA,
    ...quadrants('PFRtg', -(settings.minPFOverExcited ?? 1), settings.minPFUnderExcited ?? 1),
    ...(isBattery && {
      WHRtg_SF: exponentFor(2 * maxWh),
      MaxChaRte_SF: exponent,
      MaxDisChaRte_SF: exponent,
      WHRtg: maxWh,
      MaxChaRte: maxChargeRateW ?? maxW,
      MaxDisChaRte: maxDischargeRateW ?? maxW,
    }),
  }
}

function set(settings: Settings): Values<string> {
  const exponent = wattExponent(settings)
  const { maxW, maxVA = maxW, maxVar = 0, maxVarNeg = 0, vNom = 240, minV = 0, maxV = 0 } = settings
  const powers = { WMax_SF: exponent, VAMax_SF: exponent, VArMax_SF: exponent, WGra_SF: 0, PFMin_SF: -2 }
  return {
    ...powers,
    VRef_SF: -1,
    VRefOfs_SF: -1,
    VMinMax_SF: -1,
    WMax: maxW,
    VRef: vNom,
    VRefOfs: 0,
    VMax: maxV,
    VMin: minV,
    VAMax: maxVA,
    ...quadrants('VArMax', maxVar, -maxVarNeg),
    WGra: 100 * settings.gradient,
    ...quadrants('PFMin', -(settings.minPFOverExcited ?? 1), settings.minPFUnderExcited ?? 1),
  }
}

/** Quadrants 1 and 4 deliver, 2 and 3 receive. */
function quadrants(name: string, injecting: number, absorbing: number): Values<string> {
  return {
    [`${name}Q1`]: injecting,
    [`${name}Q2`]: name.startsWith('PF') ? -injecting : injecting,
    [`${name}Q3`]: name.startsWith('PF') ? -absorbing : absorbing,
    [`${name}Q4`]: absorbing,
  }
}

function status(settings: Settings, isBattery: boolean): Values<string> {
  const exponent = wattExponent(settings)
  const scales = { VArAval_SF: exponent, WAval_SF: exponent }
  return {
    ...scales,
    PVConn: isBattery ? 0 : 7,
    StorConn: isBattery ? 7 : 0,
    ECPConn: 1,
    ActWh: 0,
    VArAval: 0,
    WAval: 0,
  }
}

const controls: Values<string> = {
  WMaxLimPct_SF: -2,
  OutPFSet_SF: -3,
  VArPct_SF: -2,
  Conn_WinTms: 0,
  Conn_RvrtTms: 0,
  Conn: 1,
  ...timing('WMaxLimPct'),
  WMaxLimPct: 100,
  WMaxLim_Ena: 0,
  ...timing('OutPFSet'),
  OutPFSet: 1,
  OutPFSet_Ena: 0,
  ...timing('VArPct'),
  VArWMaxPct: 0,
  VArMaxPct: 0,
  VArAvalPct: 0,
  VArPct_Mod: 0,
  VArPct_Ena: 0,
}

function timing(name: string): Values<string> {
  return { [`${name}_WinTms`]: 0, [`${name}_RvrtTms`]: 0, [`${name}_RmpTms`]: 0 }
}

function battery(settings: Settings): Values<string> {
  const scales = { WChaMax_SF: wattExponent(settings), WChaDisChaGra_SF: 0, ChaState_SF: -1, InOutWRte_SF: -2 }
  const rates = { WChaMax: settings.maxChargeRateW ?? settings.maxW, WChaGra: 100, WDisChaGra: 100 }
  const content = { StorCtl_Mod: 0, ChaState: 0, ChaSt: 6, OutWRte: 100, InWRte: 100, ChaGriSet: 1 }
  return { ...scales, ...rates, ...content, ...timing('InOutWRte') }
}
