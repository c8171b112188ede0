import { each, group, model, r, rw, text } from './layout.ts'

const energies = ['TotWhInj', 'TotWhAbs'] as const
const reactiveEnergies = ['TotVarhInj', 'TotVarhAbs'] as const

export const measurement = model(701, {
  ...each(['ACType', 'St', 'InvSt', 'ConnSt'], r('enum16')),
  ...each(['Alrm', 'DERMode'], r('bitfield32')),
  W: r('int16', 'W_SF'),
  VA: r('int16', 'VA_SF'),
  Var: r('int16', 'Var_SF'),
  PF: r('int16', 'PF_SF'),
  A: r('int16', 'A_SF'),
  ...each(['LLV', 'LNV'], r('uint16', 'V_SF')),
  Hz: r('uint32', 'Hz_SF'),
  ...each(energies, r('uint64', 'TotWh_SF')),
  ...each(reactiveEnergies, r('uint64', 'TotVarh_SF')),
  ...each(['TmpAmb', 'TmpCab', 'TmpSnk', 'TmpTrns', 'TmpSw', 'TmpOt'], r('int16', 'Tmp_SF')),
  ...phase('L1', 'VL1L2'),
  ...phase('L2', 'VL2L3'),
  ...phase('L3', 'VL3L1'),
  ThrotPct: r('uint16'),
  ThrotSrc: r('bitfield32'),
  ...each(
    ['A_SF', 'V_SF', 'Hz_SF', 'W_SF', 'PF_SF', 'VA_SF', 'Var_SF', 'TotWh_SF', 'TotVarh_SF', 'Tmp_SF'],
    r('sunssf'),
  ),
  MnAlrmInfo: text(32),
})

function phase<Line extends 'L1' | 'L2' | 'L3', Between extends string>(line: Line, between: Between) {
  const own = <const Name extends string>(name: Name): `${Name}${Line}` => `${name}${line}`
  return {
    ...each([own('W')], r('int16', 'W_SF')),
    ...each([own('VA')], r('int16', 'VA_SF')),
    ...each([own('Var')], r('int16', 'Var_SF')),
    ...each([own('PF')], r('int16', 'PF_SF')),
    ...each([own('A')], r('int16', 'A_SF')),
    ...each([between, own('V')], r('uint16', 'V_SF')),
    ...each(energies.map(own), r('uint64', 'TotWh_SF')),
    ...each(reactiveEnergies.map(own), r('uint64', 'TotVarh_SF')),
  }
}

export const capacity = model(702, {
  WMaxRtg: r('uint16', 'W_SF'),
  WOvrExtRtg: r('uint16', 'W_SF'),
  WOvrExtRtgPF: r('uint16', 'PF_SF'),
  WUndExtRtg: r('uint16', 'W_SF'),
  WUndExtRtgPF: r('uint16', 'PF_SF'),
  VAMaxRtg: r('uint16', 'VA_SF'),
  ...each(['VarMaxInjRtg', 'VarMaxAbsRtg'], r('uint16', 'Var_SF')),
  ...each(['WChaRteMaxRtg', 'WDisChaRteMaxRtg'], r('uint16', 'W_SF')),
  ...each(['VAChaRteMaxRtg', 'VADisChaRteMaxRtg'], r('uint16', 'VA_SF')),
  ...each(['VNomRtg', 'VMaxRtg', 'VMinRtg'], r('uint16', 'V_SF')),
  AMaxRtg: r('uint16', 'A_SF'),
  ...each(['PFOvrExtRtg', 'PFUndExtRtg'], r('uint16', 'PF_SF')),
  ReactSusceptRtg: r('uint16', 'S_SF'),
  ...each(['NorOpCatRtg', 'AbnOpCatRtg'], r('enum16')),
  CtrlModes: r('bitfield32'),
  IntIslandCatRtg: r('bitfield16'),
  WMax: rw('uint16', 'W_SF'),
  WMaxOvrExt: rw('uint16', 'W_SF'),
  WOvrExtPF: rw('uint16', 'PF_SF'),
  WMaxUndExt: rw('uint16', 'W_SF'),
  WUndExtPF: rw('uint16', 'PF_SF'),
  VAMax: rw('uint16', 'VA_SF'),
  ...each(['VarMaxInj', 'VarMaxAbs'], rw('uint16', 'Var_SF')),
  ...each(['WChaRteMax', 'WDisChaRteMax'], rw('uint16', 'W_SF')),
  ...each(['VAChaRteMax', 'VADisChaRteMax'], rw('uint16', 'VA_SF')),
  ...each(['VNom', 'VMax', 'VMin'], rw('uint16', 'V_SF')),
  AMax: rw('uint16', 'A_SF'),
  ...each(['PFOvrExt', 'PFUndExt'], rw('uint16', 'PF_SF')),
  IntIslandCat: rw('bitfield16'),
  ...each(['W_SF', 'PF_SF', 'VA_SF', 'Var_SF', 'V_SF', 'A_SF', 'S_SF'], r('sunssf')),
})

export const enterService = model(703, {
  ES: rw('enum16'),
  ...each(['ESVHi', 'ESVLo'], rw('uint16', 'V_SF')),
  ...each(['ESHzHi', 'ESHzLo'], rw('uint32', 'Hz_SF')),
  ...each(['ESDlyTms', 'ESRndTms', 'ESRmpTms'], rw('uint32')),
  ESDlyRemTms: r('uint32'),
  ...each(['V_SF', 'Hz_SF'], r('sunssf')),
})

export const acControls = model(704, {
  ...each(['PFWInjEna', 'PFWInjEnaRvrt'], rw('enum16')),
  PFWInjRvrtTms: rw('uint32'),
  PFWInjRvrtRem: r('uint32'),
  ...each(['PFWAbsEna', 'PFWAbsEnaRvrt'], rw('enum16')),
  PFWAbsRvrtTms: rw('uint32'),
  PFWAbsRvrtRem: r('uint32'),
  WMaxLimPctEna: rw('enum16'),
  ...each(['WMaxLimPct', 'WMaxLimPctRvrt'], rw('uint16', 'WMaxLimPct_SF')),
  WMaxLimPctEnaRvrt: rw('enum16'),
  WMaxLimPctRvrtTms: rw('uint32'),
  WMaxLimPctRvrtRem: r('uint32'),
  ...each(['WSetEna', 'WSetMod'], rw('enum16')),
  ...each(['WSet', 'WSetRvrt'], rw('int32', 'WSet_SF')),
  ...each(['WSetPct', 'WSetPctRvrt'], rw('int16', 'WSetPct_SF')),
  WSetEnaRvrt: rw('enum16'),
  WSetRvrtTms: rw('uint32'),
  WSetRvrtRem: r('uint32'),
  ...each(['VarSetEna', 'VarSetMod', 'VarSetPri'], rw('enum16')),
  ...each(['VarSet', 'VarSetRvrt'], rw('int32', 'VarSet_SF')),
  ...each(['VarSetPct', 'VarSetPctRvrt'], rw('int16', 'VarSetPct_SF')),
  VarSetEnaRvrt: rw('enum16'),
  VarSetRvrtTms: rw('uint32'),
  VarSetRvrtRem: r('uint32'),
  WRmp: rw('uint16'),
  WRmpRef: rw('enum16'),
  VarRmp: rw('uint16'),
  AntiIslEna: rw('enum16'),
  ...each(['PF_SF', 'WMaxLimPct_SF', 'WSet_SF', 'WSetPct_SF', 'VarSet_SF', 'VarSetPct_SF'], r('sunssf')),
  ...powerFactor('PFWInj'),
  ...powerFactor('PFWInjRvrt'),
  ...powerFactor('PFWAbs'),
  ...powerFactor('PFWAbsRvrt'),
})

/** The points PF and Ext of a group of the model, which have no names of their own. */
function powerFactor<Name extends string>(name: Name) {
  return { ...each([`${name}.PF` as const], rw('uint16', 'PF_SF')), ...each([`${name}.Ext` as const], rw('enum16')) }
}

export const storage = model(713, {
  ...each(['WHRtg', 'WHAvail'], r('uint16', 'WH_SF')),
  ...each(['SoC', 'SoH'], r('uint16', 'Pct_SF')),
  Sta: r('enum16'),
  ...each(['WH_SF', 'Pct_SF'], r('sunssf')),
})

export const directCurrent = model(714, {
  PrtAlrms: r('bitfield32'),
  NPrt: r('uint16'),
  DCA: r('int16', 'DCA_SF'),
  DCW: r('int16', 'DCW_SF'),
  ...each(['DCWhInj', 'DCWhAbs'], r('uint64', 'DCWH_SF')),
  ...each(['DCA_SF', 'DCV_SF', 'DCW_SF', 'DCWH_SF', 'Tmp_SF'], r('sunssf')),
})

/** One of the NPrt ports that follow the fixed part of model 714. */
export const port = group({
  PrtTyp: r('enum16'),
  ID: r('uint16'),
  IDStr: text(8),
  DCA: r('int16', 'DCA_SF'),
  DCV: r('uint16', 'DCV_SF'),
  DCW: r('int16', 'DCW_SF'),
  ...each(['DCWhInj', 'DCWhAbs'], r('uint64', 'DCWH_SF')),
  Tmp: r('int16', 'Tmp_SF'),
  DCSta: r('enum16'),
  DCAlrm: r('bitfield32'),
})
