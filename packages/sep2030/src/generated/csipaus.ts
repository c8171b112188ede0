// GENERATED from schemas/ by scripts/generate.ts. Change the schema, then run `pnpm generate`.
import type { Element, Extension } from '../codec/element.ts'
import type { ActivePower, ConsumptionTariffIntervalList, Link, ListLink, Resource, TimeTariffIntervalList, WattHour } from './complex-types.ts'
import type { HexBinary8, String32 } from './simple-types.ts'

export interface ConnectionPointType extends Resource {
  readonly connectionPointId: String32
}
export const ConnectionPointType: Element<ConnectionPointType> = { name: 'ConnectionPointType', base: 'Resource', elements: [
  { name: 'connectionPointId', type: 'String32' },
] }

export type DOEControlType = HexBinary8
export const DOEControlType: Element<DOEControlType> = { name: 'DOEControlType', base: 'HexBinary8' }

export type VPPControlType = HexBinary8
export const VPPControlType: Element<VPPControlType> = { name: 'VPPControlType', base: 'HexBinary8' }

export interface CombinedTimeTariffIntervalList extends TimeTariffIntervalList {}
export const CombinedTimeTariffIntervalList: Element<CombinedTimeTariffIntervalList> = { name: 'CombinedTimeTariffIntervalList', base: 'TimeTariffIntervalList' }

export interface ConsumptionTariffIntervalListSummary extends ConsumptionTariffIntervalList {}
export const ConsumptionTariffIntervalListSummary: Element<ConsumptionTariffIntervalListSummary> = { name: 'ConsumptionTariffIntervalListSummary', base: 'ConsumptionTariffIntervalList' }

export const CombinedTimeTariffIntervalListLink: Element<ListLink> = { name: 'CombinedTimeTariffIntervalListLink', type: 'ListLink' }
export const ConnectionPoint: Element<ConnectionPointType> = { name: 'ConnectionPoint', type: 'ConnectionPointType' }
export const ConnectionPointLink: Element<Link> = { name: 'ConnectionPointLink', type: 'Link' }
export const doeModesEnabled: Element<DOEControlType> = { name: 'doeModesEnabled', type: 'DOEControlType' }
export const doeModesSupported: Element<DOEControlType> = { name: 'doeModesSupported', type: 'DOEControlType' }
export const opModExpLimW: Element<ActivePower> = { name: 'opModExpLimW', type: 'ActivePower' }
export const opModGenLimW: Element<ActivePower> = { name: 'opModGenLimW', type: 'ActivePower' }
export const opModImpLimW: Element<ActivePower> = { name: 'opModImpLimW', type: 'ActivePower' }
export const opModLoadLimW: Element<ActivePower> = { name: 'opModLoadLimW', type: 'ActivePower' }
export const opModStorageTargetW: Element<ActivePower> = { name: 'opModStorageTargetW', type: 'ActivePower' }
export const setMinWh: Element<WattHour> = { name: 'setMinWh', type: 'WattHour' }
export const vppModesEnabled: Element<VPPControlType> = { name: 'vppModesEnabled', type: 'VPPControlType' }
export const vppModesSupported: Element<VPPControlType> = { name: 'vppModesSupported', type: 'VPPControlType' }

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
