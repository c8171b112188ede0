import { each, group, type Layout, type Model, model, type PointType, r, rw } from './layout.ts'

const adoption = {
  Ena: rw('enum16'),
  AdptCrvReq: rw('uint16'),
  AdptCrvRslt: r('enum16'),
  ...each(['NPt', 'NCrv'], r('uint16')),
}
const reversion = { RvrtTms: rw('uint32'), RvrtRem: r('uint32'), RvrtCrv: rw('uint16') }
const voltageHeader = { ...adoption, ...reversion, ...each(['V_SF', 'DeptRef_SF', 'RspTms_SF'], r('sunssf')) }

/** A model of curves: its fixed part, the head of one curve, and the points that follow it, as many as NPt says. */
export type CurveModel<Head extends string = string> = Readonly<{
  model: Model<keyof typeof adoption>
  head: Layout<Head>
  point: Layout<'x' | 'y'>
}>

export const voltVar = {
  model: model(705, voltageHeader),
  head: group({
    ActPt: rw('uint16'),
    ...each(['DeptRef', 'Pri'], rw('enum16')),
    VRef: rw('uint16', 'V_SF'),
    VRefAuto: r('uint16', 'V_SF'),
    VRefAutoEna: rw('enum16'),
    VRefAutoTms: rw('uint16'),
    RspTms: rw('uint32', 'RspTms_SF'),
    ReadOnly: r('enum16'),
  }),
  point: group({ x: rw('uint16', 'V_SF'), y: rw('int16', 'DeptRef_SF') }),
}

export const voltWatt = {
  model: model(706, voltageHeader),
  head: group({
    ActPt: rw('uint16'),
    DeptRef: rw('enum16'),
    RspTms: rw('uint32', 'RspTms_SF'),
    ReadOnly: r('enum16'),
  }),
  point: group({ x: rw('uint16', 'V_SF'), y: rw('int16', 'DeptRef_SF') }),
}

export const wattVar = {
  model: model(712, { ...adoption, ...reversion, ...each(['W_SF', 'DeptRef_SF'], r('sunssf')) }),
  head: group({ ActPt: rw('uint16'), ...each(['DeptRef', 'Pri'], rw('enum16')), ReadOnly: r('enum16') }),
  point: group({ x: rw('int16', 'W_SF'), y: rw('int16', 'DeptRef_SF') }),
}

/** The regions of a set of trip curves, in the order of their registers. */
export const tripRegions = ['MustTrip', 'MayTrip', 'MomCess'] as const
export type TripRegion = (typeof tripRegions)[number]

/** Low and high voltage, low and high frequency trip: the points of a region are a voltage or a frequency and a time. */
export const trips = [
  trip(707, 'V_SF', 'uint16'),
  trip(708, 'V_SF', 'uint16'),
  trip(709, 'Hz_SF', 'uint32'),
  trip(710, 'Hz_SF', 'uint32'),
] as const

export type TripModel = ReturnType<typeof trip>

function trip(id: 707 | 708 | 709 | 710, scale: 'V_SF' | 'Hz_SF', type: PointType) {
  return {
    id,
    model: model(id, { ...adoption, ...each([scale, 'Tms_SF'], r('sunssf')) }),
    point: group({ y: rw(type, scale), x: rw('uint32', 'Tms_SF') }),
  }
}

export const freqDroop = {
  model: model(711, {
    Ena: rw('enum16'),
    AdptCrvReq: rw('uint16'),
    AdptCrvRslt: r('enum16'),
    NCrv: r('uint16'),
    ...reversion,
    ...each(['Db_SF', 'K_SF', 'RspTms_SF'], r('sunssf')),
  }),
  head: group({
    ...each(['DbOf', 'DbUf'], rw('uint32', 'Db_SF')),
    ...each(['KOf', 'KUf'], rw('uint16', 'K_SF')),
    RspTms: rw('uint32', 'RspTms_SF'),
    PMin: rw('int16'),
    ReadOnly: r('enum16'),
  }),
}
