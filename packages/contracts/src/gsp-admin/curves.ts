import { z } from 'zod'
import { MridText, Name } from './common.ts'

/** curveType by the name of the control that uses the curve; the position is the code. */
export const curveTypes = [
  'opModFreqWatt',
  'opModHFRTMayTrip',
  'opModHFRTMustTrip',
  'opModHVRTMayTrip',
  'opModHVRTMomentaryCessation',
  'opModHVRTMustTrip',
  'opModLFRTMayTrip',
  'opModLFRTMustTrip',
  'opModLVRTMayTrip',
  'opModLVRTMomentaryCessation',
  'opModLVRTMustTrip',
  'opModVoltVar',
  'opModVoltWatt',
  'opModWattPF',
  'opModWattVar',
] as const

const point = z.strictObject({
  x: z.number(),
  y: z.number(),
  excitation: z.boolean().optional().describe('only for opModWattPF: true absorbs reactive power'),
})

const shape = {
  description: Name.optional(),
  curveType: z.enum(curveTypes),
  points: z.array(point).min(1).max(10),
  yRefType: z.uint32().max(7).optional().describe('DERUnitRefType of y; the usual one of the type when absent'),
  autonomousVRefEnable: z.boolean().optional(),
  autonomousVRefTimeConstant: z.number().min(0).max(42_949_672).optional().describe('s'),
  openLoopTms: z.number().min(0).max(655.35).optional().describe('s'),
  rampDecTms: z.number().min(0).max(655.35).optional().describe('% of setMaxW per second'),
  rampIncTms: z.number().min(0).max(655.35).optional().describe('% of setMaxW per second'),
  rampPT1Tms: z.number().min(0).max(655.35).optional().describe('s'),
  vRef: z.number().min(0).max(100).optional().describe('%, only for opModVoltVar'),
}

export const NewCurve = z
  .strictObject({ ...shape, mRID: MridText.optional() })
  .refine(
    ({ curveType, points }) => points.every((p) => (p.excitation !== undefined) === (curveType === 'opModWattPF')),
    {
      message: 'excitation belongs to every point of opModWattPF and to no other',
      path: ['points'],
    },
  )
  .refine(
    ({ curveType, vRef, autonomousVRefEnable, autonomousVRefTimeConstant }) =>
      curveType === 'opModVoltVar' || (vRef ?? autonomousVRefEnable ?? autonomousVRefTimeConstant) === undefined,
    { message: 'only for opModVoltVar', path: ['vRef'] },
  )

export type NewCurve = z.infer<typeof NewCurve>

export const Curve = z.object({
  ...shape,
  mRID: z.string(),
  href: z.string(),
  version: z.int().optional(),
  created: z.int(),
})
export type Curve = z.infer<typeof Curve>
