// GENERATED from schemas/ by scripts/generate.ts. Change the schema, then run `pnpm generate`.
import type { Element } from '../codec/element.ts'
import type { ActivePower, ConsumptionTariffIntervalList, Link, ListLink, Resource, TimeTariffIntervalList, WattHour } from './complex-types.ts'
import type { HexBinary8, String32 } from './simple-types.ts'

export interface ConnectionPointType extends Resource {
  readonly connectionPointId: String32
}
export const ConnectionPointType: Element<ConnectionPointType> = { name: 'ConnectionPointType', base: 'Resource', elements: [
  { name: 'connectionPointId', type: 'String32' },
] }

/** Bits: 0 opModExpLimW; 1 opModImpLimW; 2 opModGenLimW; 3 opModLoadLimW. */
export type DOEControlType = HexBinary8
export const DOEControlType: Element<DOEControlType> = { name: 'DOEControlType', base: 'HexBinary8' }

/** Bits: 0 opModStorageTargetW. */
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
