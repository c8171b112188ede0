import type { Settings } from '../../device.ts'
import type { Layout } from '../models/layout.ts'
import { freqDroop, type TripModel, tripRegions, trips, voltVar, voltWatt, wattVar } from '../models/curves.ts'
import { acControls, capacity, directCurrent, enterService, measurement, port, storage } from '../models/der.ts'
import { group, rw, r } from '../models/layout.ts'
import { exponentFor } from './exponent.ts'
import type { Content, Part, Values } from './image.ts'

const room = 8
const curves = 3
const percents = -2

/** Models 701 to 714 of a PV or a battery, before anything was written to it. */
export function derContents(settings: Settings, isBattery: boolean): Content[] {
  return [
    { model: measurement, values: measured(settings) },
    { model: capacity, values: capacities(settings) },
    { model: enterService, values: service(settings) },
    { model: acControls, values: controls(isBattery) },
    curveContent(voltVar, { V_SF: percents, DeptRef_SF: percents, RspTms_SF: percents }, voltVarPoints),
    curveContent(voltWatt, { V_SF: percents, DeptRef_SF: percents, RspTms_SF: percents }, voltWattPoints),
    ...trips.map(tripContent),
    droopContent(),
    curveContent(wattVar, { W_SF: percents, DeptRef_SF: percents }, wattVarPoints),
    ...(isBattery ? [{ model: storage, values: { WHRtg: settings.maxWh ?? 0, SoC: 0, ...charge(settings) } }] : []),
    {
      model: directCurrent,
      values: { PrtAlrms: 0, NPrt: 1, DCW_SF: wattExponent(settings), DCW: 0 },
      parts: [
        {
          layout: port,
          values: { PrtTyp: isBattery ? 1 : 0, ID: 1, IDStr: isBattery ? 'battery' : 'array', DCW: 0, DCSta: 1 },
        },
      ],
    },
  ]
}

export function wattExponent({ maxW, maxVA = maxW }: Settings): number {
  return exponentFor(1.2 * Math.max(maxW, maxVA))
}

function measured(settings: Settings): Values<string> {
  const exponent = wattExponent(settings)
  const scales = { W_SF: exponent, VA_SF: exponent, Var_SF: exponent, V_SF: -1, Hz_SF: -3, A_SF: -1, PF_SF: -3 }
  return { ...scales, TotWh_SF: 0, ACType: 0, St: 1, InvSt: 0, ConnSt: 0, Alrm: 0, DERMode: 1 }
}

function capacities(settings: Settings): Values<string> {
  const exponent = wattExponent(settings)
  const { maxW, maxVA, maxVar, maxVarNeg, maxChargeRateW, maxDischargeRateW, maxA, vNom, minV, maxV } = settings
  const scales = { W_SF: exponent, VA_SF: exponent, Var_SF: exponent, V_SF: -1, A_SF: -1, PF_SF: -3 }
  const own = {
    WMax: maxW,
    VAMax: maxVA,
    VarMaxInj: maxVar,
    VarMaxAbs: maxVarNeg,
    WChaRteMax: maxChargeRateW,
    WDisChaRteMax: maxDischargeRateW,
    VNom: vNom,
    VMax: maxV,
    VMin: minV,
    AMax: maxA,
    PFOvrExt: settings.minPFOverExcited,
    PFUndExt: settings.minPFUnderExcited,
  }
  const known = Object.entries(own).filter(([, value]) => value !== undefined)
  return {
    ...Object.fromEntries(known.flatMap(([name, value]) => [[name, value] as const, [`${name}Rtg`, value] as const])),
    ...scales,
    NorOpCatRtg: 1,
    AbnOpCatRtg: 2,
    // all but dynamic reactive current and schedules
    CtrlModes: 0b11_0111_1011_1111,
  }
}

function service({ enterService: criteria = {} }: Settings): Values<string> {
  const { highVolts = 1.05, lowVolts = 0.917, highHertz = 60.1, lowHertz = 59.5 } = criteria
  const { delaySeconds = 300, randomDelaySeconds = 0, rampSeconds = 300 } = criteria
  const seconds = { ESDlyTms: delaySeconds, ESRndTms: randomDelaySeconds, ESRmpTms: rampSeconds, ESDlyRemTms: 0 }
  const bounds = { ESVHi: 100 * highVolts, ESVLo: 100 * lowVolts, ESHzHi: highHertz, ESHzLo: lowHertz }
  return { V_SF: percents, Hz_SF: -3, ES: 1, ...bounds, ...seconds }
}

function controls(isBattery: boolean): Values<string> {
  const scales = { PF_SF: -3, WMaxLimPct_SF: percents, WSet_SF: 0, WSetPct_SF: percents }
  const limit = { WMaxLimPct: 100, WMaxLimPctRvrt: 100, WMaxLimPctEnaRvrt: 0, ...timer('WMaxLimPct') }
  const power = { WSetMod: 0, WSet: 0, WSetRvrt: 0, WSetPct: 0, WSetPctRvrt: 0, WSetEnaRvrt: 0, ...timer('WSet') }
  const vars = { VarSetMod: 0, VarSet: 0, VarSetRvrt: 0, VarSetPct: 0, VarSetPctRvrt: 0, VarSetEnaRvrt: 0 }
  const ramps = { WRmp: 10, WRmpRef: 1 }
  const own = { ...scales, VarSet_SF: 0, VarSetPct_SF: percents, ...limit, ...power, ...vars, ...timer('VarSet') }
  return { ...own, VarSetPri: 1, ...ramps, ...powerFactor('PFWInj'), ...(isBattery && powerFactor('PFWAbs')) }
}

function timer(name: string): Values<string> {
  return { [`${name}Ena`]: 0, [`${name}RvrtTms`]: 0, [`${name}RvrtRem`]: 0 }
}

function powerFactor(side: string): Values<string> {
  const factors = { [`${side}.PF`]: 1, [`${side}.Ext`]: 0, [`${side}Rvrt.PF`]: 1, [`${side}Rvrt.Ext`]: 0 }
  return { ...timer(side), [`${side}EnaRvrt`]: 0, ...factors }
}

function charge({ maxWh = 0 }: Settings): Values<string> {
  return { WH_SF: exponentFor(2 * maxWh), Pct_SF: -1, WHAvail: 0, SoH: 100, Sta: 0 }
}

type Pair = readonly [x: number, y: number]
const voltVarPoints: readonly Pair[] = [
  [92, 44],
  [98, 0],
  [102, 0],
  [108, -44],
]
const voltWattPoints: readonly Pair[] = [
  [106, 100],
  [110, 0],
]
const wattVarPoints: readonly Pair[] = [
  [20, 0],
  [50, 0],
  [100, -44],
]

type CurveLayouts = typeof voltVar | typeof voltWatt | typeof wattVar

/** The first curve is the active one and only read, the others are free to be written; all begin alike. */
function curveContent({ model, head, point }: CurveLayouts, scales: Values<string>, points: readonly Pair[]): Content {
  const common = { ActPt: points.length, DeptRef: model.id === voltWatt.model.id ? 0 : 1, Pri: 1, VRef: 100 }
  const times = { VRefAuto: 100, VRefAutoEna: 0, VRefAutoTms: 300, RspTms: 5 }
  const headValues = pick(head, { ...common, ...times })
  const curve = (index: number): Part[] => [
    { layout: index === 0 ? readOnly(head) : head, values: { ...headValues, ReadOnly: index === 0 ? 1 : 0 } },
    ...Array.from({ length: room }, (_, place) => {
      const [x, y] = points[place] ?? points.at(-1) ?? [0, 0]
      return { layout: index === 0 ? readOnly(point) : point, values: { x, y } }
    }),
  ]
  const parts = Array.from({ length: curves }, (_, index) => curve(index)).flat()
  return { model, values: { ...scales, ...adoption, NPt: room, NCrv: curves, ...reversion }, parts }
}

const adoption = { Ena: 0, AdptCrvReq: 0, AdptCrvRslt: 1 }
const reversion = { RvrtTms: 0, RvrtRem: 0, RvrtCrv: 1 }

function droopContent(): Content {
  const { model, head } = freqDroop
  const values = { DbOf: 0.036, DbUf: 0.036, KOf: 0.05, KUf: 0.05, RspTms: 5, PMin: 0 }
  const parts = [
    { layout: readOnly(head), values: { ...values, ReadOnly: 1 } },
    { layout: head, values: { ...values, ReadOnly: 0 } },
  ]
  const scales = { Db_SF: -3, K_SF: -3, RspTms_SF: -2 }
  return { model, values: { ...scales, ...adoption, NCrv: parts.length, ...reversion }, parts }
}

/** Must-trip points of category III, in percent of nominal volts or in Hz, with their seconds. */
const tripPoints: Readonly<Record<TripModel['id'], readonly Pair[]>> = {
  707: [
    [50, 2],
    [88, 21],
  ],
  708: [
    [120, 0.16],
    [110, 13],
  ],
  709: [
    [56.5, 0.16],
    [58.5, 300],
  ],
  710: [
    [62, 0.16],
    [61.2, 300],
  ],
}

function tripContent({ id, model, point }: TripModel): Content {
  const flag = group({ ReadOnly: r('enum16') })
  const count = group({ ActPt: rw('uint16') })
  const set = (index: number): Part[] => [
    { layout: flag, values: { ReadOnly: index === 0 ? 1 : 0 } },
    ...tripRegions.flatMap((region): Part[] => {
      const points = region === 'MustTrip' ? tripPoints[id] : []
      return [
        { layout: index === 0 ? readOnly(count) : count, values: { ActPt: points.length } },
        ...Array.from({ length: room }, (_, place) => {
          const [y, x] = points[place] ?? points.at(-1) ?? [0, 0]
          return { layout: index === 0 ? readOnly(point) : point, values: { x, y } }
        }),
      ]
    }),
  ]
  const scales = id < 709 ? { V_SF: percents } : { Hz_SF: -3 }
  const values = { ...scales, Tms_SF: -2, ...adoption, Ena: 1, NPt: room, NCrv: 2 }
  return { model, values, parts: [...set(0), ...set(1)] }
}

function readOnly(layout: Layout): Layout {
  const points = Object.entries(layout.points).map(([name, point]) => [name, { ...point, writable: false }])
  return { ...layout, points: Object.fromEntries(points) }
}

function pick(layout: Layout, values: Values<string>): Values<string> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name in layout.points))
}
