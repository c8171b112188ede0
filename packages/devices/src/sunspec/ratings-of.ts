import type { Ratings } from '../device.ts'
import { capacity, storage } from './models/der.ts'
import { basicSettings, nameplate, storageControls } from './models/legacy.ts'
import { type Registers, view } from './registers.ts'
import { type View, valueOf } from './view.ts'

export type Rated = View<keyof typeof capacity.points>

/** The nameplate: the ratings of model 702, or else of 120. */
export function ratingsOf(registers: Registers): Ratings {
  const rated = view(registers, capacity)
  return rated ? derRatings(rated, registers, 'Rtg') : legacyRatings(registers)
}

/** The adjustable copy of it: the settings of model 702, or else of 121. */
export function adjustedOf(registers: Registers): Ratings | undefined {
  const rated = view(registers, capacity)
  return rated ? derRatings(rated, registers, '') : legacySettings(registers)
}

type Optional = { [K in keyof Ratings]?: Ratings[K] | undefined }

/** The ratings, whose names end in Rtg, or the settings, whose names do not. */
function derRatings(rated: Rated, registers: Registers, suffix: 'Rtg' | ''): Ratings {
  const get = (name: Setting) => valueOf(rated, `${name}${suffix}`)
  const battery = view(registers, storage)
  return known(get('WMax') || valueOf(rated, 'WMaxRtg') || 0, {
    maxVA: get('VAMax'),
    maxVar: get('VarMaxInj'),
    maxVarNeg: get('VarMaxAbs'),
    maxChargeRateW: get('WChaRteMax'),
    maxDischargeRateW: get('WDisChaRteMax'),
    maxChargeRateVA: get('VAChaRteMax'),
    maxDischargeRateVA: get('VADisChaRteMax'),
    maxWh: battery && valueOf(battery, 'WHRtg'),
    maxA: get('AMax'),
    minV: get('VMin'),
    maxV: get('VMax'),
    vNom: get('VNom'),
    minPFOverExcited: get('PFOvrExt'),
    minPFUnderExcited: get('PFUndExt'),
  })
}

type Setting =
  | 'WMax'
  | 'VAMax'
  | 'VarMaxInj'
  | 'VarMaxAbs'
  | 'WChaRteMax'
  | 'WDisChaRteMax'
  | 'VAChaRteMax'
  | 'VADisChaRteMax'
  | 'VNom'
  | 'VMax'
  | 'VMin'
  | 'AMax'
  | 'PFOvrExt'
  | 'PFUndExt'

function legacyRatings(registers: Registers): Ratings {
  const rated = view(registers, nameplate)
  if (!rated) return legacySettings(registers) ?? { maxW: 0 }
  return known(valueOf(rated, 'WRtg') ?? 0, {
    maxVA: valueOf(rated, 'VARtg'),
    maxVar: valueOf(rated, 'VArRtgQ1'),
    maxVarNeg: magnitude(valueOf(rated, 'VArRtgQ4')),
    maxChargeRateW: valueOf(rated, 'MaxChaRte'),
    maxDischargeRateW: valueOf(rated, 'MaxDisChaRte'),
    maxWh: valueOf(rated, 'WHRtg'),
    maxA: valueOf(rated, 'ARtg'),
    minPFOverExcited: magnitude(valueOf(rated, 'PFRtgQ1')),
    minPFUnderExcited: magnitude(valueOf(rated, 'PFRtgQ4')),
  })
}

function legacySettings(registers: Registers): Ratings | undefined {
  const settings = view(registers, basicSettings)
  if (!settings) return undefined
  const battery = view(registers, storageControls)
  const rated = view(registers, nameplate)
  return known(valueOf(settings, 'WMax') || (rated && valueOf(rated, 'WRtg')) || 0, {
    maxVA: valueOf(settings, 'VAMax'),
    maxVar: valueOf(settings, 'VArMaxQ1'),
    maxVarNeg: magnitude(valueOf(settings, 'VArMaxQ4')),
    maxChargeRateW: battery && valueOf(battery, 'WChaMax'),
    minV: valueOf(settings, 'VMin'),
    maxV: valueOf(settings, 'VMax'),
    vNom: valueOf(settings, 'VRef'),
    minPFOverExcited: magnitude(valueOf(settings, 'PFMinQ1')),
    minPFUnderExcited: magnitude(valueOf(settings, 'PFMinQ4')),
  })
}

function known(maxW: number, others: Omit<Optional, 'maxW'>): Ratings {
  const present = Object.entries(others).filter(([, value]) => value !== undefined)
  return { maxW, ...(Object.fromEntries(present) as Omit<Ratings, 'maxW'>) }
}

function magnitude(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.abs(value)
}
