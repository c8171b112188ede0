// GENERATED from schemas/ by scripts/generate.ts. Change the schema, then run `pnpm generate`.
import type { Extension } from '../codec/element.ts'
import { CombinedTimeTariffIntervalList, ConnectionPointType, ConsumptionTariffIntervalListSummary, DOEControlType, VPPControlType } from './csipaus.ts'

export const extensions = {
  'csipaus-1.2': {
  namespace: 'https://csipaus.org/ns',
  types: { ConnectionPointType, DOEControlType },
  elements: { ConnectionPoint: 'ConnectionPointType', ConnectionPointLink: 'Link', doeModesEnabled: 'DOEControlType', doeModesSupported: 'DOEControlType', opModExpLimW: 'ActivePower', opModGenLimW: 'ActivePower', opModImpLimW: 'ActivePower', opModLoadLimW: 'ActivePower' },
  appended: {
    DERCapability: { elements: [
  { name: 'doeModesSupported', type: 'DOEControlType', namespace: 'https://csipaus.org/ns' },
] },
    DERControlBase: { elements: [
  { name: 'opModImpLimW', type: 'ActivePower', min: 0, namespace: 'https://csipaus.org/ns' },
  { name: 'opModExpLimW', type: 'ActivePower', min: 0, namespace: 'https://csipaus.org/ns' },
  { name: 'opModGenLimW', type: 'ActivePower', min: 0, namespace: 'https://csipaus.org/ns' },
  { name: 'opModLoadLimW', type: 'ActivePower', min: 0, namespace: 'https://csipaus.org/ns' },
] },
    DERSettings: { elements: [
  { name: 'doeModesEnabled', type: 'DOEControlType', min: 0, namespace: 'https://csipaus.org/ns' },
] },
    EndDevice: { elements: [
  { name: 'ConnectionPointLink', type: 'Link', min: 0, namespace: 'https://csipaus.org/ns' },
] },
  },
},
  'csipaus-1.3-beta-storage': {
  namespace: 'https://csipaus.org/ns/v1.3-beta/storage',
  types: { ConnectionPointType, DOEControlType, VPPControlType },
  elements: { ConnectionPoint: 'ConnectionPointType', ConnectionPointLink: 'Link', doeModesEnabled: 'DOEControlType', doeModesSupported: 'DOEControlType', opModExpLimW: 'ActivePower', opModGenLimW: 'ActivePower', opModImpLimW: 'ActivePower', opModLoadLimW: 'ActivePower', opModStorageTargetW: 'ActivePower', setMinWh: 'WattHour', vppModesEnabled: 'VPPControlType', vppModesSupported: 'VPPControlType' },
  appended: {
    DERCapability: { elements: [
  { name: 'doeModesSupported', type: 'DOEControlType', namespace: 'https://csipaus.org/ns/v1.3-beta/storage' },
  { name: 'vppModesSupported', type: 'VPPControlType', min: 0, namespace: 'https://csipaus.org/ns/v1.3-beta/storage' },
] },
    DERControlBase: { elements: [
  { name: 'opModImpLimW', type: 'ActivePower', min: 0, namespace: 'https://csipaus.org/ns/v1.3-beta/storage' },
  { name: 'opModExpLimW', type: 'ActivePower', min: 0, namespace: 'https://csipaus.org/ns/v1.3-beta/storage' },
  { name: 'opModGenLimW', type: 'ActivePower', min: 0, namespace: 'https://csipaus.org/ns/v1.3-beta/storage' },
  { name: 'opModLoadLimW', type: 'ActivePower', min: 0, namespace: 'https://csipaus.org/ns/v1.3-beta/storage' },
  { name: 'opModStorageTargetW', type: 'ActivePower', min: 0, namespace: 'https://csipaus.org/ns/v1.3-beta/storage' },
] },
    DERSettings: { elements: [
  { name: 'doeModesEnabled', type: 'DOEControlType', min: 0, namespace: 'https://csipaus.org/ns/v1.3-beta/storage' },
  { name: 'vppModesEnabled', type: 'VPPControlType', min: 0, namespace: 'https://csipaus.org/ns/v1.3-beta/storage' },
  { name: 'setMinWh', type: 'WattHour', min: 0, namespace: 'https://csipaus.org/ns/v1.3-beta/storage' },
] },
    EndDevice: { elements: [
  { name: 'ConnectionPointLink', type: 'Link', min: 0, namespace: 'https://csipaus.org/ns/v1.3-beta/storage' },
] },
  },
},
  'csipaus-1.3': {
  namespace: 'https://csipaus.org/ns/v1.3',
  types: { CombinedTimeTariffIntervalList, ConnectionPointType, ConsumptionTariffIntervalListSummary, DOEControlType, VPPControlType },
  elements: { CombinedTimeTariffIntervalListLink: 'ListLink', ConnectionPoint: 'ConnectionPointType', ConnectionPointLink: 'Link', ConsumptionTariffIntervalListSummary: 'ConsumptionTariffIntervalListSummary', doeModesEnabled: 'DOEControlType', doeModesSupported: 'DOEControlType', opModExpLimW: 'ActivePower', opModGenLimW: 'ActivePower', opModImpLimW: 'ActivePower', opModLoadLimW: 'ActivePower', opModStorageTargetW: 'ActivePower', setMinWh: 'WattHour', vppModesEnabled: 'VPPControlType', vppModesSupported: 'VPPControlType' },
  appended: {
    DERCapability: { elements: [
  { name: 'doeModesSupported', type: 'DOEControlType', namespace: 'https://csipaus.org/ns/v1.3' },
  { name: 'vppModesSupported', type: 'VPPControlType', min: 0, namespace: 'https://csipaus.org/ns/v1.3' },
] },
    DERControlBase: { elements: [
  { name: 'opModImpLimW', type: 'ActivePower', min: 0, namespace: 'https://csipaus.org/ns/v1.3' },
  { name: 'opModExpLimW', type: 'ActivePower', min: 0, namespace: 'https://csipaus.org/ns/v1.3' },
  { name: 'opModGenLimW', type: 'ActivePower', min: 0, namespace: 'https://csipaus.org/ns/v1.3' },
  { name: 'opModLoadLimW', type: 'ActivePower', min: 0, namespace: 'https://csipaus.org/ns/v1.3' },
  { name: 'opModStorageTargetW', type: 'ActivePower', min: 0, namespace: 'https://csipaus.org/ns/v1.3' },
] },
    DERSettings: { elements: [
  { name: 'doeModesEnabled', type: 'DOEControlType', min: 0, namespace: 'https://csipaus.org/ns/v1.3' },
  { name: 'vppModesEnabled', type: 'VPPControlType', min: 0, namespace: 'https://csipaus.org/ns/v1.3' },
  { name: 'setMinWh', type: 'WattHour', min: 0, namespace: 'https://csipaus.org/ns/v1.3' },
] },
    EndDevice: { elements: [
  { name: 'ConnectionPointLink', type: 'Link', min: 0, namespace: 'https://csipaus.org/ns/v1.3' },
] },
    RateComponentList: { attributes: [{ name: 'subscribable', type: 'SubscribableType', default: '0' }] },
    TariffProfile: { elements: [
  { name: 'CombinedTimeTariffIntervalListLink', type: 'ListLink', namespace: 'https://csipaus.org/ns/v1.3' },
] },
    TimeTariffInterval: { elements: [
  { name: 'ConsumptionTariffIntervalListSummary', type: 'ConsumptionTariffIntervalListSummary', namespace: 'https://csipaus.org/ns/v1.3' },
  { name: 'RateComponentLink', type: 'RateComponentLink' },
] },
    TimeTariffIntervalList: { attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }] },
  },
},
} as const satisfies Record<string, Extension>
