import { assign, defaultSettings } from '@gridloom/der-model'
import { decode, DERCapability, encode } from '@gridloom/sep2030'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { derCapabilityOf } from '../sep/der-capability-of.ts'
import { capabilityOfModel, enterServiceOfModel, modelOfRatings, ratingsOfModel } from './model-ratings.ts'
import { enterService } from './model-settings.ts'

it('writes the nameplate of the model as DERCapability', () => {
  const settings = assign(defaultSettings('PV'), { NP_NORMAL_OP_CAT: 'CAT_A', NP_REACTIVE_SUSCEPTANCE: 0.0125 })
  const capability = derCapabilityOf(capabilityOfModel(settings, ['opModMaxLimW']))
  expect(capability).toMatchObject({
    rtgAbnormalCategory: 3,
    rtgNormalCategory: 1,
    rtgMaxW: { multiplier: 1, value: 10_000 },
    rtgMaxVarNeg: { multiplier: 1, value: -4400 },
    rtgOverExcitedPF: { displacement: 8980, multiplier: -4 },
    rtgOverExcitedW: { multiplier: 1, value: 8980 },
    rtgReactiveSusceptance: { multiplier: -6, value: 12_500 },
    type: 4,
  })
  expect(decode(DERCapability, encode(DERCapability, capability))).toEqual(capability)
})

it('comes back from ratings to the settings they were made of', () => {
  const watts = fc.integer({ min: 1000, max: 500_000 })
  const drawn = fc.record({
    NP_P_MAX: watts,
    NP_VA_MAX: watts,
    NP_Q_MAX_INJ: watts,
    NP_Q_MAX_ABS: watts,
    NP_P_MAX_CHARGE: watts,
    NP_APPARENT_POWER_CHARGE_MAX: watts,
    NP_AC_V_NOM: fc.constantFrom(208, 240, 480),
    NP_BESS_CAPACITY: watts,
  })
  fc.assert(
    fc.property(fc.constantFrom('BESS', 'PV_BESS'), drawn, (kind, nameplate) => {
      expect(modelOfRatings(ratingsOfModel(assign(defaultSettings(kind), nameplate)))).toEqual(nameplate)
    }),
  )
})

it('comes back from the criteria to enter service', () => {
  const settings = assign(defaultSettings('PV'), { ES_DELAY: 20, ES_V_LOW: 0.9 })
  expect(assign(settings, enterService(enterServiceOfModel(settings)))).toEqual(settings)
})
