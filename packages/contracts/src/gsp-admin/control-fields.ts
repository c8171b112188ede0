import { z } from 'zod'

const percent = z.number().min(0).max(100)
const signedPercent = z.number().min(-100).max(100)
const watts = z.number().min(-32_767e9).max(32_767e9)
const limitWatts = z.number().min(0).max(32_767e9)
const seconds = z.number().min(0).max(655.35)

const powerFactor = z.strictObject({
  powerFactor: z.number().gt(0).max(1).describe('at most four decimals'),
  absorbs: z.boolean().default(false).describe('true: under-excited, false: over-excited'),
})

const fixedVar = z.strictObject({
  percent: signedPercent,
  of: z.enum(['setMaxW', 'setMaxVar', 'statVarAvail']).default('setMaxVar'),
})

const freqDroop = z.strictObject({
  dBOF: z.number().min(0).describe('dead band above nominal, Hz'),
  dBUF: z.number().min(0).describe('dead band below nominal, Hz'),
  kOF: z.number().min(0).max(65.535).describe('slope above, per unit frequency per unit power'),
  kUF: z.number().min(0).max(65.535).describe('slope below'),
  openLoopTms: seconds.describe('s'),
})

const curve = z
  .string()
  .regex(/^[0-9A-Fa-f]{32}$/, 'must be 32 hexadecimal digits')
  .toUpperCase()
  .describe('mRID of a curve of the same program')

/** DERControlBase under its wire names, in plain units: %, W, var, Hz, seconds; curves by their mRID. */
export const ControlFields = z.strictObject({
  opModConnect: z.boolean().optional().describe('false: open the connection'),
  opModEnergize: z.boolean().optional().describe('false: stop the flow of power'),
  opModFixedPFAbsorbW: powerFactor.optional(),
  opModFixedPFInjectW: powerFactor.optional(),
  opModFixedVar: fixedVar.optional(),
  opModFixedW: signedPercent.optional().describe('% of the rating, positive discharges'),
  opModFreqDroop: freqDroop.optional(),
  opModFreqWatt: curve.optional(),
  opModHFRTMayTrip: curve.optional(),
  opModHFRTMustTrip: curve.optional(),
  opModHVRTMayTrip: curve.optional(),
  opModHVRTMomentaryCessation: curve.optional(),
  opModHVRTMustTrip: curve.optional(),
  opModLFRTMayTrip: curve.optional(),
  opModLFRTMustTrip: curve.optional(),
  opModLVRTMayTrip: curve.optional(),
  opModLVRTMomentaryCessation: curve.optional(),
  opModLVRTMustTrip: curve.optional(),
  opModMaxLimW: percent.optional().describe('% of setMaxW'),
  opModTargetVar: watts.optional().describe('var'),
  opModTargetW: watts.optional().describe('W'),
  opModVoltVar: curve.optional(),
  opModVoltWatt: curve.optional(),
  opModWattPF: curve.optional(),
  opModWattVar: curve.optional(),
  rampTms: seconds.optional().describe('s to ramp to the new set point'),
  opModExpLimW: limitWatts.optional().describe('CSIP-AUS: export at the connection point, W'),
  opModGenLimW: limitWatts.optional().describe('CSIP-AUS: generation of the device, W'),
  opModImpLimW: limitWatts.optional().describe('CSIP-AUS: import at the connection point, W'),
  opModLoadLimW: limitWatts.optional().describe('CSIP-AUS: load of the device, W'),
  opModStorageTargetW: watts.optional().describe('CSIP-AUS 1.3: target of all storage, W'),
})

export type ControlFields = z.infer<typeof ControlFields>

/** DERControlBase and the settings that only a default control has. */
export const DefaultControlFields = z.strictObject({
  controls: ControlFields.default({}),
  description: z.string().min(1).max(32).optional(),
  setESDelay: z.number().min(0).max(42_949_672).optional().describe('s'),
  setESHighFreq: z.number().min(0).max(655.35).optional().describe('Hz'),
  setESHighVolt: z.number().min(-327.68).max(327.67).optional().describe('% of effective voltage'),
  setESLowFreq: z.number().min(0).max(655.35).optional().describe('Hz'),
  setESLowVolt: z.number().min(-327.68).max(327.67).optional().describe('% of effective voltage'),
  setESRampTms: z.number().min(0).max(42_949_672).optional().describe('s'),
  setESRandomDelay: z.number().min(0).max(42_949_672).optional().describe('s'),
  setGradW: z.number().min(0).max(655.35).optional().describe('% of setMaxW per second; 0: no limit'),
  setSoftGradW: z.number().min(0).max(655.35).optional().describe('% of setMaxW per second; 0: no limit'),
})

export type DefaultControlFields = z.infer<typeof DefaultControlFields>

export const DefaultControl = DefaultControlFields.extend({ mRID: z.string(), version: z.int() })
export type DefaultControl = z.infer<typeof DefaultControl>

/** The unit in which each plain number of a control is given, for those who read it from a command line. */
export const controlUnits = {
  opModFixedW: '%',
  opModMaxLimW: '%',
  opModTargetVar: 'var',
  opModTargetW: 'W',
  rampTms: 's',
  opModExpLimW: 'W',
  opModGenLimW: 'W',
  opModImpLimW: 'W',
  opModLoadLimW: 'W',
  opModStorageTargetW: 'W',
} as const satisfies Partial<Record<keyof ControlFields, string>>
