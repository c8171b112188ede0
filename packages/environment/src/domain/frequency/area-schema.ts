import { z } from 'zod'
import type { AreaParameters } from './area.ts'

const positive = z.number().positive()
const share = z.number().nonnegative()

/** The parameters of an area as a file gives them; what it leaves out is as in `defaults`. */
export function areaSchema({ fleet, ...area }: AreaParameters) {
  return z.strictObject({
    f0: positive.default(area.f0).describe('nominal frequency'),
    sBaseMva: positive.default(area.sBaseMva).describe('base of all powers of the area'),
    H: positive.default(area.H).describe('inertia in seconds'),
    D: z.number().default(area.D).describe('damping by the load'),
    R: positive.default(area.R).describe('droop of the governor'),
    Tg: positive.default(area.Tg).describe('seconds of the governor'),
    Tt: positive.default(area.Tt).describe('seconds of the turbine'),
    govMin: z.number().default(area.govMin).describe('reach of the governor downwards'),
    govMax: z.number().default(area.govMax).describe('and upwards'),
    Ki: share.default(area.Ki).describe('secondary control; 0 is none'),
    fleet: fleetSchema(fleet).prefault({}),
  })
}

export function fleetSchema(fleet: AreaParameters['fleet']) {
  return z.strictObject({
    ratedPu: share.default(fleet.ratedPu).describe('of devices that are not modelled one by one'),
    droop: positive.default(fleet.droop),
    deadbandHz: share.default(fleet.deadbandHz),
    Tf: positive.default(fleet.Tf).describe('seconds that it takes'),
    upPu: share.default(fleet.upPu).describe('headroom upwards'),
    downPu: share.default(fleet.downPu).describe('and downwards'),
  })
}
