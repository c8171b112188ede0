// GENERATED from schemas/ by scripts/generate.ts. Change the schema, then run `pnpm generate`.
import type { Element, Typed } from '../codec/element.ts'
import type { CombinedTimeTariffIntervalList, ConnectionPointType, ConsumptionTariffIntervalListSummary, DOEControlType, VPPControlType } from './csipaus.ts'
import type { HexBinary128, HexBinary16, HexBinary160, HexBinary32, HexBinary64, HexBinary8, Int16, Int32, Int48, Int64, Int8, String16, String192, String20, String32, String42, String6, SubscribableType, UInt16, UInt32, UInt40, UInt48, UInt8 } from './simple-types.ts'

export interface AbstractDevice extends SubscribableResource {
  readonly ConfigurationLink?: ConfigurationLink
  readonly DERListLink?: DERListLink
  readonly deviceCategory?: DeviceCategoryType
  readonly DeviceInformationLink?: DeviceInformationLink
  readonly DeviceStatusLink?: DeviceStatusLink
  readonly FileStatusLink?: FileStatusLink
  readonly IPInterfaceListLink?: IPInterfaceListLink
  readonly lFDI?: HexBinary160
  readonly LoadShedAvailabilityListLink?: LoadShedAvailabilityListLink
  readonly LogEventListLink?: LogEventListLink
  readonly PowerStatusLink?: PowerStatusLink
  readonly sFDI: SFDIType
}
export const AbstractDevice: Element<AbstractDevice> = { name: 'AbstractDevice', base: 'SubscribableResource', elements: [
  { name: 'ConfigurationLink', type: 'ConfigurationLink', min: 0 },
  { name: 'DERListLink', type: 'DERListLink', min: 0 },
  { name: 'deviceCategory', type: 'DeviceCategoryType', min: 0 },
  { name: 'DeviceInformationLink', type: 'DeviceInformationLink', min: 0 },
  { name: 'DeviceStatusLink', type: 'DeviceStatusLink', min: 0 },
  { name: 'FileStatusLink', type: 'FileStatusLink', min: 0 },
  { name: 'IPInterfaceListLink', type: 'IPInterfaceListLink', min: 0 },
  { name: 'lFDI', type: 'HexBinary160', min: 0 },
  { name: 'LoadShedAvailabilityListLink', type: 'LoadShedAvailabilityListLink', min: 0 },
  { name: 'LogEventListLink', type: 'LogEventListLink', min: 0 },
  { name: 'PowerStatusLink', type: 'PowerStatusLink', min: 0 },
  { name: 'sFDI', type: 'SFDIType' },
] }

export interface AccountBalance extends Resource {
  readonly availableCredit: AccountingUnit
  readonly creditStatus?: CreditStatusType
  readonly emergencyCredit?: AccountingUnit
  readonly emergencyCreditStatus?: CreditStatusType
}
export const AccountBalance: Element<AccountBalance> = { name: 'AccountBalance', base: 'Resource', elements: [
  { name: 'availableCredit', type: 'AccountingUnit' },
  { name: 'creditStatus', type: 'CreditStatusType', min: 0 },
  { name: 'emergencyCredit', type: 'AccountingUnit', min: 0 },
  { name: 'emergencyCreditStatus', type: 'CreditStatusType', min: 0 },
] }

export interface AccountBalanceLink extends Link {}
export const AccountBalanceLink: Element<AccountBalanceLink> = { name: 'AccountBalanceLink', base: 'Link' }

export interface AccountingUnit {
  readonly energyUnit?: RealEnergy
  readonly monetaryUnit: CurrencyCode
  readonly multiplier: PowerOfTenMultiplierType
  readonly value: Int32
}
export const AccountingUnit: Element<AccountingUnit> = { name: 'AccountingUnit', elements: [
  { name: 'energyUnit', type: 'RealEnergy', min: 0 },
  { name: 'monetaryUnit', type: 'CurrencyCode' },
  { name: 'multiplier', type: 'PowerOfTenMultiplierType' },
  { name: 'value', type: 'Int32' },
] }

/** 0 none; 3 cumulative; 4 delta; 6 indicating; 9 summation; 12 instantaneous. */
export type AccumulationBehaviourType = UInt8
export const AccumulationBehaviourType: Element<AccumulationBehaviourType> = { name: 'AccumulationBehaviourType', base: 'UInt8' }

export interface ActiveBillingPeriodListLink extends ListLink {}
export const ActiveBillingPeriodListLink: Element<ActiveBillingPeriodListLink> = { name: 'ActiveBillingPeriodListLink', base: 'ListLink' }

export interface ActiveCreditRegisterListLink extends ListLink {}
export const ActiveCreditRegisterListLink: Element<ActiveCreditRegisterListLink> = { name: 'ActiveCreditRegisterListLink', base: 'ListLink' }

export interface ActiveDERControlListLink extends ListLink {}
export const ActiveDERControlListLink: Element<ActiveDERControlListLink> = { name: 'ActiveDERControlListLink', base: 'ListLink' }

export interface ActiveEndDeviceControlListLink extends ListLink {}
export const ActiveEndDeviceControlListLink: Element<ActiveEndDeviceControlListLink> = { name: 'ActiveEndDeviceControlListLink', base: 'ListLink' }

export interface ActiveFlowReservationListLink extends ListLink {}
export const ActiveFlowReservationListLink: Element<ActiveFlowReservationListLink> = { name: 'ActiveFlowReservationListLink', base: 'ListLink' }

export interface ActivePower {
  readonly multiplier: PowerOfTenMultiplierType
  readonly value: Int16
}
export const ActivePower: Element<ActivePower> = { name: 'ActivePower', elements: [
  { name: 'multiplier', type: 'PowerOfTenMultiplierType' },
  { name: 'value', type: 'Int16' },
] }

export interface ActiveProjectionReadingListLink extends ListLink {}
export const ActiveProjectionReadingListLink: Element<ActiveProjectionReadingListLink> = { name: 'ActiveProjectionReadingListLink', base: 'ListLink' }

export interface ActiveSupplyInterruptionOverrideListLink extends ListLink {}
export const ActiveSupplyInterruptionOverrideListLink: Element<ActiveSupplyInterruptionOverrideListLink> = { name: 'ActiveSupplyInterruptionOverrideListLink', base: 'ListLink' }

export interface ActiveTargetReadingListLink extends ListLink {}
export const ActiveTargetReadingListLink: Element<ActiveTargetReadingListLink> = { name: 'ActiveTargetReadingListLink', base: 'ListLink' }

export interface ActiveTextMessageListLink extends ListLink {}
export const ActiveTextMessageListLink: Element<ActiveTextMessageListLink> = { name: 'ActiveTextMessageListLink', base: 'ListLink' }

export interface ActiveTimeTariffIntervalListLink extends ListLink {}
export const ActiveTimeTariffIntervalListLink: Element<ActiveTimeTariffIntervalListLink> = { name: 'ActiveTimeTariffIntervalListLink', base: 'ListLink' }

export interface AmpereHour {
  readonly multiplier: PowerOfTenMultiplierType
  readonly value: UInt16
}
export const AmpereHour: Element<AmpereHour> = { name: 'AmpereHour', elements: [
  { name: 'multiplier', type: 'PowerOfTenMultiplierType' },
  { name: 'value', type: 'UInt16' },
] }

export interface ApparentPower {
  readonly multiplier: PowerOfTenMultiplierType
  readonly value: UInt16
}
export const ApparentPower: Element<ApparentPower> = { name: 'ApparentPower', elements: [
  { name: 'multiplier', type: 'PowerOfTenMultiplierType' },
  { name: 'value', type: 'UInt16' },
] }

export interface ApplianceLoadReduction {
  readonly type: ApplianceLoadReductionType
}
export const ApplianceLoadReduction: Element<ApplianceLoadReduction> = { name: 'ApplianceLoadReduction', elements: [
  { name: 'type', type: 'ApplianceLoadReductionType' },
] }

/** 0 delay moderately; 1 cut for a short time. */
export type ApplianceLoadReductionType = UInt8
export const ApplianceLoadReductionType: Element<ApplianceLoadReductionType> = { name: 'ApplianceLoadReductionType', base: 'UInt8' }

export interface AppliedTargetReduction {
  readonly type: UnitType
  readonly value: UInt16
}
export const AppliedTargetReduction: Element<AppliedTargetReduction> = { name: 'AppliedTargetReduction', elements: [
  { name: 'type', type: 'UnitType' },
  { name: 'value', type: 'UInt16' },
] }

export interface AssociatedDERProgramListLink extends ListLink {}
export const AssociatedDERProgramListLink: Element<AssociatedDERProgramListLink> = { name: 'AssociatedDERProgramListLink', base: 'ListLink' }

export interface AssociatedUsagePointLink extends Link {}
export const AssociatedUsagePointLink: Element<AssociatedUsagePointLink> = { name: 'AssociatedUsagePointLink', base: 'Link' }

export interface BillingMeterReadingBase extends MeterReadingBase {
  readonly BillingReadingSetListLink?: BillingReadingSetListLink
  readonly ReadingTypeLink?: ReadingTypeLink
}
export const BillingMeterReadingBase: Element<BillingMeterReadingBase> = { name: 'BillingMeterReadingBase', base: 'MeterReadingBase', elements: [
  { name: 'BillingReadingSetListLink', type: 'BillingReadingSetListLink', min: 0 },
  { name: 'ReadingTypeLink', type: 'ReadingTypeLink', min: 0 },
] }

export interface BillingPeriod extends Resource {
  readonly billLastPeriod?: Int48
  readonly billToDate?: Int48
  readonly interval: DateTimeInterval
  readonly statusTimeStamp?: TimeType
}
export const BillingPeriod: Element<BillingPeriod> = { name: 'BillingPeriod', base: 'Resource', elements: [
  { name: 'billLastPeriod', type: 'Int48', min: 0 },
  { name: 'billToDate', type: 'Int48', min: 0 },
  { name: 'interval', type: 'DateTimeInterval' },
  { name: 'statusTimeStamp', type: 'TimeType', min: 0 },
] }

export interface BillingPeriodList extends SubscribableList {
  readonly BillingPeriod?: readonly BillingPeriod[]
}
export const BillingPeriodList: Element<BillingPeriodList> = { name: 'BillingPeriodList', base: 'SubscribableList', elements: [
  { name: 'BillingPeriod', type: 'BillingPeriod', min: 0, max: Infinity },
] }

export interface BillingPeriodListLink extends ListLink {}
export const BillingPeriodListLink: Element<BillingPeriodListLink> = { name: 'BillingPeriodListLink', base: 'ListLink' }

export interface BillingReading extends ReadingBase {
  readonly Charge?: readonly Charge[]
}
export const BillingReading: Element<BillingReading> = { name: 'BillingReading', base: 'ReadingBase', elements: [
  { name: 'Charge', type: 'Charge', min: 0, max: Infinity },
] }

export interface BillingReadingList extends List {
  readonly BillingReading?: readonly BillingReading[]
}
export const BillingReadingList: Element<BillingReadingList> = { name: 'BillingReadingList', base: 'List', elements: [
  { name: 'BillingReading', type: 'BillingReading', min: 0, max: Infinity },
] }

export interface BillingReadingListLink extends ListLink {}
export const BillingReadingListLink: Element<BillingReadingListLink> = { name: 'BillingReadingListLink', base: 'ListLink' }

export interface BillingReadingSet extends ReadingSetBase {
  readonly BillingReadingListLink?: BillingReadingListLink
}
export const BillingReadingSet: Element<BillingReadingSet> = { name: 'BillingReadingSet', base: 'ReadingSetBase', elements: [
  { name: 'BillingReadingListLink', type: 'BillingReadingListLink', min: 0 },
] }

export interface BillingReadingSetList extends SubscribableList {
  readonly BillingReadingSet?: readonly BillingReadingSet[]
}
export const BillingReadingSetList: Element<BillingReadingSetList> = { name: 'BillingReadingSetList', base: 'SubscribableList', elements: [
  { name: 'BillingReadingSet', type: 'BillingReadingSet', min: 0, max: Infinity },
] }

export interface BillingReadingSetListLink extends ListLink {}
export const BillingReadingSetListLink: Element<BillingReadingSetListLink> = { name: 'BillingReadingSetListLink', base: 'ListLink' }

export interface Charge {
  readonly description?: String20
  readonly kind?: ChargeKind
  readonly value: Int32
}
export const Charge: Element<Charge> = { name: 'Charge', elements: [
  { name: 'description', type: 'String20', min: 0 },
  { name: 'kind', type: 'ChargeKind', min: 0 },
  { name: 'value', type: 'Int32' },
] }

/** 0 consumption; 1 rebate; 2 auxiliary; 3 demand; 4 tax. */
export type ChargeKind = UInt8
export const ChargeKind: Element<ChargeKind> = { name: 'ChargeKind', base: 'UInt8' }

/** 0 none; 1 electricity, secondary side; 2 electricity, primary side; 4 air; 7 gas; 8 propane; 9 water; 10 steam; 11 waste water; 12 heating fluid; 13 cooling fluid. */
export type CommodityType = UInt8
export const CommodityType: Element<CommodityType> = { name: 'CommodityType', base: 'UInt8' }

export interface Condition {
  /** 0 the value of the reading. */
  readonly attributeIdentifier: UInt8
  readonly lowerThreshold: Int48
  readonly upperThreshold: Int48
}
export const Condition: Element<Condition> = { name: 'Condition', elements: [
  { name: 'attributeIdentifier', type: 'UInt8' },
  { name: 'lowerThreshold', type: 'Int48' },
  { name: 'upperThreshold', type: 'Int48' },
] }

export interface Configuration extends SubscribableResource {
  /** Seconds. */
  readonly pollRate?: UInt32
  readonly currentLocale: LocaleType
  readonly PowerConfiguration?: PowerConfiguration
  readonly PriceResponseCfgListLink?: PriceResponseCfgListLink
  readonly TimeConfiguration?: TimeConfiguration
  readonly userDeviceName: String32
}
export const Configuration: Element<Configuration> = { name: 'Configuration', base: 'SubscribableResource', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'currentLocale', type: 'LocaleType' },
  { name: 'PowerConfiguration', type: 'PowerConfiguration', min: 0 },
  { name: 'PriceResponseCfgListLink', type: 'PriceResponseCfgListLink', min: 0 },
  { name: 'TimeConfiguration', type: 'TimeConfiguration', min: 0 },
  { name: 'userDeviceName', type: 'String32' },
] }

export interface ConfigurationLink extends Link {}
export const ConfigurationLink: Element<ConfigurationLink> = { name: 'ConfigurationLink', base: 'Link' }

export interface ConnectStatusType {
  readonly dateTime: TimeType
  /** Bits: 0 connected; 1 available; 2 running; 3 under test; 4 faulty. */
  readonly value: HexBinary8
}
export const ConnectStatusType: Element<ConnectStatusType> = { name: 'ConnectStatusType', elements: [
  { name: 'dateTime', type: 'TimeType' },
  { name: 'value', type: 'HexBinary8' },
] }

/** 0 none, else the number of the block, up to 16. */
export type ConsumptionBlockType = UInt8
export const ConsumptionBlockType: Element<ConsumptionBlockType> = { name: 'ConsumptionBlockType', base: 'UInt8' }

export interface ConsumptionTariffInterval extends Resource {
  readonly consumptionBlock: ConsumptionBlockType
  readonly EnvironmentalCost?: readonly EnvironmentalCost[]
  readonly price?: Int32
  readonly startValue: UInt48
}
export const ConsumptionTariffInterval: Element<ConsumptionTariffInterval> = { name: 'ConsumptionTariffInterval', base: 'Resource', elements: [
  { name: 'consumptionBlock', type: 'ConsumptionBlockType' },
  { name: 'EnvironmentalCost', type: 'EnvironmentalCost', min: 0, max: Infinity },
  { name: 'price', type: 'Int32', min: 0 },
  { name: 'startValue', type: 'UInt48' },
] }

export interface ConsumptionTariffIntervalList extends List {
  readonly ConsumptionTariffInterval?: readonly ConsumptionTariffInterval[]
}
export const ConsumptionTariffIntervalList: Element<ConsumptionTariffIntervalList> = { name: 'ConsumptionTariffIntervalList', base: 'List', elements: [
  { name: 'ConsumptionTariffInterval', type: 'ConsumptionTariffInterval', min: 0, max: Infinity },
] }

export interface ConsumptionTariffIntervalListLink extends ListLink {}
export const ConsumptionTariffIntervalListLink: Element<ConsumptionTariffIntervalListLink> = { name: 'ConsumptionTariffIntervalListLink', base: 'ListLink' }

/** 0 CO2; 1 SO2; 2 NOx, g per unit; 3 renewable share, percent. */
export type CostKindType = UInt8
export const CostKindType: Element<CostKindType> = { name: 'CostKindType', base: 'UInt8' }

export interface CreditRegister extends IdentifiedObject {
  readonly creditAmount: AccountingUnit
  readonly creditType?: CreditTypeType
  readonly effectiveTime: TimeType
  readonly token: String32
}
export const CreditRegister: Element<CreditRegister> = { name: 'CreditRegister', base: 'IdentifiedObject', elements: [
  { name: 'creditAmount', type: 'AccountingUnit' },
  { name: 'creditType', type: 'CreditTypeType', min: 0 },
  { name: 'effectiveTime', type: 'TimeType' },
  { name: 'token', type: 'String32' },
] }

export interface CreditRegisterList extends List {
  readonly CreditRegister?: readonly CreditRegister[]
}
export const CreditRegisterList: Element<CreditRegisterList> = { name: 'CreditRegisterList', base: 'List', elements: [
  { name: 'CreditRegister', type: 'CreditRegister', min: 0, max: Infinity },
] }

export interface CreditRegisterListLink extends ListLink {}
export const CreditRegisterListLink: Element<CreditRegisterListLink> = { name: 'CreditRegisterListLink', base: 'ListLink' }

/** 0 fine; 1 low; 2 used up; 3 negative. */
export type CreditStatusType = UInt8
export const CreditStatusType: Element<CreditStatusType> = { name: 'CreditStatusType', base: 'UInt8' }

export interface CreditTypeChange {
  readonly newType: CreditTypeType
  readonly startTime: TimeType
}
export const CreditTypeChange: Element<CreditTypeChange> = { name: 'CreditTypeChange', elements: [
  { name: 'newType', type: 'CreditTypeType' },
  { name: 'startTime', type: 'TimeType' },
] }

/** 0 regular; 1 emergency; 2 regular then emergency; 3 emergency then regular. */
export type CreditTypeType = UInt8
export const CreditTypeType: Element<CreditTypeType> = { name: 'CreditTypeType', base: 'UInt8' }

/** Number of ISO 4217, 0 for none. */
export type CurrencyCode = UInt16
export const CurrencyCode: Element<CurrencyCode> = { name: 'CurrencyCode', base: 'UInt16' }

export interface CurrentDERProgramLink extends Link {}
export const CurrentDERProgramLink: Element<CurrentDERProgramLink> = { name: 'CurrentDERProgramLink', base: 'Link' }

export interface CurrentRMS {
  readonly multiplier: PowerOfTenMultiplierType
  readonly value: UInt16
}
export const CurrentRMS: Element<CurrentRMS> = { name: 'CurrentRMS', elements: [
  { name: 'multiplier', type: 'PowerOfTenMultiplierType' },
  { name: 'value', type: 'UInt16' },
] }

export interface CurveData {
  /** For curves of power factor only: true absorbs reactive power. */
  readonly excitation?: boolean
  readonly xvalue: Int32
  readonly yvalue: Int32
}
export const CurveData: Element<CurveData> = { name: 'CurveData', elements: [
  { name: 'excitation', type: 'boolean', min: 0 },
  { name: 'xvalue', type: 'Int32' },
  { name: 'yvalue', type: 'Int32' },
] }

export interface CustomerAccount extends IdentifiedObject {
  readonly currency: UInt16
  readonly customerAccount?: String42
  readonly CustomerAgreementListLink?: CustomerAgreementListLink
  readonly customerName?: String42
  readonly pricePowerOfTenMultiplier: PowerOfTenMultiplierType
  readonly ServiceSupplierLink?: ServiceSupplierLink
}
export const CustomerAccount: Element<CustomerAccount> = { name: 'CustomerAccount', base: 'IdentifiedObject', elements: [
  { name: 'currency', type: 'UInt16' },
  { name: 'customerAccount', type: 'String42', min: 0 },
  { name: 'CustomerAgreementListLink', type: 'CustomerAgreementListLink', min: 0 },
  { name: 'customerName', type: 'String42', min: 0 },
  { name: 'pricePowerOfTenMultiplier', type: 'PowerOfTenMultiplierType' },
  { name: 'ServiceSupplierLink', type: 'ServiceSupplierLink', min: 0 },
] }

export interface CustomerAccountLink extends Link {}
export const CustomerAccountLink: Element<CustomerAccountLink> = { name: 'CustomerAccountLink', base: 'Link' }

export interface CustomerAccountList extends SubscribableList {
  /** Seconds. */
  readonly pollRate?: UInt32
  readonly CustomerAccount?: readonly CustomerAccount[]
}
export const CustomerAccountList: Element<CustomerAccountList> = { name: 'CustomerAccountList', base: 'SubscribableList', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'CustomerAccount', type: 'CustomerAccount', min: 0, max: Infinity },
] }

export interface CustomerAccountListLink extends ListLink {}
export const CustomerAccountListLink: Element<CustomerAccountListLink> = { name: 'CustomerAccountListLink', base: 'ListLink' }

export interface CustomerAgreement extends IdentifiedObject {
  readonly ActiveBillingPeriodListLink?: ActiveBillingPeriodListLink
  readonly ActiveProjectionReadingListLink?: ActiveProjectionReadingListLink
  readonly ActiveTargetReadingListLink?: ActiveTargetReadingListLink
  readonly BillingPeriodListLink?: BillingPeriodListLink
  readonly HistoricalReadingListLink?: HistoricalReadingListLink
  readonly PrepaymentLink?: PrepaymentLink
  readonly ProjectionReadingListLink?: ProjectionReadingListLink
  readonly serviceAccount?: String42
  readonly serviceLocation?: String42
  readonly TargetReadingListLink?: TargetReadingListLink
  readonly TariffProfileLink?: TariffProfileLink
  readonly UsagePointLink?: UsagePointLink
}
export const CustomerAgreement: Element<CustomerAgreement> = { name: 'CustomerAgreement', base: 'IdentifiedObject', elements: [
  { name: 'ActiveBillingPeriodListLink', type: 'ActiveBillingPeriodListLink', min: 0 },
  { name: 'ActiveProjectionReadingListLink', type: 'ActiveProjectionReadingListLink', min: 0 },
  { name: 'ActiveTargetReadingListLink', type: 'ActiveTargetReadingListLink', min: 0 },
  { name: 'BillingPeriodListLink', type: 'BillingPeriodListLink', min: 0 },
  { name: 'HistoricalReadingListLink', type: 'HistoricalReadingListLink', min: 0 },
  { name: 'PrepaymentLink', type: 'PrepaymentLink', min: 0 },
  { name: 'ProjectionReadingListLink', type: 'ProjectionReadingListLink', min: 0 },
  { name: 'serviceAccount', type: 'String42', min: 0 },
  { name: 'serviceLocation', type: 'String42', min: 0 },
  { name: 'TargetReadingListLink', type: 'TargetReadingListLink', min: 0 },
  { name: 'TariffProfileLink', type: 'TariffProfileLink', min: 0 },
  { name: 'UsagePointLink', type: 'UsagePointLink', min: 0 },
] }

export interface CustomerAgreementList extends SubscribableList {
  readonly CustomerAgreement?: readonly CustomerAgreement[]
}
export const CustomerAgreementList: Element<CustomerAgreementList> = { name: 'CustomerAgreementList', base: 'SubscribableList', elements: [
  { name: 'CustomerAgreement', type: 'CustomerAgreement', min: 0, max: Infinity },
] }

export interface CustomerAgreementListLink extends ListLink {}
export const CustomerAgreementListLink: Element<CustomerAgreementListLink> = { name: 'CustomerAgreementListLink', base: 'ListLink' }

/** 0 none; 2 mean; 8 maximum; 9 minimum; 12 normal; 29 and 30 standard deviation of population and sample. */
export type DataQualifierType = UInt8
export const DataQualifierType: Element<DataQualifierType> = { name: 'DataQualifierType', base: 'UInt8' }

/** From start for so many seconds; the end is not part of it. */
export interface DateTimeInterval {
  readonly duration: UInt32
  readonly start: TimeType
}
export const DateTimeInterval: Element<DateTimeInterval> = { name: 'DateTimeInterval', elements: [
  { name: 'duration', type: 'UInt32' },
  { name: 'start', type: 'TimeType' },
] }

export interface DefaultDERControl extends SubscribableIdentifiedObject {
  readonly DERControlBase: DERControlBase
  /** Hundredths of a second. */
  readonly setESDelay?: UInt32
  /** Hundredths of a hertz. */
  readonly setESHighFreq?: UInt16
  /** Hundredths of a percent of effective voltage. */
  readonly setESHighVolt?: Int16
  /** Hundredths of a hertz. */
  readonly setESLowFreq?: UInt16
  /** Hundredths of a percent of effective voltage. */
  readonly setESLowVolt?: Int16
  /** Hundredths of a second. */
  readonly setESRampTms?: UInt32
  /** Hundredths of a second. */
  readonly setESRandomDelay?: UInt32
  /** Hundredths of a percent of setMaxW per second; 0 for no limit. */
  readonly setGradW?: UInt16
  /** Hundredths of a percent of setMaxW per second; 0 for no limit. */
  readonly setSoftGradW?: UInt16
}
export const DefaultDERControl: Element<DefaultDERControl> = { name: 'DefaultDERControl', base: 'SubscribableIdentifiedObject', elements: [
  { name: 'DERControlBase', type: 'DERControlBase' },
  { name: 'setESDelay', type: 'UInt32', min: 0 },
  { name: 'setESHighFreq', type: 'UInt16', min: 0 },
  { name: 'setESHighVolt', type: 'Int16', min: 0 },
  { name: 'setESLowFreq', type: 'UInt16', min: 0 },
  { name: 'setESLowVolt', type: 'Int16', min: 0 },
  { name: 'setESRampTms', type: 'UInt32', min: 0 },
  { name: 'setESRandomDelay', type: 'UInt32', min: 0 },
  { name: 'setGradW', type: 'UInt16', min: 0 },
  { name: 'setSoftGradW', type: 'UInt16', min: 0 },
] }

export interface DefaultDERControlLink extends Link {}
export const DefaultDERControlLink: Element<DefaultDERControlLink> = { name: 'DefaultDERControlLink', base: 'Link' }

export interface DemandResponseProgram extends IdentifiedObject {
  readonly ActiveEndDeviceControlListLink?: ActiveEndDeviceControlListLink
  readonly availabilityUpdatePercentChangeThreshold?: PerCent
  readonly availabilityUpdatePowerChangeThreshold?: ActivePower
  readonly EndDeviceControlListLink?: EndDeviceControlListLink
  readonly primacy: PrimacyType
}
export const DemandResponseProgram: Element<DemandResponseProgram> = { name: 'DemandResponseProgram', base: 'IdentifiedObject', elements: [
  { name: 'ActiveEndDeviceControlListLink', type: 'ActiveEndDeviceControlListLink', min: 0 },
  { name: 'availabilityUpdatePercentChangeThreshold', type: 'PerCent', min: 0 },
  { name: 'availabilityUpdatePowerChangeThreshold', type: 'ActivePower', min: 0 },
  { name: 'EndDeviceControlListLink', type: 'EndDeviceControlListLink', min: 0 },
  { name: 'primacy', type: 'PrimacyType' },
] }

export interface DemandResponseProgramLink extends Link {}
export const DemandResponseProgramLink: Element<DemandResponseProgramLink> = { name: 'DemandResponseProgramLink', base: 'Link' }

export interface DemandResponseProgramList extends SubscribableList {
  /** Seconds. */
  readonly pollRate?: UInt32
  readonly DemandResponseProgram?: readonly DemandResponseProgram[]
}
export const DemandResponseProgramList: Element<DemandResponseProgramList> = { name: 'DemandResponseProgramList', base: 'SubscribableList', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'DemandResponseProgram', type: 'DemandResponseProgram', min: 0, max: Infinity },
] }

export interface DemandResponseProgramListLink extends ListLink {}
export const DemandResponseProgramListLink: Element<DemandResponseProgramListLink> = { name: 'DemandResponseProgramListLink', base: 'ListLink' }

export interface DER extends SubscribableResource {
  readonly AssociatedDERProgramListLink?: AssociatedDERProgramListLink
  readonly AssociatedUsagePointLink?: AssociatedUsagePointLink
  readonly CurrentDERProgramLink?: CurrentDERProgramLink
  readonly DERAvailabilityLink?: DERAvailabilityLink
  readonly DERCapabilityLink?: DERCapabilityLink
  readonly DERSettingsLink?: DERSettingsLink
  readonly DERStatusLink?: DERStatusLink
}
export const DER: Element<DER> = { name: 'DER', base: 'SubscribableResource', elements: [
  { name: 'AssociatedDERProgramListLink', type: 'AssociatedDERProgramListLink', min: 0 },
  { name: 'AssociatedUsagePointLink', type: 'AssociatedUsagePointLink', min: 0 },
  { name: 'CurrentDERProgramLink', type: 'CurrentDERProgramLink', min: 0 },
  { name: 'DERAvailabilityLink', type: 'DERAvailabilityLink', min: 0 },
  { name: 'DERCapabilityLink', type: 'DERCapabilityLink', min: 0 },
  { name: 'DERSettingsLink', type: 'DERSettingsLink', min: 0 },
  { name: 'DERStatusLink', type: 'DERStatusLink', min: 0 },
] }

export interface DERAvailability extends SubscribableResource {
  readonly availabilityDuration?: UInt32
  readonly maxChargeDuration?: UInt32
  readonly readingTime: TimeType
  readonly reserveChargePercent?: PerCent
  readonly reservePercent?: PerCent
  readonly statVarAvail?: ReactivePower
  readonly statWAvail?: ActivePower
}
export const DERAvailability: Element<DERAvailability> = { name: 'DERAvailability', base: 'SubscribableResource', elements: [
  { name: 'availabilityDuration', type: 'UInt32', min: 0 },
  { name: 'maxChargeDuration', type: 'UInt32', min: 0 },
  { name: 'readingTime', type: 'TimeType' },
  { name: 'reserveChargePercent', type: 'PerCent', min: 0 },
  { name: 'reservePercent', type: 'PerCent', min: 0 },
  { name: 'statVarAvail', type: 'ReactivePower', min: 0 },
  { name: 'statWAvail', type: 'ActivePower', min: 0 },
] }

export interface DERAvailabilityLink extends Link {}
export const DERAvailabilityLink: Element<DERAvailabilityLink> = { name: 'DERAvailabilityLink', base: 'Link' }

export interface DERCapability extends Resource {
  readonly modesSupported: DERControlType
  /** IEEE 1547: 0 not given; 1 I; 2 II; 3 III. */
  readonly rtgAbnormalCategory?: UInt8
  readonly rtgMaxA?: CurrentRMS
  readonly rtgMaxAh?: AmpereHour
  readonly rtgMaxChargeRateVA?: ApparentPower
  readonly rtgMaxChargeRateW?: ActivePower
  readonly rtgMaxDischargeRateVA?: ApparentPower
  readonly rtgMaxDischargeRateW?: ActivePower
  readonly rtgMaxV?: VoltageRMS
  readonly rtgMaxVA?: ApparentPower
  readonly rtgMaxVar?: ReactivePower
  readonly rtgMaxVarNeg?: ReactivePower
  readonly rtgMaxW: ActivePower
  readonly rtgMaxWh?: WattHour
  readonly rtgMinPFOverExcited?: PowerFactor
  readonly rtgMinPFUnderExcited?: PowerFactor
  readonly rtgMinV?: VoltageRMS
  /** IEEE 1547: 0 not given; 1 A; 2 B. */
  readonly rtgNormalCategory?: UInt8
  readonly rtgOverExcitedPF?: PowerFactor
  readonly rtgOverExcitedW?: ActivePower
  readonly rtgReactiveSusceptance?: ReactiveSusceptance
  readonly rtgUnderExcitedPF?: PowerFactor
  readonly rtgUnderExcitedW?: ActivePower
  readonly rtgVNom?: VoltageRMS
  readonly type: DERType
  readonly doeModesSupported?: DOEControlType
  readonly vppModesSupported?: VPPControlType
}
export const DERCapability: Element<DERCapability> = { name: 'DERCapability', base: 'Resource', elements: [
  { name: 'modesSupported', type: 'DERControlType' },
  { name: 'rtgAbnormalCategory', type: 'UInt8', min: 0 },
  { name: 'rtgMaxA', type: 'CurrentRMS', min: 0 },
  { name: 'rtgMaxAh', type: 'AmpereHour', min: 0 },
  { name: 'rtgMaxChargeRateVA', type: 'ApparentPower', min: 0 },
  { name: 'rtgMaxChargeRateW', type: 'ActivePower', min: 0 },
  { name: 'rtgMaxDischargeRateVA', type: 'ApparentPower', min: 0 },
  { name: 'rtgMaxDischargeRateW', type: 'ActivePower', min: 0 },
  { name: 'rtgMaxV', type: 'VoltageRMS', min: 0 },
  { name: 'rtgMaxVA', type: 'ApparentPower', min: 0 },
  { name: 'rtgMaxVar', type: 'ReactivePower', min: 0 },
  { name: 'rtgMaxVarNeg', type: 'ReactivePower', min: 0 },
  { name: 'rtgMaxW', type: 'ActivePower' },
  { name: 'rtgMaxWh', type: 'WattHour', min: 0 },
  { name: 'rtgMinPFOverExcited', type: 'PowerFactor', min: 0 },
  { name: 'rtgMinPFUnderExcited', type: 'PowerFactor', min: 0 },
  { name: 'rtgMinV', type: 'VoltageRMS', min: 0 },
  { name: 'rtgNormalCategory', type: 'UInt8', min: 0 },
  { name: 'rtgOverExcitedPF', type: 'PowerFactor', min: 0 },
  { name: 'rtgOverExcitedW', type: 'ActivePower', min: 0 },
  { name: 'rtgReactiveSusceptance', type: 'ReactiveSusceptance', min: 0 },
  { name: 'rtgUnderExcitedPF', type: 'PowerFactor', min: 0 },
  { name: 'rtgUnderExcitedW', type: 'ActivePower', min: 0 },
  { name: 'rtgVNom', type: 'VoltageRMS', min: 0 },
  { name: 'type', type: 'DERType' },
] }

export interface DERCapabilityLink extends Link {}
export const DERCapabilityLink: Element<DERCapabilityLink> = { name: 'DERCapabilityLink', base: 'Link' }

export interface DERControl extends RandomizableEvent {
  readonly DERControlBase: DERControlBase
  readonly deviceCategory?: DeviceCategoryType
}
export const DERControl: Element<DERControl> = { name: 'DERControl', base: 'RandomizableEvent', elements: [
  { name: 'DERControlBase', type: 'DERControlBase' },
  { name: 'deviceCategory', type: 'DeviceCategoryType', min: 0 },
] }

export interface DERControlBase {
  /** False opens a galvanic break. */
  readonly opModConnect?: boolean
  /** False stops the flow of power only. */
  readonly opModEnergize?: boolean
  readonly opModFixedPFAbsorbW?: PowerFactorWithExcitation
  readonly opModFixedPFInjectW?: PowerFactorWithExcitation
  readonly opModFixedVar?: FixedVar
  /** Of the maximum charge or discharge rate, negative to charge. */
  readonly opModFixedW?: SignedPerCent
  readonly opModFreqDroop?: FreqDroopType
  readonly opModFreqWatt?: DERCurveLink
  readonly opModHFRTMayTrip?: DERCurveLink
  readonly opModHFRTMustTrip?: DERCurveLink
  readonly opModHVRTMayTrip?: DERCurveLink
  readonly opModHVRTMomentaryCessation?: DERCurveLink
  readonly opModHVRTMustTrip?: DERCurveLink
  readonly opModLFRTMayTrip?: DERCurveLink
  readonly opModLFRTMustTrip?: DERCurveLink
  readonly opModLVRTMayTrip?: DERCurveLink
  readonly opModLVRTMomentaryCessation?: DERCurveLink
  readonly opModLVRTMustTrip?: DERCurveLink
  /** Of setMaxW. */
  readonly opModMaxLimW?: PerCent
  readonly opModTargetVar?: ReactivePower
  readonly opModTargetW?: ActivePower
  readonly opModVoltVar?: DERCurveLink
  readonly opModVoltWatt?: DERCurveLink
  readonly opModWattPF?: DERCurveLink
  readonly opModWattVar?: DERCurveLink
  /** Hundredths of a second. */
  readonly rampTms?: UInt16
  readonly opModImpLimW?: ActivePower
  readonly opModExpLimW?: ActivePower
  readonly opModGenLimW?: ActivePower
  readonly opModLoadLimW?: ActivePower
  readonly opModStorageTargetW?: ActivePower
}
export const DERControlBase: Element<DERControlBase> = { name: 'DERControlBase', elements: [
  { name: 'opModConnect', type: 'boolean', min: 0 },
  { name: 'opModEnergize', type: 'boolean', min: 0 },
  { name: 'opModFixedPFAbsorbW', type: 'PowerFactorWithExcitation', min: 0 },
  { name: 'opModFixedPFInjectW', type: 'PowerFactorWithExcitation', min: 0 },
  { name: 'opModFixedVar', type: 'FixedVar', min: 0 },
  { name: 'opModFixedW', type: 'SignedPerCent', min: 0 },
  { name: 'opModFreqDroop', type: 'FreqDroopType', min: 0 },
  { name: 'opModFreqWatt', type: 'DERCurveLink', min: 0 },
  { name: 'opModHFRTMayTrip', type: 'DERCurveLink', min: 0 },
  { name: 'opModHFRTMustTrip', type: 'DERCurveLink', min: 0 },
  { name: 'opModHVRTMayTrip', type: 'DERCurveLink', min: 0 },
  { name: 'opModHVRTMomentaryCessation', type: 'DERCurveLink', min: 0 },
  { name: 'opModHVRTMustTrip', type: 'DERCurveLink', min: 0 },
  { name: 'opModLFRTMayTrip', type: 'DERCurveLink', min: 0 },
  { name: 'opModLFRTMustTrip', type: 'DERCurveLink', min: 0 },
  { name: 'opModLVRTMayTrip', type: 'DERCurveLink', min: 0 },
  { name: 'opModLVRTMomentaryCessation', type: 'DERCurveLink', min: 0 },
  { name: 'opModLVRTMustTrip', type: 'DERCurveLink', min: 0 },
  { name: 'opModMaxLimW', type: 'PerCent', min: 0 },
  { name: 'opModTargetVar', type: 'ReactivePower', min: 0 },
  { name: 'opModTargetW', type: 'ActivePower', min: 0 },
  { name: 'opModVoltVar', type: 'DERCurveLink', min: 0 },
  { name: 'opModVoltWatt', type: 'DERCurveLink', min: 0 },
  { name: 'opModWattPF', type: 'DERCurveLink', min: 0 },
  { name: 'opModWattVar', type: 'DERCurveLink', min: 0 },
  { name: 'rampTms', type: 'UInt16', min: 0 },
] }

export interface DERControlList extends SubscribableList {
  readonly DERControl?: readonly DERControl[]
}
export const DERControlList: Element<DERControlList> = { name: 'DERControlList', base: 'SubscribableList', elements: [
  { name: 'DERControl', type: 'DERControl', min: 0, max: Infinity },
] }

export interface DERControlListLink extends ListLink {}
export const DERControlListLink: Element<DERControlListLink> = { name: 'DERControlListLink', base: 'ListLink' }

export interface DERControlResponse extends Response {}
export const DERControlResponse: Element<DERControlResponse> = { name: 'DERControlResponse', base: 'Response' }

/** Bits: 0 can charge; 1 can discharge; 2 opModConnect; 3 opModEnergize; 4 opModFixedPFAbsorbW; 5 opModFixedPFInjectW; 6 opModFixedVar; 7 opModFixedW; 8 opModFreqDroop; 9 opModFreqWatt; 10 opModHFRTMayTrip; 11 opModHFRTMustTrip; 12 opModHVRTMayTrip; 13 opModHVRTMomentaryCessation; 14 opModHVRTMustTrip; 15 opModLFRTMayTrip; 16 opModLFRTMustTrip; 17 opModLVRTMayTrip; 18 opModLVRTMomentaryCessation; 19 opModLVRTMustTrip; 20 opModMaxLimW; 21 opModTargetVar; 22 opModTargetW; 23 opModVoltVar; 24 opModVoltWatt; 25 opModWattPF; 26 opModWattVar. */
export type DERControlType = HexBinary32
export const DERControlType: Element<DERControlType> = { name: 'DERControlType', base: 'HexBinary32' }

export interface DERCurve extends IdentifiedObject {
  readonly autonomousVRefEnable?: boolean
  readonly autonomousVRefTimeConstant?: UInt32
  readonly creationTime: TimeType
  readonly CurveData: readonly CurveData[]
  readonly curveType: DERCurveType
  /** Hundredths of a second. */
  readonly openLoopTms?: UInt16
  /** Hundredths of a percent per second. */
  readonly rampDecTms?: UInt16
  /** Hundredths of a percent per second. */
  readonly rampIncTms?: UInt16
  /** Hundredths of a second. */
  readonly rampPT1Tms?: UInt16
  readonly vRef?: PerCent
  readonly xMultiplier: PowerOfTenMultiplierType
  readonly yMultiplier: PowerOfTenMultiplierType
  readonly yRefType: DERUnitRefType
}
export const DERCurve: Element<DERCurve> = { name: 'DERCurve', base: 'IdentifiedObject', elements: [
  { name: 'autonomousVRefEnable', type: 'boolean', min: 0 },
  { name: 'autonomousVRefTimeConstant', type: 'UInt32', min: 0 },
  { name: 'creationTime', type: 'TimeType' },
  { name: 'CurveData', type: 'CurveData', max: 10 },
  { name: 'curveType', type: 'DERCurveType' },
  { name: 'openLoopTms', type: 'UInt16', min: 0 },
  { name: 'rampDecTms', type: 'UInt16', min: 0 },
  { name: 'rampIncTms', type: 'UInt16', min: 0 },
  { name: 'rampPT1Tms', type: 'UInt16', min: 0 },
  { name: 'vRef', type: 'PerCent', min: 0 },
  { name: 'xMultiplier', type: 'PowerOfTenMultiplierType' },
  { name: 'yMultiplier', type: 'PowerOfTenMultiplierType' },
  { name: 'yRefType', type: 'DERUnitRefType' },
] }

export interface DERCurveLink extends Link {}
export const DERCurveLink: Element<DERCurveLink> = { name: 'DERCurveLink', base: 'Link' }

export interface DERCurveList extends List {
  readonly DERCurve?: readonly DERCurve[]
}
export const DERCurveList: Element<DERCurveList> = { name: 'DERCurveList', base: 'List', elements: [
  { name: 'DERCurve', type: 'DERCurve', min: 0, max: Infinity },
] }

export interface DERCurveListLink extends ListLink {}
export const DERCurveListLink: Element<DERCurveListLink> = { name: 'DERCurveListLink', base: 'ListLink' }

/** The field that uses it: 0 opModFreqWatt; 1 opModHFRTMayTrip; 2 opModHFRTMustTrip; 3 opModHVRTMayTrip; 4 opModHVRTMomentaryCessation; 5 opModHVRTMustTrip; 6 opModLFRTMayTrip; 7 opModLFRTMustTrip; 8 opModLVRTMayTrip; 9 opModLVRTMomentaryCessation; 10 opModLVRTMustTrip; 11 opModVoltVar; 12 opModVoltWatt; 13 opModWattPF; 14 opModWattVar. */
export type DERCurveType = UInt8
export const DERCurveType: Element<DERCurveType> = { name: 'DERCurveType', base: 'UInt8' }

export interface DERLink extends Link {}
export const DERLink: Element<DERLink> = { name: 'DERLink', base: 'Link' }

export interface DERList extends List {
  /** Seconds. */
  readonly pollRate?: UInt32
  readonly DER?: readonly DER[]
}
export const DERList: Element<DERList> = { name: 'DERList', base: 'List', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'DER', type: 'DER', min: 0, max: Infinity },
] }

export interface DERListLink extends ListLink {}
export const DERListLink: Element<DERListLink> = { name: 'DERListLink', base: 'ListLink' }

export interface DERProgram extends SubscribableIdentifiedObject {
  readonly ActiveDERControlListLink?: ActiveDERControlListLink
  readonly DefaultDERControlLink?: DefaultDERControlLink
  readonly DERControlListLink?: DERControlListLink
  readonly DERCurveListLink?: DERCurveListLink
  readonly primacy: PrimacyType
}
export const DERProgram: Element<DERProgram> = { name: 'DERProgram', base: 'SubscribableIdentifiedObject', elements: [
  { name: 'ActiveDERControlListLink', type: 'ActiveDERControlListLink', min: 0 },
  { name: 'DefaultDERControlLink', type: 'DefaultDERControlLink', min: 0 },
  { name: 'DERControlListLink', type: 'DERControlListLink', min: 0 },
  { name: 'DERCurveListLink', type: 'DERCurveListLink', min: 0 },
  { name: 'primacy', type: 'PrimacyType' },
] }

export interface DERProgramLink extends Link {}
export const DERProgramLink: Element<DERProgramLink> = { name: 'DERProgramLink', base: 'Link' }

export interface DERProgramList extends SubscribableList {
  /** Seconds. */
  readonly pollRate?: UInt32
  readonly DERProgram?: readonly DERProgram[]
}
export const DERProgramList: Element<DERProgramList> = { name: 'DERProgramList', base: 'SubscribableList', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'DERProgram', type: 'DERProgram', min: 0, max: Infinity },
] }

export interface DERProgramListLink extends ListLink {}
export const DERProgramListLink: Element<DERProgramListLink> = { name: 'DERProgramListLink', base: 'ListLink' }

export interface DERSettings extends SubscribableResource {
  readonly modesEnabled?: DERControlType
  /** Hundredths of a second. */
  readonly setESDelay?: UInt32
  /** Hundredths of a hertz. */
  readonly setESHighFreq?: UInt16
  /** Hundredths of a percent of effective voltage. */
  readonly setESHighVolt?: Int16
  /** Hundredths of a hertz. */
  readonly setESLowFreq?: UInt16
  /** Hundredths of a percent of effective voltage. */
  readonly setESLowVolt?: Int16
  /** Hundredths of a second. */
  readonly setESRampTms?: UInt32
  /** Hundredths of a second. */
  readonly setESRandomDelay?: UInt32
  /** Hundredths of a percent of setMaxW per second; 0 for no limit. */
  readonly setGradW: UInt16
  readonly setMaxA?: CurrentRMS
  readonly setMaxAh?: AmpereHour
  readonly setMaxChargeRateVA?: ApparentPower
  readonly setMaxChargeRateW?: ActivePower
  readonly setMaxDischargeRateVA?: ApparentPower
  readonly setMaxDischargeRateW?: ActivePower
  readonly setMaxV?: VoltageRMS
  readonly setMaxVA?: ApparentPower
  readonly setMaxVar?: ReactivePower
  readonly setMaxVarNeg?: ReactivePower
  readonly setMaxW: ActivePower
  readonly setMaxWh?: WattHour
  readonly setMinPFOverExcited?: PowerFactor
  readonly setMinPFUnderExcited?: PowerFactor
  readonly setMinV?: VoltageRMS
  /** Hundredths of a percent of setMaxW per second; 0 for no limit. */
  readonly setSoftGradW?: UInt16
  readonly setVNom?: VoltageRMS
  readonly setVRef?: VoltageRMS
  readonly setVRefOfs?: VoltageRMS
  readonly updatedTime: TimeType
  readonly doeModesEnabled?: DOEControlType
  readonly vppModesEnabled?: VPPControlType
  readonly setMinWh?: WattHour
}
export const DERSettings: Element<DERSettings> = { name: 'DERSettings', base: 'SubscribableResource', elements: [
  { name: 'modesEnabled', type: 'DERControlType', min: 0 },
  { name: 'setESDelay', type: 'UInt32', min: 0 },
  { name: 'setESHighFreq', type: 'UInt16', min: 0 },
  { name: 'setESHighVolt', type: 'Int16', min: 0 },
  { name: 'setESLowFreq', type: 'UInt16', min: 0 },
  { name: 'setESLowVolt', type: 'Int16', min: 0 },
  { name: 'setESRampTms', type: 'UInt32', min: 0 },
  { name: 'setESRandomDelay', type: 'UInt32', min: 0 },
  { name: 'setGradW', type: 'UInt16' },
  { name: 'setMaxA', type: 'CurrentRMS', min: 0 },
  { name: 'setMaxAh', type: 'AmpereHour', min: 0 },
  { name: 'setMaxChargeRateVA', type: 'ApparentPower', min: 0 },
  { name: 'setMaxChargeRateW', type: 'ActivePower', min: 0 },
  { name: 'setMaxDischargeRateVA', type: 'ApparentPower', min: 0 },
  { name: 'setMaxDischargeRateW', type: 'ActivePower', min: 0 },
  { name: 'setMaxV', type: 'VoltageRMS', min: 0 },
  { name: 'setMaxVA', type: 'ApparentPower', min: 0 },
  { name: 'setMaxVar', type: 'ReactivePower', min: 0 },
  { name: 'setMaxVarNeg', type: 'ReactivePower', min: 0 },
  { name: 'setMaxW', type: 'ActivePower' },
  { name: 'setMaxWh', type: 'WattHour', min: 0 },
  { name: 'setMinPFOverExcited', type: 'PowerFactor', min: 0 },
  { name: 'setMinPFUnderExcited', type: 'PowerFactor', min: 0 },
  { name: 'setMinV', type: 'VoltageRMS', min: 0 },
  { name: 'setSoftGradW', type: 'UInt16', min: 0 },
  { name: 'setVNom', type: 'VoltageRMS', min: 0 },
  { name: 'setVRef', type: 'VoltageRMS', min: 0 },
  { name: 'setVRefOfs', type: 'VoltageRMS', min: 0 },
  { name: 'updatedTime', type: 'TimeType' },
] }

export interface DERSettingsLink extends Link {}
export const DERSettingsLink: Element<DERSettingsLink> = { name: 'DERSettingsLink', base: 'Link' }

export interface DERStatus extends SubscribableResource {
  /** Bits: 0 over-current; 1 over-voltage; 2 under-voltage; 3 over-frequency; 4 under-frequency; 5 voltage imbalance; 6 current imbalance; 7 local emergency stop; 8 remote emergency stop; 9 low input power; 10 phase rotation. */
  readonly alarmStatus?: HexBinary32
  readonly genConnectStatus?: ConnectStatusType
  readonly inverterStatus?: InverterStatusType
  readonly localControlModeStatus?: LocalControlModeStatusType
  readonly manufacturerStatus?: ManufacturerStatusType
  readonly operationalModeStatus?: OperationalModeStatusType
  readonly readingTime: TimeType
  readonly stateOfChargeStatus?: StateOfChargeStatusType
  readonly storageModeStatus?: StorageModeStatusType
  readonly storConnectStatus?: ConnectStatusType
}
export const DERStatus: Element<DERStatus> = { name: 'DERStatus', base: 'SubscribableResource', elements: [
  { name: 'alarmStatus', type: 'HexBinary32', min: 0 },
  { name: 'genConnectStatus', type: 'ConnectStatusType', min: 0 },
  { name: 'inverterStatus', type: 'InverterStatusType', min: 0 },
  { name: 'localControlModeStatus', type: 'LocalControlModeStatusType', min: 0 },
  { name: 'manufacturerStatus', type: 'ManufacturerStatusType', min: 0 },
  { name: 'operationalModeStatus', type: 'OperationalModeStatusType', min: 0 },
  { name: 'readingTime', type: 'TimeType' },
  { name: 'stateOfChargeStatus', type: 'StateOfChargeStatusType', min: 0 },
  { name: 'storageModeStatus', type: 'StorageModeStatusType', min: 0 },
  { name: 'storConnectStatus', type: 'ConnectStatusType', min: 0 },
] }

export interface DERStatusLink extends Link {}
export const DERStatusLink: Element<DERStatusLink> = { name: 'DERStatusLink', base: 'Link' }

/** 0 unknown; 1 virtual or mixed; 2 reciprocating engine; 3 fuel cell; 4 photovoltaic; 5 combined heat and power; 6 other generation; 80 other storage; 81 electric vehicle; 82 charging station; 83 photovoltaic with storage. */
export type DERType = UInt8
export const DERType: Element<DERType> = { name: 'DERType', base: 'UInt8' }

/** 0 none; percent of: 1 setMaxW; 2 setMaxVar; 3 statVarAvail; 4 effective voltage; 5 setMaxChargeRateW; 6 setMaxDischargeRateW; 7 statWAvail. */
export type DERUnitRefType = UInt8
export const DERUnitRefType: Element<DERUnitRefType> = { name: 'DERUnitRefType', base: 'UInt8' }

export interface DeviceCapability extends FunctionSetAssignmentsBase {
  /** Seconds. */
  readonly pollRate?: UInt32
  readonly EndDeviceListLink?: EndDeviceListLink
  readonly MirrorUsagePointListLink?: MirrorUsagePointListLink
  readonly SelfDeviceLink?: SelfDeviceLink
}
export const DeviceCapability: Element<DeviceCapability> = { name: 'DeviceCapability', base: 'FunctionSetAssignmentsBase', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'EndDeviceListLink', type: 'EndDeviceListLink', min: 0 },
  { name: 'MirrorUsagePointListLink', type: 'MirrorUsagePointListLink', min: 0 },
  { name: 'SelfDeviceLink', type: 'SelfDeviceLink', min: 0 },
] }

export interface DeviceCapabilityLink extends Link {}
export const DeviceCapabilityLink: Element<DeviceCapabilityLink> = { name: 'DeviceCapabilityLink', base: 'Link' }

/** Bits: 0 thermostat; 1 strip heating; 2 baseboard heating; 3 water heater; 4 pool pump; 5 sauna; 6 hot tub; 7 appliance; 8 irrigation pump; 9 managed load; 10 simple load; 11 outdoor light; 12 indoor light; 13 load switch; 14 energy management; 15 smart energy module; 16 electric vehicle; 17 charging station; 18 virtual or mixed DER; 19 reciprocating engine; 20 fuel cell; 21 photovoltaic; 22 combined heat and power; 23 photovoltaic with storage; 24 other generation; 25 other storage. */
export type DeviceCategoryType = HexBinary32
export const DeviceCategoryType: Element<DeviceCategoryType> = { name: 'DeviceCategoryType', base: 'HexBinary32' }

export interface DeviceInformation extends Resource {
  /** Seconds. */
  readonly pollRate?: UInt32
  readonly DRLCCapabilities?: DRLCCapabilities
  readonly functionsImplemented?: HexBinary64
  readonly gpsLocation?: GPSLocationType
  readonly lFDI: HexBinary160
  readonly mfDate: TimeType
  readonly mfHwVer: String32
  readonly mfID: PENType
  readonly mfInfo?: String32
  readonly mfModel: String32
  readonly mfSerNum: String32
  readonly primaryPower: PowerSourceType
  readonly secondaryPower: PowerSourceType
  readonly SupportedLocaleListLink?: SupportedLocaleListLink
  readonly swActTime: TimeType
  readonly swVer: String32
}
export const DeviceInformation: Element<DeviceInformation> = { name: 'DeviceInformation', base: 'Resource', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'DRLCCapabilities', type: 'DRLCCapabilities', min: 0 },
  { name: 'functionsImplemented', type: 'HexBinary64', min: 0 },
  { name: 'gpsLocation', type: 'GPSLocationType', min: 0 },
  { name: 'lFDI', type: 'HexBinary160' },
  { name: 'mfDate', type: 'TimeType' },
  { name: 'mfHwVer', type: 'String32' },
  { name: 'mfID', type: 'PENType' },
  { name: 'mfInfo', type: 'String32', min: 0 },
  { name: 'mfModel', type: 'String32' },
  { name: 'mfSerNum', type: 'String32' },
  { name: 'primaryPower', type: 'PowerSourceType' },
  { name: 'secondaryPower', type: 'PowerSourceType' },
  { name: 'SupportedLocaleListLink', type: 'SupportedLocaleListLink', min: 0 },
  { name: 'swActTime', type: 'TimeType' },
  { name: 'swVer', type: 'String32' },
] }

export interface DeviceInformationLink extends Link {}
export const DeviceInformationLink: Element<DeviceInformationLink> = { name: 'DeviceInformationLink', base: 'Link' }

export interface DeviceStatus extends Resource {
  /** Seconds. */
  readonly pollRate?: UInt32
  readonly changedTime: TimeType
  readonly onCount?: UInt16
  /** 0 unknown; 1 not operating; 2 operating; 3 starting; 4 stopping; 5 at disconnect level; 6 ramping active power; 7 ramping reactive power. */
  readonly opState?: UInt8
  readonly opTime?: UInt32
  readonly Temperature?: readonly Temperature[]
  readonly TimeLink?: TimeLink
}
export const DeviceStatus: Element<DeviceStatus> = { name: 'DeviceStatus', base: 'Resource', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'changedTime', type: 'TimeType' },
  { name: 'onCount', type: 'UInt16', min: 0 },
  { name: 'opState', type: 'UInt8', min: 0 },
  { name: 'opTime', type: 'UInt32', min: 0 },
  { name: 'Temperature', type: 'Temperature', min: 0, max: Infinity },
  { name: 'TimeLink', type: 'TimeLink', min: 0 },
] }

export interface DeviceStatusLink extends Link {}
export const DeviceStatusLink: Element<DeviceStatusLink> = { name: 'DeviceStatusLink', base: 'Link' }

export interface DRLCCapabilities {
  readonly averageEnergy: RealEnergy
  readonly maxDemand: ActivePower
  readonly optionsImplemented: HexBinary32
}
export const DRLCCapabilities: Element<DRLCCapabilities> = { name: 'DRLCCapabilities', elements: [
  { name: 'averageEnergy', type: 'RealEnergy' },
  { name: 'maxDemand', type: 'ActivePower' },
  { name: 'optionsImplemented', type: 'HexBinary32' },
] }

export interface DrResponse extends Response {
  readonly ApplianceLoadReduction?: ApplianceLoadReduction
  readonly AppliedTargetReduction?: AppliedTargetReduction
  readonly DutyCycle?: DutyCycle
  readonly Offset?: Offset
  readonly overrideDuration?: UInt16
  readonly SetPoint?: SetPoint
}
export const DrResponse: Element<DrResponse> = { name: 'DrResponse', base: 'Response', elements: [
  { name: 'ApplianceLoadReduction', type: 'ApplianceLoadReduction', min: 0 },
  { name: 'AppliedTargetReduction', type: 'AppliedTargetReduction', min: 0 },
  { name: 'DutyCycle', type: 'DutyCycle', min: 0 },
  { name: 'Offset', type: 'Offset', min: 0 },
  { name: 'overrideDuration', type: 'UInt16', min: 0 },
  { name: 'SetPoint', type: 'SetPoint', min: 0 },
] }

/** Bits: 0-11 second of the hour; 12-16 hour; 17-19 weekday; 20-24 day of the month; 25-27 operator; 28-31 month. FFFFFFFF turns it off. */
export type DstRuleType = HexBinary32
export const DstRuleType: Element<DstRuleType> = { name: 'DstRuleType', base: 'HexBinary32' }

export interface DutyCycle {
  readonly normalValue: UInt8
}
export const DutyCycle: Element<DutyCycle> = { name: 'DutyCycle', elements: [
  { name: 'normalValue', type: 'UInt8' },
] }

export interface EndDevice extends AbstractDevice {
  readonly changedTime: TimeType
  readonly enabled?: boolean
  readonly FlowReservationRequestListLink?: FlowReservationRequestListLink
  readonly FlowReservationResponseListLink?: FlowReservationResponseListLink
  readonly FunctionSetAssignmentsListLink?: FunctionSetAssignmentsListLink
  /** Seconds between posts. */
  readonly postRate?: UInt32
  readonly RegistrationLink?: RegistrationLink
  readonly SubscriptionListLink?: SubscriptionListLink
  readonly ConnectionPointLink?: AnyLink
}
export const EndDevice: Element<EndDevice> = { name: 'EndDevice', base: 'AbstractDevice', elements: [
  { name: 'changedTime', type: 'TimeType' },
  { name: 'enabled', type: 'boolean', min: 0 },
  { name: 'FlowReservationRequestListLink', type: 'FlowReservationRequestListLink', min: 0 },
  { name: 'FlowReservationResponseListLink', type: 'FlowReservationResponseListLink', min: 0 },
  { name: 'FunctionSetAssignmentsListLink', type: 'FunctionSetAssignmentsListLink', min: 0 },
  { name: 'postRate', type: 'UInt32', min: 0 },
  { name: 'RegistrationLink', type: 'RegistrationLink', min: 0 },
  { name: 'SubscriptionListLink', type: 'SubscriptionListLink', min: 0 },
] }

export interface EndDeviceControl extends RandomizableEvent {
  readonly ApplianceLoadReduction?: ApplianceLoadReduction
  readonly deviceCategory: DeviceCategoryType
  readonly drProgramMandatory: boolean
  readonly DutyCycle?: DutyCycle
  readonly loadShiftForward: boolean
  readonly Offset?: Offset
  readonly overrideDuration?: UInt16
  readonly SetPoint?: SetPoint
  readonly TargetReduction?: TargetReduction
}
export const EndDeviceControl: Element<EndDeviceControl> = { name: 'EndDeviceControl', base: 'RandomizableEvent', elements: [
  { name: 'ApplianceLoadReduction', type: 'ApplianceLoadReduction', min: 0 },
  { name: 'deviceCategory', type: 'DeviceCategoryType' },
  { name: 'drProgramMandatory', type: 'boolean' },
  { name: 'DutyCycle', type: 'DutyCycle', min: 0 },
  { name: 'loadShiftForward', type: 'boolean' },
  { name: 'Offset', type: 'Offset', min: 0 },
  { name: 'overrideDuration', type: 'UInt16', min: 0 },
  { name: 'SetPoint', type: 'SetPoint', min: 0 },
  { name: 'TargetReduction', type: 'TargetReduction', min: 0 },
] }

export interface EndDeviceControlList extends SubscribableList {
  readonly EndDeviceControl?: readonly EndDeviceControl[]
}
export const EndDeviceControlList: Element<EndDeviceControlList> = { name: 'EndDeviceControlList', base: 'SubscribableList', elements: [
  { name: 'EndDeviceControl', type: 'EndDeviceControl', min: 0, max: Infinity },
] }

export interface EndDeviceControlListLink extends ListLink {}
export const EndDeviceControlListLink: Element<EndDeviceControlListLink> = { name: 'EndDeviceControlListLink', base: 'ListLink' }

export interface EndDeviceLink extends Link {}
export const EndDeviceLink: Element<EndDeviceLink> = { name: 'EndDeviceLink', base: 'Link' }

export interface EndDeviceList extends SubscribableList {
  /** Seconds. */
  readonly pollRate?: UInt32
  readonly EndDevice?: readonly EndDevice[]
}
export const EndDeviceList: Element<EndDeviceList> = { name: 'EndDeviceList', base: 'SubscribableList', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'EndDevice', type: 'EndDevice', min: 0, max: Infinity },
] }

export interface EndDeviceListLink extends ListLink {}
export const EndDeviceListLink: Element<EndDeviceListLink> = { name: 'EndDeviceListLink', base: 'ListLink' }

export interface EnvironmentalCost {
  readonly amount: UInt32
  readonly costKind: CostKindType
  readonly costLevel: UInt8
  readonly numCostLevels: UInt8
}
export const EnvironmentalCost: Element<EnvironmentalCost> = { name: 'EnvironmentalCost', elements: [
  { name: 'amount', type: 'UInt32' },
  { name: 'costKind', type: 'CostKindType' },
  { name: 'costLevel', type: 'UInt8' },
  { name: 'numCostLevels', type: 'UInt8' },
] }

export interface Error {
  readonly maxRetryDuration?: UInt16
  /** 0 badly formed request; 1 illegal values; 2 a resource limit is reached; 3 no conditional subscription to this field; 4 requests too often. */
  readonly reasonCode: UInt16
}
export const Error: Element<Error> = { name: 'Error', elements: [
  { name: 'maxRetryDuration', type: 'UInt16', min: 0 },
  { name: 'reasonCode', type: 'UInt16' },
] }

export interface Event extends RespondableSubscribableIdentifiedObject {
  readonly creationTime: TimeType
  readonly EventStatus: EventStatus
  readonly interval: DateTimeInterval
}
export const Event: Element<Event> = { name: 'Event', base: 'RespondableSubscribableIdentifiedObject', elements: [
  { name: 'creationTime', type: 'TimeType' },
  { name: 'EventStatus', type: 'EventStatus' },
  { name: 'interval', type: 'DateTimeInterval' },
] }

export interface EventStatus {
  /** 0 scheduled; 1 active; 2 cancelled; 3 cancelled, to end at random; 4 superseded. */
  readonly currentStatus: UInt8
  /** When the status came to be; never in the future. */
  readonly dateTime: TimeType
  /** Set when another event takes over a part of this one. */
  readonly potentiallySuperseded: boolean
  readonly potentiallySupersededTime?: TimeType
  readonly reason?: String192
}
export const EventStatus: Element<EventStatus> = { name: 'EventStatus', elements: [
  { name: 'currentStatus', type: 'UInt8' },
  { name: 'dateTime', type: 'TimeType' },
  { name: 'potentiallySuperseded', type: 'boolean' },
  { name: 'potentiallySupersededTime', type: 'TimeType', min: 0 },
  { name: 'reason', type: 'String192', min: 0 },
] }

export interface File extends Resource {
  readonly activateTime?: TimeType
  readonly fileURI: string
  readonly lFDI?: HexBinary160
  readonly mfHwVer?: String32
  readonly mfID: PENType
  readonly mfModel: String32
  readonly mfSerNum?: String32
  readonly mfVer: String16
  readonly size: UInt32
  /** 0000 software; 0001 credential; 0002 configuration; 0003 log; from 8000 the maker's own. */
  readonly type: HexBinary16
}
export const File: Element<File> = { name: 'File', base: 'Resource', elements: [
  { name: 'activateTime', type: 'TimeType', min: 0 },
  { name: 'fileURI', type: 'anyURI' },
  { name: 'lFDI', type: 'HexBinary160', min: 0 },
  { name: 'mfHwVer', type: 'String32', min: 0 },
  { name: 'mfID', type: 'PENType' },
  { name: 'mfModel', type: 'String32' },
  { name: 'mfSerNum', type: 'String32', min: 0 },
  { name: 'mfVer', type: 'String16' },
  { name: 'size', type: 'UInt32' },
  { name: 'type', type: 'HexBinary16' },
] }

export interface FileLink extends Link {}
export const FileLink: Element<FileLink> = { name: 'FileLink', base: 'Link' }

export interface FileList extends List {
  /** Seconds. */
  readonly pollRate?: UInt32
  readonly File?: readonly File[]
}
export const FileList: Element<FileList> = { name: 'FileList', base: 'List', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'File', type: 'File', min: 0, max: Infinity },
] }

export interface FileListLink extends ListLink {}
export const FileListLink: Element<FileListLink> = { name: 'FileListLink', base: 'ListLink' }

export interface FileStatus extends Resource {
  /** Seconds. */
  readonly pollRate?: UInt32
  readonly activateTime?: TimeType
  readonly FileLink?: FileLink
  /** Percent, 0 to 100. */
  readonly loadPercent: UInt8
  readonly nextRequestAttempt: TimeType
  readonly request503Count: UInt16
  readonly requestFailCount: UInt16
  /** 0 idle; 1 loading; 2 load failed; 3 checking the signature; 4 signature bad; 5 waiting; 6 activation failed; 7 activating; 8 activated. */
  readonly status: UInt8
  readonly statusTime: TimeType
}
export const FileStatus: Element<FileStatus> = { name: 'FileStatus', base: 'Resource', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'activateTime', type: 'TimeType', min: 0 },
  { name: 'FileLink', type: 'FileLink', min: 0 },
  { name: 'loadPercent', type: 'UInt8' },
  { name: 'nextRequestAttempt', type: 'TimeType' },
  { name: 'request503Count', type: 'UInt16' },
  { name: 'requestFailCount', type: 'UInt16' },
  { name: 'status', type: 'UInt8' },
  { name: 'statusTime', type: 'TimeType' },
] }

export interface FileStatusLink extends Link {}
export const FileStatusLink: Element<FileStatusLink> = { name: 'FileStatusLink', base: 'Link' }

export interface FixedPointType {
  readonly multiplier: PowerOfTenMultiplierType
  readonly value: Int16
}
export const FixedPointType: Element<FixedPointType> = { name: 'FixedPointType', elements: [
  { name: 'multiplier', type: 'PowerOfTenMultiplierType' },
  { name: 'value', type: 'Int16' },
] }

export interface FixedVar {
  readonly refType: DERUnitRefType
  readonly value: SignedPerCent
}
export const FixedVar: Element<FixedVar> = { name: 'FixedVar', elements: [
  { name: 'refType', type: 'DERUnitRefType' },
  { name: 'value', type: 'SignedPerCent' },
] }

/** 0 none; 1 forward, to the customer; 19 reverse. */
export type FlowDirectionType = UInt8
export const FlowDirectionType: Element<FlowDirectionType> = { name: 'FlowDirectionType', base: 'UInt8' }

export interface FlowReservationRequest extends IdentifiedObject {
  readonly creationTime: TimeType
  readonly durationRequested?: UInt16
  readonly energyRequested: SignedRealEnergy
  readonly intervalRequested: DateTimeInterval
  readonly powerRequested: ActivePower
  readonly RequestStatus: RequestStatus
}
export const FlowReservationRequest: Element<FlowReservationRequest> = { name: 'FlowReservationRequest', base: 'IdentifiedObject', elements: [
  { name: 'creationTime', type: 'TimeType' },
  { name: 'durationRequested', type: 'UInt16', min: 0 },
  { name: 'energyRequested', type: 'SignedRealEnergy' },
  { name: 'intervalRequested', type: 'DateTimeInterval' },
  { name: 'powerRequested', type: 'ActivePower' },
  { name: 'RequestStatus', type: 'RequestStatus' },
] }

export interface FlowReservationRequestList extends List {
  /** Seconds. */
  readonly pollRate?: UInt32
  readonly FlowReservationRequest?: readonly FlowReservationRequest[]
}
export const FlowReservationRequestList: Element<FlowReservationRequestList> = { name: 'FlowReservationRequestList', base: 'List', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'FlowReservationRequest', type: 'FlowReservationRequest', min: 0, max: Infinity },
] }

export interface FlowReservationRequestListLink extends ListLink {}
export const FlowReservationRequestListLink: Element<FlowReservationRequestListLink> = { name: 'FlowReservationRequestListLink', base: 'ListLink' }

export interface FlowReservationResponse extends Event {
  readonly energyAvailable: SignedRealEnergy
  readonly powerAvailable: ActivePower
  readonly subject: mRIDType
}
export const FlowReservationResponse: Element<FlowReservationResponse> = { name: 'FlowReservationResponse', base: 'Event', elements: [
  { name: 'energyAvailable', type: 'SignedRealEnergy' },
  { name: 'powerAvailable', type: 'ActivePower' },
  { name: 'subject', type: 'mRIDType' },
] }

export interface FlowReservationResponseList extends SubscribableList {
  /** Seconds. */
  readonly pollRate?: UInt32
  readonly FlowReservationResponse?: readonly FlowReservationResponse[]
}
export const FlowReservationResponseList: Element<FlowReservationResponseList> = { name: 'FlowReservationResponseList', base: 'SubscribableList', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'FlowReservationResponse', type: 'FlowReservationResponse', min: 0, max: Infinity },
] }

export interface FlowReservationResponseListLink extends ListLink {}
export const FlowReservationResponseListLink: Element<FlowReservationResponseListLink> = { name: 'FlowReservationResponseListLink', base: 'ListLink' }

export interface FlowReservationResponseResponse extends Response {}
export const FlowReservationResponseResponse: Element<FlowReservationResponseResponse> = { name: 'FlowReservationResponseResponse', base: 'Response' }

export interface FreqDroopType {
  /** Thousandths of a hertz. */
  readonly dBOF: UInt32
  /** Thousandths of a hertz. */
  readonly dBUF: UInt32
  /** Thousandths. */
  readonly kOF: UInt16
  /** Thousandths. */
  readonly kUF: UInt16
  /** Hundredths of a second. */
  readonly openLoopTms: UInt16
}
export const FreqDroopType: Element<FreqDroopType> = { name: 'FreqDroopType', elements: [
  { name: 'dBOF', type: 'UInt32' },
  { name: 'dBUF', type: 'UInt32' },
  { name: 'kOF', type: 'UInt16' },
  { name: 'kUF', type: 'UInt16' },
  { name: 'openLoopTms', type: 'UInt16' },
] }

export interface FunctionSetAssignments extends FunctionSetAssignmentsBase {
  readonly subscribable?: SubscribableType
  readonly mRID: mRIDType
  readonly description?: String32
  readonly version?: VersionType
}
export const FunctionSetAssignments: Element<FunctionSetAssignments> = { name: 'FunctionSetAssignments', base: 'FunctionSetAssignmentsBase', attributes: [{ name: 'subscribable', type: 'SubscribableType', default: '0' }], elements: [
  { name: 'mRID', type: 'mRIDType' },
  { name: 'description', type: 'String32', min: 0 },
  { name: 'version', type: 'VersionType', min: 0 },
] }

export interface FunctionSetAssignmentsBase extends Resource {
  readonly CustomerAccountListLink?: CustomerAccountListLink
  readonly DemandResponseProgramListLink?: DemandResponseProgramListLink
  readonly DERProgramListLink?: DERProgramListLink
  readonly FileListLink?: FileListLink
  readonly MessagingProgramListLink?: MessagingProgramListLink
  readonly PrepaymentListLink?: PrepaymentListLink
  readonly ResponseSetListLink?: ResponseSetListLink
  readonly TariffProfileListLink?: TariffProfileListLink
  readonly TimeLink?: TimeLink
  readonly UsagePointListLink?: UsagePointListLink
}
export const FunctionSetAssignmentsBase: Element<FunctionSetAssignmentsBase> = { name: 'FunctionSetAssignmentsBase', base: 'Resource', elements: [
  { name: 'CustomerAccountListLink', type: 'CustomerAccountListLink', min: 0 },
  { name: 'DemandResponseProgramListLink', type: 'DemandResponseProgramListLink', min: 0 },
  { name: 'DERProgramListLink', type: 'DERProgramListLink', min: 0 },
  { name: 'FileListLink', type: 'FileListLink', min: 0 },
  { name: 'MessagingProgramListLink', type: 'MessagingProgramListLink', min: 0 },
  { name: 'PrepaymentListLink', type: 'PrepaymentListLink', min: 0 },
  { name: 'ResponseSetListLink', type: 'ResponseSetListLink', min: 0 },
  { name: 'TariffProfileListLink', type: 'TariffProfileListLink', min: 0 },
  { name: 'TimeLink', type: 'TimeLink', min: 0 },
  { name: 'UsagePointListLink', type: 'UsagePointListLink', min: 0 },
] }

export interface FunctionSetAssignmentsList extends SubscribableList {
  /** Seconds. */
  readonly pollRate?: UInt32
  readonly FunctionSetAssignments?: readonly FunctionSetAssignments[]
}
export const FunctionSetAssignmentsList: Element<FunctionSetAssignmentsList> = { name: 'FunctionSetAssignmentsList', base: 'SubscribableList', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'FunctionSetAssignments', type: 'FunctionSetAssignments', min: 0, max: Infinity },
] }

export interface FunctionSetAssignmentsListLink extends ListLink {}
export const FunctionSetAssignmentsListLink: Element<FunctionSetAssignmentsListLink> = { name: 'FunctionSetAssignmentsListLink', base: 'ListLink' }

/** Decimal degrees of WGS 84 as text. */
export interface GPSLocationType {
  readonly lat: String32
  readonly lon: String32
}
export const GPSLocationType: Element<GPSLocationType> = { name: 'GPSLocationType', elements: [
  { name: 'lat', type: 'String32' },
  { name: 'lon', type: 'String32' },
] }

export interface HistoricalReading extends BillingMeterReadingBase {}
export const HistoricalReading: Element<HistoricalReading> = { name: 'HistoricalReading', base: 'BillingMeterReadingBase' }

export interface HistoricalReadingList extends List {
  readonly HistoricalReading?: readonly HistoricalReading[]
}
export const HistoricalReadingList: Element<HistoricalReadingList> = { name: 'HistoricalReadingList', base: 'List', elements: [
  { name: 'HistoricalReading', type: 'HistoricalReading', min: 0, max: Infinity },
] }

export interface HistoricalReadingListLink extends ListLink {}
export const HistoricalReadingListLink: Element<HistoricalReadingListLink> = { name: 'HistoricalReadingListLink', base: 'ListLink' }

export interface IdentifiedObject extends Resource {
  readonly mRID: mRIDType
  readonly description?: String32
  readonly version?: VersionType
}
export const IdentifiedObject: Element<IdentifiedObject> = { name: 'IdentifiedObject', base: 'Resource', elements: [
  { name: 'mRID', type: 'mRIDType' },
  { name: 'description', type: 'String32', min: 0 },
  { name: 'version', type: 'VersionType', min: 0 },
] }

export interface IEEE_802_15_4 {
  readonly capabilityInfo: HexBinary8
  readonly NeighborListLink?: NeighborListLink
  readonly shortAddress: UInt16
}
export const IEEE_802_15_4: Element<IEEE_802_15_4> = { name: 'IEEE_802_15_4', elements: [
  { name: 'capabilityInfo', type: 'HexBinary8' },
  { name: 'NeighborListLink', type: 'NeighborListLink', min: 0 },
  { name: 'shortAddress', type: 'UInt16' },
] }

export interface InverterStatusType {
  readonly dateTime: TimeType
  /** 0 not applicable; 1 off; 2 asleep; 3 starting; 4 tracking the maximum power point; 5 forced reduction; 6 shutting down; 7 fault; 8 standby; 9 test; 10 see the maker's status. */
  readonly value: UInt8
}
export const InverterStatusType: Element<InverterStatusType> = { name: 'InverterStatusType', elements: [
  { name: 'dateTime', type: 'TimeType' },
  { name: 'value', type: 'UInt8' },
] }

export interface IPAddr extends Resource {
  readonly address: HexBinary128
  readonly RPLInstanceListLink?: RPLInstanceListLink
}
export const IPAddr: Element<IPAddr> = { name: 'IPAddr', base: 'Resource', elements: [
  { name: 'address', type: 'HexBinary128' },
  { name: 'RPLInstanceListLink', type: 'RPLInstanceListLink', min: 0 },
] }

export interface IPAddrList extends List {
  readonly IPAddr?: readonly IPAddr[]
}
export const IPAddrList: Element<IPAddrList> = { name: 'IPAddrList', base: 'List', elements: [
  { name: 'IPAddr', type: 'IPAddr', min: 0, max: Infinity },
] }

export interface IPAddrListLink extends ListLink {}
export const IPAddrListLink: Element<IPAddrListLink> = { name: 'IPAddrListLink', base: 'ListLink' }

export interface IPInterface extends Resource {
  readonly ifDescr?: String192
  readonly ifHighSpeed?: UInt32
  readonly ifInBroadcastPkts?: UInt32
  readonly ifIndex?: UInt32
  readonly ifInDiscards?: UInt32
  readonly ifInErrors?: UInt32
  readonly ifInMulticastPkts?: UInt32
  readonly ifInOctets?: UInt32
  readonly ifInUcastPkts?: UInt32
  readonly ifInUnknownProtos?: UInt32
  readonly ifMtu?: UInt32
  readonly ifName?: String16
  readonly ifOperStatus?: UInt8
  readonly ifOutBroadcastPkts?: UInt32
  readonly ifOutDiscards?: UInt32
  readonly ifOutErrors?: UInt32
  readonly ifOutMulticastPkts?: UInt32
  readonly ifOutOctets?: UInt32
  readonly ifOutUcastPkts?: UInt32
  readonly ifPromiscuousMode?: boolean
  readonly ifSpeed?: UInt32
  readonly ifType?: UInt16
  readonly IPAddrListLink?: IPAddrListLink
  readonly lastResetTime?: Int64
  readonly lastUpdatedTime?: Int64
  readonly LLInterfaceListLink?: LLInterfaceListLink
}
export const IPInterface: Element<IPInterface> = { name: 'IPInterface', base: 'Resource', elements: [
  { name: 'ifDescr', type: 'String192', min: 0 },
  { name: 'ifHighSpeed', type: 'UInt32', min: 0 },
  { name: 'ifInBroadcastPkts', type: 'UInt32', min: 0 },
  { name: 'ifIndex', type: 'UInt32', min: 0 },
  { name: 'ifInDiscards', type: 'UInt32', min: 0 },
  { name: 'ifInErrors', type: 'UInt32', min: 0 },
  { name: 'ifInMulticastPkts', type: 'UInt32', min: 0 },
  { name: 'ifInOctets', type: 'UInt32', min: 0 },
  { name: 'ifInUcastPkts', type: 'UInt32', min: 0 },
  { name: 'ifInUnknownProtos', type: 'UInt32', min: 0 },
  { name: 'ifMtu', type: 'UInt32', min: 0 },
  { name: 'ifName', type: 'String16', min: 0 },
  { name: 'ifOperStatus', type: 'UInt8', min: 0 },
  { name: 'ifOutBroadcastPkts', type: 'UInt32', min: 0 },
  { name: 'ifOutDiscards', type: 'UInt32', min: 0 },
  { name: 'ifOutErrors', type: 'UInt32', min: 0 },
  { name: 'ifOutMulticastPkts', type: 'UInt32', min: 0 },
  { name: 'ifOutOctets', type: 'UInt32', min: 0 },
  { name: 'ifOutUcastPkts', type: 'UInt32', min: 0 },
  { name: 'ifPromiscuousMode', type: 'boolean', min: 0 },
  { name: 'ifSpeed', type: 'UInt32', min: 0 },
  { name: 'ifType', type: 'UInt16', min: 0 },
  { name: 'IPAddrListLink', type: 'IPAddrListLink', min: 0 },
  { name: 'lastResetTime', type: 'Int64', min: 0 },
  { name: 'lastUpdatedTime', type: 'Int64', min: 0 },
  { name: 'LLInterfaceListLink', type: 'LLInterfaceListLink', min: 0 },
] }

export interface IPInterfaceList extends List {
  /** Seconds. */
  readonly pollRate?: UInt32
  readonly IPInterface?: readonly IPInterface[]
}
export const IPInterfaceList: Element<IPInterfaceList> = { name: 'IPInterfaceList', base: 'List', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'IPInterface', type: 'IPInterface', min: 0, max: Infinity },
] }

export interface IPInterfaceListLink extends ListLink {}
export const IPInterfaceListLink: Element<IPInterfaceListLink> = { name: 'IPInterfaceListLink', base: 'ListLink' }

/** 0 none; 3 currency; 8 demand; 12 energy; 37 power. */
export type KindType = UInt8
export const KindType: Element<KindType> = { name: 'KindType', base: 'UInt8' }

export interface Link {
  readonly href: string
}
export type AnyLink = Link
  | Typed<'AccountBalanceLink', AccountBalanceLink>
  | Typed<'ActiveBillingPeriodListLink', ActiveBillingPeriodListLink>
  | Typed<'ActiveCreditRegisterListLink', ActiveCreditRegisterListLink>
  | Typed<'ActiveDERControlListLink', ActiveDERControlListLink>
  | Typed<'ActiveEndDeviceControlListLink', ActiveEndDeviceControlListLink>
  | Typed<'ActiveFlowReservationListLink', ActiveFlowReservationListLink>
  | Typed<'ActiveProjectionReadingListLink', ActiveProjectionReadingListLink>
  | Typed<'ActiveSupplyInterruptionOverrideListLink', ActiveSupplyInterruptionOverrideListLink>
  | Typed<'ActiveTargetReadingListLink', ActiveTargetReadingListLink>
  | Typed<'ActiveTextMessageListLink', ActiveTextMessageListLink>
  | Typed<'ActiveTimeTariffIntervalListLink', ActiveTimeTariffIntervalListLink>
  | Typed<'AssociatedDERProgramListLink', AssociatedDERProgramListLink>
  | Typed<'AssociatedUsagePointLink', AssociatedUsagePointLink>
  | Typed<'BillingPeriodListLink', BillingPeriodListLink>
  | Typed<'BillingReadingListLink', BillingReadingListLink>
  | Typed<'BillingReadingSetListLink', BillingReadingSetListLink>
  | Typed<'ConfigurationLink', ConfigurationLink>
  | Typed<'ConsumptionTariffIntervalListLink', ConsumptionTariffIntervalListLink>
  | Typed<'CreditRegisterListLink', CreditRegisterListLink>
  | Typed<'CurrentDERProgramLink', CurrentDERProgramLink>
  | Typed<'CustomerAccountLink', CustomerAccountLink>
  | Typed<'CustomerAccountListLink', CustomerAccountListLink>
  | Typed<'CustomerAgreementListLink', CustomerAgreementListLink>
  | Typed<'DefaultDERControlLink', DefaultDERControlLink>
  | Typed<'DemandResponseProgramLink', DemandResponseProgramLink>
  | Typed<'DemandResponseProgramListLink', DemandResponseProgramListLink>
  | Typed<'DERAvailabilityLink', DERAvailabilityLink>
  | Typed<'DERCapabilityLink', DERCapabilityLink>
  | Typed<'DERControlListLink', DERControlListLink>
  | Typed<'DERCurveLink', DERCurveLink>
  | Typed<'DERCurveListLink', DERCurveListLink>
  | Typed<'DERLink', DERLink>
  | Typed<'DERListLink', DERListLink>
  | Typed<'DERProgramLink', DERProgramLink>
  | Typed<'DERProgramListLink', DERProgramListLink>
  | Typed<'DERSettingsLink', DERSettingsLink>
  | Typed<'DERStatusLink', DERStatusLink>
  | Typed<'DeviceCapabilityLink', DeviceCapabilityLink>
  | Typed<'DeviceInformationLink', DeviceInformationLink>
  | Typed<'DeviceStatusLink', DeviceStatusLink>
  | Typed<'EndDeviceControlListLink', EndDeviceControlListLink>
  | Typed<'EndDeviceLink', EndDeviceLink>
  | Typed<'EndDeviceListLink', EndDeviceListLink>
  | Typed<'FileLink', FileLink>
  | Typed<'FileListLink', FileListLink>
  | Typed<'FileStatusLink', FileStatusLink>
  | Typed<'FlowReservationRequestListLink', FlowReservationRequestListLink>
  | Typed<'FlowReservationResponseListLink', FlowReservationResponseListLink>
  | Typed<'FunctionSetAssignmentsListLink', FunctionSetAssignmentsListLink>
  | Typed<'HistoricalReadingListLink', HistoricalReadingListLink>
  | Typed<'IPAddrListLink', IPAddrListLink>
  | Typed<'IPInterfaceListLink', IPInterfaceListLink>
  | Typed<'ListLink', ListLink>
  | Typed<'LLInterfaceListLink', LLInterfaceListLink>
  | Typed<'LoadShedAvailabilityListLink', LoadShedAvailabilityListLink>
  | Typed<'LogEventListLink', LogEventListLink>
  | Typed<'MessagingProgramListLink', MessagingProgramListLink>
  | Typed<'MeterReadingLink', MeterReadingLink>
  | Typed<'MeterReadingListLink', MeterReadingListLink>
  | Typed<'MirrorUsagePointListLink', MirrorUsagePointListLink>
  | Typed<'NeighborListLink', NeighborListLink>
  | Typed<'NotificationListLink', NotificationListLink>
  | Typed<'PowerStatusLink', PowerStatusLink>
  | Typed<'PrepaymentLink', PrepaymentLink>
  | Typed<'PrepaymentListLink', PrepaymentListLink>
  | Typed<'PrepayOperationStatusLink', PrepayOperationStatusLink>
  | Typed<'PriceResponseCfgListLink', PriceResponseCfgListLink>
  | Typed<'ProjectionReadingListLink', ProjectionReadingListLink>
  | Typed<'RateComponentLink', RateComponentLink>
  | Typed<'RateComponentListLink', RateComponentListLink>
  | Typed<'ReadingLink', ReadingLink>
  | Typed<'ReadingListLink', ReadingListLink>
  | Typed<'ReadingSetListLink', ReadingSetListLink>
  | Typed<'ReadingTypeLink', ReadingTypeLink>
  | Typed<'RegistrationLink', RegistrationLink>
  | Typed<'ResponseListLink', ResponseListLink>
  | Typed<'ResponseSetListLink', ResponseSetListLink>
  | Typed<'RPLInstanceListLink', RPLInstanceListLink>
  | Typed<'RPLSourceRoutesListLink', RPLSourceRoutesListLink>
  | Typed<'SelfDeviceLink', SelfDeviceLink>
  | Typed<'ServiceSupplierLink', ServiceSupplierLink>
  | Typed<'SubscriptionListLink', SubscriptionListLink>
  | Typed<'SupplyInterruptionOverrideListLink', SupplyInterruptionOverrideListLink>
  | Typed<'SupportedLocaleListLink', SupportedLocaleListLink>
  | Typed<'TargetReadingListLink', TargetReadingListLink>
  | Typed<'TariffProfileLink', TariffProfileLink>
  | Typed<'TariffProfileListLink', TariffProfileListLink>
  | Typed<'TextMessageListLink', TextMessageListLink>
  | Typed<'TimeLink', TimeLink>
  | Typed<'TimeTariffIntervalListLink', TimeTariffIntervalListLink>
  | Typed<'UsagePointLink', UsagePointLink>
  | Typed<'UsagePointListLink', UsagePointListLink>
export const Link: Element<AnyLink> = { name: 'Link', attributes: [{ name: 'href', type: 'anyURI', required: true }] }

export interface List extends Resource {
  /** Members of the whole list that the client may see. */
  readonly all: UInt32
  /** Members in this document. */
  readonly results: UInt32
}
export const List: Element<List> = { name: 'List', base: 'Resource', attributes: [{ name: 'all', type: 'UInt32', required: true }, { name: 'results', type: 'UInt32', required: true }] }

export interface ListLink extends Link {
  /** Members of the list, when it is on the same server. */
  readonly all?: UInt32
}
export type AnyListLink = ListLink
  | Typed<'ActiveBillingPeriodListLink', ActiveBillingPeriodListLink>
  | Typed<'ActiveCreditRegisterListLink', ActiveCreditRegisterListLink>
  | Typed<'ActiveDERControlListLink', ActiveDERControlListLink>
  | Typed<'ActiveEndDeviceControlListLink', ActiveEndDeviceControlListLink>
  | Typed<'ActiveFlowReservationListLink', ActiveFlowReservationListLink>
  | Typed<'ActiveProjectionReadingListLink', ActiveProjectionReadingListLink>
  | Typed<'ActiveSupplyInterruptionOverrideListLink', ActiveSupplyInterruptionOverrideListLink>
  | Typed<'ActiveTargetReadingListLink', ActiveTargetReadingListLink>
  | Typed<'ActiveTextMessageListLink', ActiveTextMessageListLink>
  | Typed<'ActiveTimeTariffIntervalListLink', ActiveTimeTariffIntervalListLink>
  | Typed<'AssociatedDERProgramListLink', AssociatedDERProgramListLink>
  | Typed<'BillingPeriodListLink', BillingPeriodListLink>
  | Typed<'BillingReadingListLink', BillingReadingListLink>
  | Typed<'BillingReadingSetListLink', BillingReadingSetListLink>
  | Typed<'ConsumptionTariffIntervalListLink', ConsumptionTariffIntervalListLink>
  | Typed<'CreditRegisterListLink', CreditRegisterListLink>
  | Typed<'CustomerAccountListLink', CustomerAccountListLink>
  | Typed<'CustomerAgreementListLink', CustomerAgreementListLink>
  | Typed<'DemandResponseProgramListLink', DemandResponseProgramListLink>
  | Typed<'DERControlListLink', DERControlListLink>
  | Typed<'DERCurveListLink', DERCurveListLink>
  | Typed<'DERListLink', DERListLink>
  | Typed<'DERProgramListLink', DERProgramListLink>
  | Typed<'EndDeviceControlListLink', EndDeviceControlListLink>
  | Typed<'EndDeviceListLink', EndDeviceListLink>
  | Typed<'FileListLink', FileListLink>
  | Typed<'FlowReservationRequestListLink', FlowReservationRequestListLink>
  | Typed<'FlowReservationResponseListLink', FlowReservationResponseListLink>
  | Typed<'FunctionSetAssignmentsListLink', FunctionSetAssignmentsListLink>
  | Typed<'HistoricalReadingListLink', HistoricalReadingListLink>
  | Typed<'IPAddrListLink', IPAddrListLink>
  | Typed<'IPInterfaceListLink', IPInterfaceListLink>
  | Typed<'LLInterfaceListLink', LLInterfaceListLink>
  | Typed<'LoadShedAvailabilityListLink', LoadShedAvailabilityListLink>
  | Typed<'LogEventListLink', LogEventListLink>
  | Typed<'MessagingProgramListLink', MessagingProgramListLink>
  | Typed<'MeterReadingListLink', MeterReadingListLink>
  | Typed<'MirrorUsagePointListLink', MirrorUsagePointListLink>
  | Typed<'NeighborListLink', NeighborListLink>
  | Typed<'NotificationListLink', NotificationListLink>
  | Typed<'PrepaymentListLink', PrepaymentListLink>
  | Typed<'PriceResponseCfgListLink', PriceResponseCfgListLink>
  | Typed<'ProjectionReadingListLink', ProjectionReadingListLink>
  | Typed<'RateComponentListLink', RateComponentListLink>
  | Typed<'ReadingListLink', ReadingListLink>
  | Typed<'ReadingSetListLink', ReadingSetListLink>
  | Typed<'ResponseListLink', ResponseListLink>
  | Typed<'ResponseSetListLink', ResponseSetListLink>
  | Typed<'RPLInstanceListLink', RPLInstanceListLink>
  | Typed<'RPLSourceRoutesListLink', RPLSourceRoutesListLink>
  | Typed<'SubscriptionListLink', SubscriptionListLink>
  | Typed<'SupplyInterruptionOverrideListLink', SupplyInterruptionOverrideListLink>
  | Typed<'SupportedLocaleListLink', SupportedLocaleListLink>
  | Typed<'TargetReadingListLink', TargetReadingListLink>
  | Typed<'TariffProfileListLink', TariffProfileListLink>
  | Typed<'TextMessageListLink', TextMessageListLink>
  | Typed<'TimeTariffIntervalListLink', TimeTariffIntervalListLink>
  | Typed<'UsagePointListLink', UsagePointListLink>
export const ListLink: Element<AnyListLink> = { name: 'ListLink', base: 'Link', attributes: [{ name: 'all', type: 'UInt32' }] }

export interface LLInterface extends Resource {
  readonly CRCerrors: UInt32
  readonly EUI64: HexBinary64
  readonly IEEE_802_15_4?: IEEE_802_15_4
  /** 0 unspecified; 1 Ethernet; 2 Wi-Fi; 3 IEEE 802.15; 4 IEEE 1901. */
  readonly linkLayerType: UInt8
  readonly LLAckNotRx?: UInt32
  readonly LLCSMAFail?: UInt32
  readonly LLFramesDropRx?: UInt32
  readonly LLFramesDropTx?: UInt32
  readonly LLFramesRx?: UInt32
  readonly LLFramesTx?: UInt32
  readonly LLMediaAccessFail?: UInt32
  readonly LLOctetsRx?: UInt32
  readonly LLOctetsTx?: UInt32
  readonly LLRetryCount?: UInt32
  readonly LLSecurityErrorRx?: UInt32
  readonly loWPAN?: loWPAN
}
export const LLInterface: Element<LLInterface> = { name: 'LLInterface', base: 'Resource', elements: [
  { name: 'CRCerrors', type: 'UInt32' },
  { name: 'EUI64', type: 'HexBinary64' },
  { name: 'IEEE_802_15_4', type: 'IEEE_802_15_4', min: 0 },
  { name: 'linkLayerType', type: 'UInt8' },
  { name: 'LLAckNotRx', type: 'UInt32', min: 0 },
  { name: 'LLCSMAFail', type: 'UInt32', min: 0 },
  { name: 'LLFramesDropRx', type: 'UInt32', min: 0 },
  { name: 'LLFramesDropTx', type: 'UInt32', min: 0 },
  { name: 'LLFramesRx', type: 'UInt32', min: 0 },
  { name: 'LLFramesTx', type: 'UInt32', min: 0 },
  { name: 'LLMediaAccessFail', type: 'UInt32', min: 0 },
  { name: 'LLOctetsRx', type: 'UInt32', min: 0 },
  { name: 'LLOctetsTx', type: 'UInt32', min: 0 },
  { name: 'LLRetryCount', type: 'UInt32', min: 0 },
  { name: 'LLSecurityErrorRx', type: 'UInt32', min: 0 },
  { name: 'loWPAN', type: 'loWPAN', min: 0 },
] }

export interface LLInterfaceList extends List {
  readonly LLInterface?: readonly LLInterface[]
}
export const LLInterfaceList: Element<LLInterfaceList> = { name: 'LLInterfaceList', base: 'List', elements: [
  { name: 'LLInterface', type: 'LLInterface', min: 0, max: Infinity },
] }

export interface LLInterfaceListLink extends ListLink {}
export const LLInterfaceListLink: Element<LLInterfaceListLink> = { name: 'LLInterfaceListLink', base: 'ListLink' }

export interface LoadShedAvailability extends Resource {
  readonly availabilityDuration?: UInt32
  readonly DemandResponseProgramLink?: DemandResponseProgramLink
  readonly sheddablePercent?: PerCent
  readonly sheddablePower?: ActivePower
}
export const LoadShedAvailability: Element<LoadShedAvailability> = { name: 'LoadShedAvailability', base: 'Resource', elements: [
  { name: 'availabilityDuration', type: 'UInt32', min: 0 },
  { name: 'DemandResponseProgramLink', type: 'DemandResponseProgramLink', min: 0 },
  { name: 'sheddablePercent', type: 'PerCent', min: 0 },
  { name: 'sheddablePower', type: 'ActivePower', min: 0 },
] }

export interface LoadShedAvailabilityList extends List {
  /** Seconds. */
  readonly pollRate?: UInt32
  readonly LoadShedAvailability?: readonly LoadShedAvailability[]
}
export const LoadShedAvailabilityList: Element<LoadShedAvailabilityList> = { name: 'LoadShedAvailabilityList', base: 'List', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'LoadShedAvailability', type: 'LoadShedAvailability', min: 0, max: Infinity },
] }

export interface LoadShedAvailabilityListLink extends ListLink {}
export const LoadShedAvailabilityListLink: Element<LoadShedAvailabilityListLink> = { name: 'LoadShedAvailabilityListLink', base: 'ListLink' }

export interface LocalControlModeStatusType {
  readonly dateTime: TimeType
  /** 0 local; 1 remote. */
  readonly value: UInt8
}
export const LocalControlModeStatusType: Element<LocalControlModeStatusType> = { name: 'LocalControlModeStatusType', elements: [
  { name: 'dateTime', type: 'TimeType' },
  { name: 'value', type: 'UInt8' },
] }

export type LocaleType = String42
export const LocaleType: Element<LocaleType> = { name: 'LocaleType', base: 'String42' }

export interface LogEvent extends Resource {
  readonly createdDateTime: TimeType
  readonly details?: String32
  readonly extendedData?: UInt32
  readonly functionSet: UInt8
  /** Scoped by the maker's number, profile and function set together. */
  readonly logEventCode: UInt8
  readonly logEventID: UInt16
  readonly logEventPEN: PENType
  /** 0 none; 1 vendor; 2 IEEE 2030.5; 3 home automation; 4 building automation. */
  readonly profileID: UInt8
}
export const LogEvent: Element<LogEvent> = { name: 'LogEvent', base: 'Resource', elements: [
  { name: 'createdDateTime', type: 'TimeType' },
  { name: 'details', type: 'String32', min: 0 },
  { name: 'extendedData', type: 'UInt32', min: 0 },
  { name: 'functionSet', type: 'UInt8' },
  { name: 'logEventCode', type: 'UInt8' },
  { name: 'logEventID', type: 'UInt16' },
  { name: 'logEventPEN', type: 'PENType' },
  { name: 'profileID', type: 'UInt8' },
] }

export interface LogEventList extends SubscribableList {
  /** Seconds. */
  readonly pollRate?: UInt32
  readonly LogEvent?: readonly LogEvent[]
}
export const LogEventList: Element<LogEventList> = { name: 'LogEventList', base: 'SubscribableList', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'LogEvent', type: 'LogEvent', min: 0, max: Infinity },
] }

export interface LogEventListLink extends ListLink {}
export const LogEventListLink: Element<LogEventListLink> = { name: 'LogEventListLink', base: 'ListLink' }

export interface loWPAN {
  readonly octetsRx?: UInt32
  readonly octetsTx?: UInt32
  readonly packetsRx: UInt32
  readonly packetsTx: UInt32
  readonly rxFragError: UInt32
}
export const loWPAN: Element<loWPAN> = { name: 'loWPAN', elements: [
  { name: 'octetsRx', type: 'UInt32', min: 0 },
  { name: 'octetsTx', type: 'UInt32', min: 0 },
  { name: 'packetsRx', type: 'UInt32' },
  { name: 'packetsTx', type: 'UInt32' },
  { name: 'rxFragError', type: 'UInt32' },
] }

export interface ManufacturerStatusType {
  readonly dateTime: TimeType
  readonly value: String6
}
export const ManufacturerStatusType: Element<ManufacturerStatusType> = { name: 'ManufacturerStatusType', elements: [
  { name: 'dateTime', type: 'TimeType' },
  { name: 'value', type: 'String6' },
] }

export interface MessagingProgram extends SubscribableIdentifiedObject {
  readonly ActiveTextMessageListLink?: ActiveTextMessageListLink
  readonly locale: LocaleType
  readonly primacy: PrimacyType
  readonly TextMessageListLink?: TextMessageListLink
}
export const MessagingProgram: Element<MessagingProgram> = { name: 'MessagingProgram', base: 'SubscribableIdentifiedObject', elements: [
  { name: 'ActiveTextMessageListLink', type: 'ActiveTextMessageListLink', min: 0 },
  { name: 'locale', type: 'LocaleType' },
  { name: 'primacy', type: 'PrimacyType' },
  { name: 'TextMessageListLink', type: 'TextMessageListLink', min: 0 },
] }

export interface MessagingProgramList extends SubscribableList {
  /** Seconds. */
  readonly pollRate?: UInt32
  readonly MessagingProgram?: readonly MessagingProgram[]
}
export const MessagingProgramList: Element<MessagingProgramList> = { name: 'MessagingProgramList', base: 'SubscribableList', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'MessagingProgram', type: 'MessagingProgram', min: 0, max: Infinity },
] }

export interface MessagingProgramListLink extends ListLink {}
export const MessagingProgramListLink: Element<MessagingProgramListLink> = { name: 'MessagingProgramListLink', base: 'ListLink' }

export interface MeterReading extends MeterReadingBase {
  readonly RateComponentListLink?: RateComponentListLink
  readonly ReadingLink?: ReadingLink
  readonly ReadingSetListLink?: ReadingSetListLink
  readonly ReadingTypeLink: ReadingTypeLink
}
export const MeterReading: Element<MeterReading> = { name: 'MeterReading', base: 'MeterReadingBase', elements: [
  { name: 'RateComponentListLink', type: 'RateComponentListLink', min: 0 },
  { name: 'ReadingLink', type: 'ReadingLink', min: 0 },
  { name: 'ReadingSetListLink', type: 'ReadingSetListLink', min: 0 },
  { name: 'ReadingTypeLink', type: 'ReadingTypeLink' },
] }

export interface MeterReadingBase extends IdentifiedObject {}
export const MeterReadingBase: Element<MeterReadingBase> = { name: 'MeterReadingBase', base: 'IdentifiedObject' }

export interface MeterReadingLink extends Link {}
export const MeterReadingLink: Element<MeterReadingLink> = { name: 'MeterReadingLink', base: 'Link' }

export interface MeterReadingList extends SubscribableList {
  readonly MeterReading?: readonly MeterReading[]
}
export const MeterReadingList: Element<MeterReadingList> = { name: 'MeterReadingList', base: 'SubscribableList', elements: [
  { name: 'MeterReading', type: 'MeterReading', min: 0, max: Infinity },
] }

export interface MeterReadingListLink extends ListLink {}
export const MeterReadingListLink: Element<MeterReadingListLink> = { name: 'MeterReadingListLink', base: 'ListLink' }

export interface MirrorMeterReading extends MeterReadingBase {
  readonly lastUpdateTime?: TimeType
  readonly MirrorReadingSet?: readonly MirrorReadingSet[]
  readonly nextUpdateTime?: TimeType
  readonly Reading?: Reading
  readonly ReadingType?: ReadingType
}
export const MirrorMeterReading: Element<MirrorMeterReading> = { name: 'MirrorMeterReading', base: 'MeterReadingBase', elements: [
  { name: 'lastUpdateTime', type: 'TimeType', min: 0 },
  { name: 'MirrorReadingSet', type: 'MirrorReadingSet', min: 0, max: Infinity },
  { name: 'nextUpdateTime', type: 'TimeType', min: 0 },
  { name: 'Reading', type: 'Reading', min: 0 },
  { name: 'ReadingType', type: 'ReadingType', min: 0 },
] }

export interface MirrorMeterReadingList extends List {
  readonly MirrorMeterReading?: readonly MirrorMeterReading[]
}
export const MirrorMeterReadingList: Element<MirrorMeterReadingList> = { name: 'MirrorMeterReadingList', base: 'List', elements: [
  { name: 'MirrorMeterReading', type: 'MirrorMeterReading', min: 0, max: Infinity },
] }

export interface MirrorReadingSet extends ReadingSetBase {
  readonly Reading?: readonly Reading[]
}
export const MirrorReadingSet: Element<MirrorReadingSet> = { name: 'MirrorReadingSet', base: 'ReadingSetBase', elements: [
  { name: 'Reading', type: 'Reading', min: 0, max: Infinity },
] }

export interface MirrorUsagePoint extends UsagePointBase {
  readonly deviceLFDI: HexBinary160
  readonly MirrorMeterReading?: readonly MirrorMeterReading[]
  /** Seconds between posts. */
  readonly postRate?: UInt32
}
export const MirrorUsagePoint: Element<MirrorUsagePoint> = { name: 'MirrorUsagePoint', base: 'UsagePointBase', elements: [
  { name: 'deviceLFDI', type: 'HexBinary160' },
  { name: 'MirrorMeterReading', type: 'MirrorMeterReading', min: 0, max: Infinity },
  { name: 'postRate', type: 'UInt32', min: 0 },
] }

export interface MirrorUsagePointList extends List {
  /** Seconds. */
  readonly pollRate?: UInt32
  readonly MirrorUsagePoint?: readonly MirrorUsagePoint[]
}
export const MirrorUsagePointList: Element<MirrorUsagePointList> = { name: 'MirrorUsagePointList', base: 'List', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'MirrorUsagePoint', type: 'MirrorUsagePoint', min: 0, max: Infinity },
] }

export interface MirrorUsagePointListLink extends ListLink {}
export const MirrorUsagePointListLink: Element<MirrorUsagePointListLink> = { name: 'MirrorUsagePointListLink', base: 'ListLink' }

export type mRIDType = HexBinary128
export const mRIDType: Element<mRIDType> = { name: 'mRIDType', base: 'HexBinary128' }

export interface Neighbor extends Resource {
  readonly isChild: boolean
  readonly linkQuality: UInt8
  readonly shortAddress: UInt16
}
export const Neighbor: Element<Neighbor> = { name: 'Neighbor', base: 'Resource', elements: [
  { name: 'isChild', type: 'boolean' },
  { name: 'linkQuality', type: 'UInt8' },
  { name: 'shortAddress', type: 'UInt16' },
] }

export interface NeighborList extends List {
  readonly Neighbor?: readonly Neighbor[]
}
export const NeighborList: Element<NeighborList> = { name: 'NeighborList', base: 'List', elements: [
  { name: 'Neighbor', type: 'Neighbor', min: 0, max: Infinity },
] }

export interface NeighborListLink extends ListLink {}
export const NeighborListLink: Element<NeighborListLink> = { name: 'NeighborListLink', base: 'ListLink' }

export interface Notification extends SubscriptionBase {
  readonly newResourceURI?: string
  /** The new representation; its true type is named by xsi:type. */
  readonly Resource?: AnyResource
  /** 0 notification; the subscription ended: 1 without reason, 2 the resource moved, 3 it was redefined, 4 it is gone. */
  readonly status: UInt8
  readonly subscriptionURI: string
}
export const Notification: Element<Notification> = { name: 'Notification', base: 'SubscriptionBase', elements: [
  { name: 'newResourceURI', type: 'anyURI', min: 0 },
  { name: 'Resource', type: 'Resource', min: 0 },
  { name: 'status', type: 'UInt8' },
  { name: 'subscriptionURI', type: 'anyURI' },
] }

export interface NotificationList extends List {
  readonly Notification?: readonly Notification[]
}
export const NotificationList: Element<NotificationList> = { name: 'NotificationList', base: 'List', elements: [
  { name: 'Notification', type: 'Notification', min: 0, max: Infinity },
] }

export interface NotificationListLink extends ListLink {}
export const NotificationListLink: Element<NotificationListLink> = { name: 'NotificationListLink', base: 'ListLink' }

export interface Offset {
  readonly coolingOffset?: UInt8
  readonly heatingOffset?: UInt8
  readonly loadAdjustmentPercentageOffset?: PerCent
}
export const Offset: Element<Offset> = { name: 'Offset', elements: [
  { name: 'coolingOffset', type: 'UInt8', min: 0 },
  { name: 'heatingOffset', type: 'UInt8', min: 0 },
  { name: 'loadAdjustmentPercentageOffset', type: 'PerCent', min: 0 },
] }

/** Seconds, -3600 to 3600 by intention. */
export type OneHourRangeType = Int16
export const OneHourRangeType: Element<OneHourRangeType> = { name: 'OneHourRangeType', base: 'Int16' }

export interface OperationalModeStatusType {
  readonly dateTime: TimeType
  /** 0 unknown; 1 off; 2 operating; 3 test. */
  readonly value: UInt8
}
export const OperationalModeStatusType: Element<OperationalModeStatusType> = { name: 'OperationalModeStatusType', elements: [
  { name: 'dateTime', type: 'TimeType' },
  { name: 'value', type: 'UInt8' },
] }

export type PENType = UInt32
export const PENType: Element<PENType> = { name: 'PENType', base: 'UInt32' }

/** Hundredths of a percent, 0 to 10000 by intention. */
export type PerCent = UInt16
export const PerCent: Element<PerCent> = { name: 'PerCent', base: 'UInt16' }

export interface PEVInfo {
  readonly chargingPowerNow: ActivePower
  readonly energyRequestNow: RealEnergy
  readonly maxForwardPower: ActivePower
  readonly minimumChargingDuration: UInt32
  readonly targetStateOfCharge: PerCent
  readonly timeChargeIsNeeded: TimeType
  readonly timeChargingStatusPEV: TimeType
}
export const PEVInfo: Element<PEVInfo> = { name: 'PEVInfo', elements: [
  { name: 'chargingPowerNow', type: 'ActivePower' },
  { name: 'energyRequestNow', type: 'RealEnergy' },
  { name: 'maxForwardPower', type: 'ActivePower' },
  { name: 'minimumChargingDuration', type: 'UInt32' },
  { name: 'targetStateOfCharge', type: 'PerCent' },
  { name: 'timeChargeIsNeeded', type: 'TimeType' },
  { name: 'timeChargingStatusPEV', type: 'TimeType' },
] }

/** 0 none; 32 C; 33 CN; 40 CA; 64 B; 65 BN; 66 BC; 128 A; 129 AN; 132 AB; 224 ABC. */
export type PhaseCode = UInt8
export const PhaseCode: Element<PhaseCode> = { name: 'PhaseCode', base: 'UInt8' }

/** A number of five digits and a check digit. */
export type PINType = UInt32
export const PINType: Element<PINType> = { name: 'PINType', base: 'UInt32' }

export interface PowerConfiguration {
  readonly batteryInstallTime?: TimeType
  readonly lowChargeThreshold?: UInt32
}
export const PowerConfiguration: Element<PowerConfiguration> = { name: 'PowerConfiguration', elements: [
  { name: 'batteryInstallTime', type: 'TimeType', min: 0 },
  { name: 'lowChargeThreshold', type: 'UInt32', min: 0 },
] }

export interface PowerFactor {
  readonly displacement: UInt16
  readonly multiplier: PowerOfTenMultiplierType
}
export const PowerFactor: Element<PowerFactor> = { name: 'PowerFactor', elements: [
  { name: 'displacement', type: 'UInt16' },
  { name: 'multiplier', type: 'PowerOfTenMultiplierType' },
] }

export interface PowerFactorWithExcitation {
  readonly displacement: UInt16
  /** True absorbs reactive power (under-excited). */
  readonly excitation: boolean
  readonly multiplier: PowerOfTenMultiplierType
}
export const PowerFactorWithExcitation: Element<PowerFactorWithExcitation> = { name: 'PowerFactorWithExcitation', elements: [
  { name: 'displacement', type: 'UInt16' },
  { name: 'excitation', type: 'boolean' },
  { name: 'multiplier', type: 'PowerOfTenMultiplierType' },
] }

/** The power of ten to multiply a value by, -9 to 9 by intention. */
export type PowerOfTenMultiplierType = Int8
export const PowerOfTenMultiplierType: Element<PowerOfTenMultiplierType> = { name: 'PowerOfTenMultiplierType', base: 'Int8' }

/** 0 none; 1 mains; 2 battery; 3 own generation; 4 emergency; 5 unknown. */
export type PowerSourceType = UInt8
export const PowerSourceType: Element<PowerSourceType> = { name: 'PowerSourceType', base: 'UInt8' }

export interface PowerStatus extends Resource {
  /** Seconds. */
  readonly pollRate?: UInt32
  /** 0 unknown; 1 normal; 2 low; 3 empty; 4 none. */
  readonly batteryStatus: UInt8
  readonly changedTime: TimeType
  readonly currentPowerSource: PowerSourceType
  readonly estimatedChargeRemaining?: PerCent
  readonly estimatedTimeRemaining?: UInt32
  readonly PEVInfo?: PEVInfo
  readonly sessionTimeOnBattery?: UInt32
  readonly totalTimeOnBattery?: UInt32
}
export const PowerStatus: Element<PowerStatus> = { name: 'PowerStatus', base: 'Resource', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'batteryStatus', type: 'UInt8' },
  { name: 'changedTime', type: 'TimeType' },
  { name: 'currentPowerSource', type: 'PowerSourceType' },
  { name: 'estimatedChargeRemaining', type: 'PerCent', min: 0 },
  { name: 'estimatedTimeRemaining', type: 'UInt32', min: 0 },
  { name: 'PEVInfo', type: 'PEVInfo', min: 0 },
  { name: 'sessionTimeOnBattery', type: 'UInt32', min: 0 },
  { name: 'totalTimeOnBattery', type: 'UInt32', min: 0 },
] }

export interface PowerStatusLink extends Link {}
export const PowerStatusLink: Element<PowerStatusLink> = { name: 'PowerStatusLink', base: 'Link' }

export interface Prepayment extends IdentifiedObject {
  readonly AccountBalanceLink: AccountBalanceLink
  readonly ActiveCreditRegisterListLink?: ActiveCreditRegisterListLink
  readonly ActiveSupplyInterruptionOverrideListLink?: ActiveSupplyInterruptionOverrideListLink
  readonly creditExpiryLevel?: AccountingUnit
  readonly CreditRegisterListLink: CreditRegisterListLink
  readonly lowCreditWarningLevel?: AccountingUnit
  readonly lowEmergencyCreditWarningLevel?: AccountingUnit
  readonly prepayMode: PrepayModeType
  readonly PrepayOperationStatusLink: PrepayOperationStatusLink
  readonly SupplyInterruptionOverrideListLink: SupplyInterruptionOverrideListLink
  readonly UsagePoint?: readonly UsagePoint[]
  readonly UsagePointLink?: UsagePointLink
}
export const Prepayment: Element<Prepayment> = { name: 'Prepayment', base: 'IdentifiedObject', elements: [
  { name: 'AccountBalanceLink', type: 'AccountBalanceLink' },
  { name: 'ActiveCreditRegisterListLink', type: 'ActiveCreditRegisterListLink', min: 0 },
  { name: 'ActiveSupplyInterruptionOverrideListLink', type: 'ActiveSupplyInterruptionOverrideListLink', min: 0 },
  { name: 'creditExpiryLevel', type: 'AccountingUnit', min: 0 },
  { name: 'CreditRegisterListLink', type: 'CreditRegisterListLink' },
  { name: 'lowCreditWarningLevel', type: 'AccountingUnit', min: 0 },
  { name: 'lowEmergencyCreditWarningLevel', type: 'AccountingUnit', min: 0 },
  { name: 'prepayMode', type: 'PrepayModeType' },
  { name: 'PrepayOperationStatusLink', type: 'PrepayOperationStatusLink' },
  { name: 'SupplyInterruptionOverrideListLink', type: 'SupplyInterruptionOverrideListLink' },
  { name: 'UsagePoint', type: 'UsagePoint', min: 0, max: Infinity },
  { name: 'UsagePointLink', type: 'UsagePointLink', min: 0 },
] }

export interface PrepaymentLink extends Link {}
export const PrepaymentLink: Element<PrepaymentLink> = { name: 'PrepaymentLink', base: 'Link' }

export interface PrepaymentList extends SubscribableList {
  /** Seconds. */
  readonly pollRate?: UInt32
  readonly Prepayment?: readonly Prepayment[]
}
export const PrepaymentList: Element<PrepaymentList> = { name: 'PrepaymentList', base: 'SubscribableList', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'Prepayment', type: 'Prepayment', min: 0, max: Infinity },
] }

export interface PrepaymentListLink extends ListLink {}
export const PrepaymentListLink: Element<PrepaymentListLink> = { name: 'PrepaymentListLink', base: 'ListLink' }

/** 0 central wallet; 1 energy services interface; 2 local; 3 credit. */
export type PrepayModeType = UInt8
export const PrepayModeType: Element<PrepayModeType> = { name: 'PrepayModeType', base: 'UInt8' }

export interface PrepayOperationStatus extends Resource {
  readonly creditTypeChange?: CreditTypeChange
  readonly creditTypeInUse?: CreditTypeType
  readonly serviceChange?: ServiceChange
  readonly serviceStatus: ServiceStatusType
}
export const PrepayOperationStatus: Element<PrepayOperationStatus> = { name: 'PrepayOperationStatus', base: 'Resource', elements: [
  { name: 'creditTypeChange', type: 'CreditTypeChange', min: 0 },
  { name: 'creditTypeInUse', type: 'CreditTypeType', min: 0 },
  { name: 'serviceChange', type: 'ServiceChange', min: 0 },
  { name: 'serviceStatus', type: 'ServiceStatusType' },
] }

export interface PrepayOperationStatusLink extends Link {}
export const PrepayOperationStatusLink: Element<PrepayOperationStatusLink> = { name: 'PrepayOperationStatusLink', base: 'Link' }

export interface PriceResponse extends Response {}
export const PriceResponse: Element<PriceResponse> = { name: 'PriceResponse', base: 'Response' }

export interface PriceResponseCfg extends Resource {
  readonly consumeThreshold: Int32
  readonly maxReductionThreshold: Int32
  readonly RateComponentLink: RateComponentLink
}
export const PriceResponseCfg: Element<PriceResponseCfg> = { name: 'PriceResponseCfg', base: 'Resource', elements: [
  { name: 'consumeThreshold', type: 'Int32' },
  { name: 'maxReductionThreshold', type: 'Int32' },
  { name: 'RateComponentLink', type: 'RateComponentLink' },
] }

export interface PriceResponseCfgList extends List {
  readonly PriceResponseCfg?: readonly PriceResponseCfg[]
}
export const PriceResponseCfgList: Element<PriceResponseCfgList> = { name: 'PriceResponseCfgList', base: 'List', elements: [
  { name: 'PriceResponseCfg', type: 'PriceResponseCfg', min: 0, max: Infinity },
] }

export interface PriceResponseCfgListLink extends ListLink {}
export const PriceResponseCfgListLink: Element<PriceResponseCfgListLink> = { name: 'PriceResponseCfgListLink', base: 'ListLink' }

/** The smaller number wins: 0 home energy management; 1 contracted provider; 2 other provider; 65 to 191 user defined. */
export type PrimacyType = UInt8
export const PrimacyType: Element<PrimacyType> = { name: 'PrimacyType', base: 'UInt8' }

/** 0 low; 1 normal; 2 high; 3 critical. */
export type PriorityType = UInt8
export const PriorityType: Element<PriorityType> = { name: 'PriorityType', base: 'UInt8' }

export interface ProjectionReading extends BillingMeterReadingBase {}
export const ProjectionReading: Element<ProjectionReading> = { name: 'ProjectionReading', base: 'BillingMeterReadingBase' }

export interface ProjectionReadingList extends List {
  readonly ProjectionReading?: readonly ProjectionReading[]
}
export const ProjectionReadingList: Element<ProjectionReadingList> = { name: 'ProjectionReadingList', base: 'List', elements: [
  { name: 'ProjectionReading', type: 'ProjectionReading', min: 0, max: Infinity },
] }

export interface ProjectionReadingListLink extends ListLink {}
export const ProjectionReadingListLink: Element<ProjectionReadingListLink> = { name: 'ProjectionReadingListLink', base: 'ListLink' }

export interface RandomizableEvent extends Event {
  readonly randomizeDuration?: OneHourRangeType
  readonly randomizeStart?: OneHourRangeType
}
export const RandomizableEvent: Element<RandomizableEvent> = { name: 'RandomizableEvent', base: 'Event', elements: [
  { name: 'randomizeDuration', type: 'OneHourRangeType', min: 0 },
  { name: 'randomizeStart', type: 'OneHourRangeType', min: 0 },
] }

export interface RateComponent extends IdentifiedObject {
  readonly ActiveTimeTariffIntervalListLink?: ActiveTimeTariffIntervalListLink
  readonly flowRateEndLimit?: UnitValueType
  readonly flowRateStartLimit?: UnitValueType
  readonly ReadingTypeLink: ReadingTypeLink
  readonly roleFlags: RoleFlagsType
  readonly TimeTariffIntervalListLink: TimeTariffIntervalListLink
}
export const RateComponent: Element<RateComponent> = { name: 'RateComponent', base: 'IdentifiedObject', elements: [
  { name: 'ActiveTimeTariffIntervalListLink', type: 'ActiveTimeTariffIntervalListLink', min: 0 },
  { name: 'flowRateEndLimit', type: 'UnitValueType', min: 0 },
  { name: 'flowRateStartLimit', type: 'UnitValueType', min: 0 },
  { name: 'ReadingTypeLink', type: 'ReadingTypeLink' },
  { name: 'roleFlags', type: 'RoleFlagsType' },
  { name: 'TimeTariffIntervalListLink', type: 'TimeTariffIntervalListLink' },
] }

export interface RateComponentLink extends Link {}
export const RateComponentLink: Element<RateComponentLink> = { name: 'RateComponentLink', base: 'Link' }

export interface RateComponentList extends List {
  readonly subscribable?: SubscribableType
  readonly RateComponent?: readonly RateComponent[]
}
export const RateComponentList: Element<RateComponentList> = { name: 'RateComponentList', base: 'List', elements: [
  { name: 'RateComponent', type: 'RateComponent', min: 0, max: Infinity },
] }

export interface RateComponentListLink extends ListLink {}
export const RateComponentListLink: Element<RateComponentListLink> = { name: 'RateComponentListLink', base: 'ListLink' }

export interface ReactivePower {
  readonly multiplier: PowerOfTenMultiplierType
  readonly value: Int16
}
export const ReactivePower: Element<ReactivePower> = { name: 'ReactivePower', elements: [
  { name: 'multiplier', type: 'PowerOfTenMultiplierType' },
  { name: 'value', type: 'Int16' },
] }

export interface ReactiveSusceptance {
  readonly multiplier: PowerOfTenMultiplierType
  readonly value: UInt16
}
export const ReactiveSusceptance: Element<ReactiveSusceptance> = { name: 'ReactiveSusceptance', elements: [
  { name: 'multiplier', type: 'PowerOfTenMultiplierType' },
  { name: 'value', type: 'UInt16' },
] }

export interface Reading extends ReadingBase {
  readonly subscribable?: SubscribableType
  readonly localID?: HexBinary16
}
export const Reading: Element<Reading> = { name: 'Reading', base: 'ReadingBase', attributes: [{ name: 'subscribable', type: 'SubscribableType', default: '0' }], elements: [
  { name: 'localID', type: 'HexBinary16', min: 0 },
] }

export interface ReadingBase extends Resource {
  readonly consumptionBlock?: ConsumptionBlockType
  /** Bits: 0 valid; 1 edited; 2 estimated by a reference day; 3 estimated by interpolation; 4 questionable; 5 derived; 6 forecast. */
  readonly qualityFlags?: HexBinary16
  readonly timePeriod?: DateTimeInterval
  readonly touTier?: TOUType
  readonly value?: Int48
}
export const ReadingBase: Element<ReadingBase> = { name: 'ReadingBase', base: 'Resource', elements: [
  { name: 'consumptionBlock', type: 'ConsumptionBlockType', min: 0 },
  { name: 'qualityFlags', type: 'HexBinary16', min: 0 },
  { name: 'timePeriod', type: 'DateTimeInterval', min: 0 },
  { name: 'touTier', type: 'TOUType', min: 0 },
  { name: 'value', type: 'Int48', min: 0 },
] }

export interface ReadingLink extends Link {}
export const ReadingLink: Element<ReadingLink> = { name: 'ReadingLink', base: 'Link' }

export interface ReadingList extends SubscribableList {
  readonly Reading?: readonly Reading[]
}
export const ReadingList: Element<ReadingList> = { name: 'ReadingList', base: 'SubscribableList', elements: [
  { name: 'Reading', type: 'Reading', min: 0, max: Infinity },
] }

export interface ReadingListLink extends ListLink {}
export const ReadingListLink: Element<ReadingListLink> = { name: 'ReadingListLink', base: 'ListLink' }

export interface ReadingSet extends ReadingSetBase {
  readonly ReadingListLink?: ReadingListLink
}
export const ReadingSet: Element<ReadingSet> = { name: 'ReadingSet', base: 'ReadingSetBase', elements: [
  { name: 'ReadingListLink', type: 'ReadingListLink', min: 0 },
] }

export interface ReadingSetBase extends IdentifiedObject {
  readonly timePeriod: DateTimeInterval
}
export const ReadingSetBase: Element<ReadingSetBase> = { name: 'ReadingSetBase', base: 'IdentifiedObject', elements: [
  { name: 'timePeriod', type: 'DateTimeInterval' },
] }

export interface ReadingSetList extends SubscribableList {
  readonly ReadingSet?: readonly ReadingSet[]
}
export const ReadingSetList: Element<ReadingSetList> = { name: 'ReadingSetList', base: 'SubscribableList', elements: [
  { name: 'ReadingSet', type: 'ReadingSet', min: 0, max: Infinity },
] }

export interface ReadingSetListLink extends ListLink {}
export const ReadingSetListLink: Element<ReadingSetListLink> = { name: 'ReadingSetListLink', base: 'ListLink' }

export interface ReadingType extends Resource {
  readonly accumulationBehaviour?: AccumulationBehaviourType
  readonly calorificValue?: UnitValueType
  readonly commodity?: CommodityType
  readonly conversionFactor?: UnitValueType
  readonly dataQualifier?: DataQualifierType
  readonly flowDirection?: FlowDirectionType
  readonly intervalLength?: UInt32
  readonly kind?: KindType
  readonly maxNumberOfIntervals?: UInt8
  readonly numberOfConsumptionBlocks?: UInt8
  readonly numberOfTouTiers?: UInt8
  readonly phase?: PhaseCode
  readonly powerOfTenMultiplier?: PowerOfTenMultiplierType
  readonly subIntervalLength?: UInt32
  readonly supplyLimit?: UInt48
  readonly tieredConsumptionBlocks?: boolean
  readonly uom?: UomType
}
export const ReadingType: Element<ReadingType> = { name: 'ReadingType', base: 'Resource', elements: [
  { name: 'accumulationBehaviour', type: 'AccumulationBehaviourType', min: 0 },
  { name: 'calorificValue', type: 'UnitValueType', min: 0 },
  { name: 'commodity', type: 'CommodityType', min: 0 },
  { name: 'conversionFactor', type: 'UnitValueType', min: 0 },
  { name: 'dataQualifier', type: 'DataQualifierType', min: 0 },
  { name: 'flowDirection', type: 'FlowDirectionType', min: 0 },
  { name: 'intervalLength', type: 'UInt32', min: 0 },
  { name: 'kind', type: 'KindType', min: 0 },
  { name: 'maxNumberOfIntervals', type: 'UInt8', min: 0 },
  { name: 'numberOfConsumptionBlocks', type: 'UInt8', min: 0 },
  { name: 'numberOfTouTiers', type: 'UInt8', min: 0 },
  { name: 'phase', type: 'PhaseCode', min: 0 },
  { name: 'powerOfTenMultiplier', type: 'PowerOfTenMultiplierType', min: 0 },
  { name: 'subIntervalLength', type: 'UInt32', min: 0 },
  { name: 'supplyLimit', type: 'UInt48', min: 0 },
  { name: 'tieredConsumptionBlocks', type: 'boolean', min: 0 },
  { name: 'uom', type: 'UomType', min: 0 },
] }

export interface ReadingTypeLink extends Link {}
export const ReadingTypeLink: Element<ReadingTypeLink> = { name: 'ReadingTypeLink', base: 'Link' }

export interface RealEnergy {
  readonly multiplier: PowerOfTenMultiplierType
  readonly value: UInt48
}
export const RealEnergy: Element<RealEnergy> = { name: 'RealEnergy', elements: [
  { name: 'multiplier', type: 'PowerOfTenMultiplierType' },
  { name: 'value', type: 'UInt48' },
] }

export interface Registration extends Resource {
  /** Seconds. */
  readonly pollRate?: UInt32
  readonly dateTimeRegistered: TimeType
  readonly pIN: PINType
}
export const Registration: Element<Registration> = { name: 'Registration', base: 'Resource', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'dateTimeRegistered', type: 'TimeType' },
  { name: 'pIN', type: 'PINType' },
] }

export interface RegistrationLink extends Link {}
export const RegistrationLink: Element<RegistrationLink> = { name: 'RegistrationLink', base: 'Link' }

export interface RequestStatus {
  readonly dateTime: TimeType
  /** 0 requested; 1 cancelled. */
  readonly requestStatus: UInt8
}
export const RequestStatus: Element<RequestStatus> = { name: 'RequestStatus', elements: [
  { name: 'dateTime', type: 'TimeType' },
  { name: 'requestStatus', type: 'UInt8' },
] }

export interface Resource {
  /** Required in every answer to GET; ignored in requests. */
  readonly href?: string
}
export type AnyResource = Resource
  | Typed<'AbstractDevice', AbstractDevice>
  | Typed<'AccountBalance', AccountBalance>
  | Typed<'BillingMeterReadingBase', BillingMeterReadingBase>
  | Typed<'BillingPeriod', BillingPeriod>
  | Typed<'BillingPeriodList', BillingPeriodList>
  | Typed<'BillingReading', BillingReading>
  | Typed<'BillingReadingList', BillingReadingList>
  | Typed<'BillingReadingSet', BillingReadingSet>
  | Typed<'BillingReadingSetList', BillingReadingSetList>
  | Typed<'CombinedTimeTariffIntervalList', CombinedTimeTariffIntervalList>
  | Typed<'Configuration', Configuration>
  | Typed<'ConnectionPointType', ConnectionPointType>
  | Typed<'ConsumptionTariffInterval', ConsumptionTariffInterval>
  | Typed<'ConsumptionTariffIntervalList', ConsumptionTariffIntervalList>
  | Typed<'ConsumptionTariffIntervalListSummary', ConsumptionTariffIntervalListSummary>
  | Typed<'CreditRegister', CreditRegister>
  | Typed<'CreditRegisterList', CreditRegisterList>
  | Typed<'CustomerAccount', CustomerAccount>
  | Typed<'CustomerAccountList', CustomerAccountList>
  | Typed<'CustomerAgreement', CustomerAgreement>
  | Typed<'CustomerAgreementList', CustomerAgreementList>
  | Typed<'DefaultDERControl', DefaultDERControl>
  | Typed<'DemandResponseProgram', DemandResponseProgram>
  | Typed<'DemandResponseProgramList', DemandResponseProgramList>
  | Typed<'DER', DER>
  | Typed<'DERAvailability', DERAvailability>
  | Typed<'DERCapability', DERCapability>
  | Typed<'DERControl', DERControl>
  | Typed<'DERControlList', DERControlList>
  | Typed<'DERControlResponse', DERControlResponse>
  | Typed<'DERCurve', DERCurve>
  | Typed<'DERCurveList', DERCurveList>
  | Typed<'DERList', DERList>
  | Typed<'DERProgram', DERProgram>
  | Typed<'DERProgramList', DERProgramList>
  | Typed<'DERSettings', DERSettings>
  | Typed<'DERStatus', DERStatus>
  | Typed<'DeviceCapability', DeviceCapability>
  | Typed<'DeviceInformation', DeviceInformation>
  | Typed<'DeviceStatus', DeviceStatus>
  | Typed<'DrResponse', DrResponse>
  | Typed<'EndDevice', EndDevice>
  | Typed<'EndDeviceControl', EndDeviceControl>
  | Typed<'EndDeviceControlList', EndDeviceControlList>
  | Typed<'EndDeviceList', EndDeviceList>
  | Typed<'Event', Event>
  | Typed<'File', File>
  | Typed<'FileList', FileList>
  | Typed<'FileStatus', FileStatus>
  | Typed<'FlowReservationRequest', FlowReservationRequest>
  | Typed<'FlowReservationRequestList', FlowReservationRequestList>
  | Typed<'FlowReservationResponse', FlowReservationResponse>
  | Typed<'FlowReservationResponseList', FlowReservationResponseList>
  | Typed<'FlowReservationResponseResponse', FlowReservationResponseResponse>
  | Typed<'FunctionSetAssignments', FunctionSetAssignments>
  | Typed<'FunctionSetAssignmentsBase', FunctionSetAssignmentsBase>
  | Typed<'FunctionSetAssignmentsList', FunctionSetAssignmentsList>
  | Typed<'HistoricalReading', HistoricalReading>
  | Typed<'HistoricalReadingList', HistoricalReadingList>
  | Typed<'IdentifiedObject', IdentifiedObject>
  | Typed<'IPAddr', IPAddr>
  | Typed<'IPAddrList', IPAddrList>
  | Typed<'IPInterface', IPInterface>
  | Typed<'IPInterfaceList', IPInterfaceList>
  | Typed<'List', List>
  | Typed<'LLInterface', LLInterface>
  | Typed<'LLInterfaceList', LLInterfaceList>
  | Typed<'LoadShedAvailability', LoadShedAvailability>
  | Typed<'LoadShedAvailabilityList', LoadShedAvailabilityList>
  | Typed<'LogEvent', LogEvent>
  | Typed<'LogEventList', LogEventList>
  | Typed<'MessagingProgram', MessagingProgram>
  | Typed<'MessagingProgramList', MessagingProgramList>
  | Typed<'MeterReading', MeterReading>
  | Typed<'MeterReadingBase', MeterReadingBase>
  | Typed<'MeterReadingList', MeterReadingList>
  | Typed<'MirrorMeterReading', MirrorMeterReading>
  | Typed<'MirrorMeterReadingList', MirrorMeterReadingList>
  | Typed<'MirrorReadingSet', MirrorReadingSet>
  | Typed<'MirrorUsagePoint', MirrorUsagePoint>
  | Typed<'MirrorUsagePointList', MirrorUsagePointList>
  | Typed<'Neighbor', Neighbor>
  | Typed<'NeighborList', NeighborList>
  | Typed<'Notification', Notification>
  | Typed<'NotificationList', NotificationList>
  | Typed<'PowerStatus', PowerStatus>
  | Typed<'Prepayment', Prepayment>
  | Typed<'PrepaymentList', PrepaymentList>
  | Typed<'PrepayOperationStatus', PrepayOperationStatus>
  | Typed<'PriceResponse', PriceResponse>
  | Typed<'PriceResponseCfg', PriceResponseCfg>
  | Typed<'PriceResponseCfgList', PriceResponseCfgList>
  | Typed<'ProjectionReading', ProjectionReading>
  | Typed<'ProjectionReadingList', ProjectionReadingList>
  | Typed<'RandomizableEvent', RandomizableEvent>
  | Typed<'RateComponent', RateComponent>
  | Typed<'RateComponentList', RateComponentList>
  | Typed<'Reading', Reading>
  | Typed<'ReadingBase', ReadingBase>
  | Typed<'ReadingList', ReadingList>
  | Typed<'ReadingSet', ReadingSet>
  | Typed<'ReadingSetBase', ReadingSetBase>
  | Typed<'ReadingSetList', ReadingSetList>
  | Typed<'ReadingType', ReadingType>
  | Typed<'Registration', Registration>
  | Typed<'RespondableIdentifiedObject', RespondableIdentifiedObject>
  | Typed<'RespondableResource', RespondableResource>
  | Typed<'RespondableSubscribableIdentifiedObject', RespondableSubscribableIdentifiedObject>
  | Typed<'Response', Response>
  | Typed<'ResponseList', ResponseList>
  | Typed<'ResponseSet', ResponseSet>
  | Typed<'ResponseSetList', ResponseSetList>
  | Typed<'RPLInstance', RPLInstance>
  | Typed<'RPLInstanceList', RPLInstanceList>
  | Typed<'RPLSourceRoutes', RPLSourceRoutes>
  | Typed<'RPLSourceRoutesList', RPLSourceRoutesList>
  | Typed<'SelfDevice', SelfDevice>
  | Typed<'ServiceSupplier', ServiceSupplier>
  | Typed<'ServiceSupplierList', ServiceSupplierList>
  | Typed<'SubscribableIdentifiedObject', SubscribableIdentifiedObject>
  | Typed<'SubscribableList', SubscribableList>
  | Typed<'SubscribableResource', SubscribableResource>
  | Typed<'Subscription', Subscription>
  | Typed<'SubscriptionBase', SubscriptionBase>
  | Typed<'SubscriptionList', SubscriptionList>
  | Typed<'SupplyInterruptionOverride', SupplyInterruptionOverride>
  | Typed<'SupplyInterruptionOverrideList', SupplyInterruptionOverrideList>
  | Typed<'SupportedLocale', SupportedLocale>
  | Typed<'SupportedLocaleList', SupportedLocaleList>
  | Typed<'TargetReading', TargetReading>
  | Typed<'TargetReadingList', TargetReadingList>
  | Typed<'TariffProfile', TariffProfile>
  | Typed<'TariffProfileList', TariffProfileList>
  | Typed<'TextMessage', TextMessage>
  | Typed<'TextMessageList', TextMessageList>
  | Typed<'TextResponse', TextResponse>
  | Typed<'Time', Time>
  | Typed<'TimeTariffInterval', TimeTariffInterval>
  | Typed<'TimeTariffIntervalList', TimeTariffIntervalList>
  | Typed<'UsagePoint', UsagePoint>
  | Typed<'UsagePointBase', UsagePointBase>
  | Typed<'UsagePointList', UsagePointList>
export const Resource: Element<AnyResource> = { name: 'Resource', attributes: [{ name: 'href', type: 'anyURI' }] }

export interface RespondableIdentifiedObject extends RespondableResource {
  readonly mRID: mRIDType
  readonly description?: String32
  readonly version?: VersionType
}
export const RespondableIdentifiedObject: Element<RespondableIdentifiedObject> = { name: 'RespondableIdentifiedObject', base: 'RespondableResource', elements: [
  { name: 'mRID', type: 'mRIDType' },
  { name: 'description', type: 'String32', min: 0 },
  { name: 'version', type: 'VersionType', min: 0 },
] }

export interface RespondableResource extends Resource {
  /** Where responses are posted. */
  readonly replyTo?: string
  /** Bits: 0 tell that the message arrived; 1 send the responses of its life; 2 the end user must answer. */
  readonly responseRequired?: HexBinary8
}
export const RespondableResource: Element<RespondableResource> = { name: 'RespondableResource', base: 'Resource', attributes: [{ name: 'replyTo', type: 'anyURI' }, { name: 'responseRequired', type: 'HexBinary8', default: '00' }] }

export interface RespondableSubscribableIdentifiedObject extends RespondableResource {
  readonly subscribable?: SubscribableType
  readonly mRID: mRIDType
  readonly description?: String32
  readonly version?: VersionType
}
export const RespondableSubscribableIdentifiedObject: Element<RespondableSubscribableIdentifiedObject> = { name: 'RespondableSubscribableIdentifiedObject', base: 'RespondableResource', attributes: [{ name: 'subscribable', type: 'SubscribableType', default: '0' }], elements: [
  { name: 'mRID', type: 'mRIDType' },
  { name: 'description', type: 'String32', min: 0 },
  { name: 'version', type: 'VersionType', min: 0 },
] }

export interface Response extends Resource {
  readonly createdDateTime?: TimeType
  /** The device that responds. */
  readonly endDeviceLFDI: HexBinary160
  /** 1 received; 2 started; 3 completed; 4 opted out; 5 opted in; 6 cancelled; 7 superseded; 8 partly done, opted out; 9 partly done, opted in; 10 completed without participation; 11 message confirmed; 12 message cannot be shown; 13 dropped for another server; 14 dropped for another program; 252 not applicable; 253 invalid; 254 expired on arrival. */
  readonly status?: UInt8
  /** The mRID of the event. */
  readonly subject: mRIDType
}
export type AnyResponse = Response
  | Typed<'DERControlResponse', DERControlResponse>
  | Typed<'DrResponse', DrResponse>
  | Typed<'FlowReservationResponseResponse', FlowReservationResponseResponse>
  | Typed<'PriceResponse', PriceResponse>
  | Typed<'TextResponse', TextResponse>
export const Response: Element<AnyResponse> = { name: 'Response', base: 'Resource', elements: [
  { name: 'createdDateTime', type: 'TimeType', min: 0 },
  { name: 'endDeviceLFDI', type: 'HexBinary160' },
  { name: 'status', type: 'UInt8', min: 0 },
  { name: 'subject', type: 'mRIDType' },
] }

export interface ResponseList extends List {
  readonly Response?: readonly AnyResponse[]
}
export const ResponseList: Element<ResponseList> = { name: 'ResponseList', base: 'List', elements: [
  { name: 'Response', type: 'Response', min: 0, max: Infinity },
] }

export interface ResponseListLink extends ListLink {}
export const ResponseListLink: Element<ResponseListLink> = { name: 'ResponseListLink', base: 'ListLink' }

export interface ResponseSet extends IdentifiedObject {
  readonly ResponseListLink?: ResponseListLink
}
export const ResponseSet: Element<ResponseSet> = { name: 'ResponseSet', base: 'IdentifiedObject', elements: [
  { name: 'ResponseListLink', type: 'ResponseListLink', min: 0 },
] }

export interface ResponseSetList extends List {
  /** Seconds. */
  readonly pollRate?: UInt32
  readonly ResponseSet?: readonly ResponseSet[]
}
export const ResponseSetList: Element<ResponseSetList> = { name: 'ResponseSetList', base: 'List', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'ResponseSet', type: 'ResponseSet', min: 0, max: Infinity },
] }

export interface ResponseSetListLink extends ListLink {}
export const ResponseSetListLink: Element<ResponseSetListLink> = { name: 'ResponseSetListLink', base: 'ListLink' }

/** Bits: 0 mirror; 1 premises aggregation point; 2 electric vehicle; 3 DER; 4 revenue quality; 5 direct current; 6 submeter. */
export type RoleFlagsType = HexBinary16
export const RoleFlagsType: Element<RoleFlagsType> = { name: 'RoleFlagsType', base: 'HexBinary16' }

export interface RPLInstance extends Resource {
  readonly DODAGid: UInt8
  readonly DODAGroot: boolean
  readonly flags: UInt8
  readonly groundedFlag: boolean
  readonly MOP: UInt8
  readonly PRF: UInt8
  readonly rank: UInt16
  readonly RPLInstanceID: UInt8
  readonly RPLSourceRoutesListLink?: RPLSourceRoutesListLink
  readonly versionNumber: UInt8
}
export const RPLInstance: Element<RPLInstance> = { name: 'RPLInstance', base: 'Resource', elements: [
  { name: 'DODAGid', type: 'UInt8' },
  { name: 'DODAGroot', type: 'boolean' },
  { name: 'flags', type: 'UInt8' },
  { name: 'groundedFlag', type: 'boolean' },
  { name: 'MOP', type: 'UInt8' },
  { name: 'PRF', type: 'UInt8' },
  { name: 'rank', type: 'UInt16' },
  { name: 'RPLInstanceID', type: 'UInt8' },
  { name: 'RPLSourceRoutesListLink', type: 'RPLSourceRoutesListLink', min: 0 },
  { name: 'versionNumber', type: 'UInt8' },
] }

export interface RPLInstanceList extends List {
  readonly RPLInstance?: readonly RPLInstance[]
}
export const RPLInstanceList: Element<RPLInstanceList> = { name: 'RPLInstanceList', base: 'List', elements: [
  { name: 'RPLInstance', type: 'RPLInstance', min: 0, max: Infinity },
] }

export interface RPLInstanceListLink extends ListLink {}
export const RPLInstanceListLink: Element<RPLInstanceListLink> = { name: 'RPLInstanceListLink', base: 'ListLink' }

export interface RPLSourceRoutes extends Resource {
  readonly DestAddress: HexBinary128
  readonly SourceRoute: HexBinary128
}
export const RPLSourceRoutes: Element<RPLSourceRoutes> = { name: 'RPLSourceRoutes', base: 'Resource', elements: [
  { name: 'DestAddress', type: 'HexBinary128' },
  { name: 'SourceRoute', type: 'HexBinary128' },
] }

export interface RPLSourceRoutesList extends List {
  readonly RPLSourceRoutes?: readonly RPLSourceRoutes[]
}
export const RPLSourceRoutesList: Element<RPLSourceRoutesList> = { name: 'RPLSourceRoutesList', base: 'List', elements: [
  { name: 'RPLSourceRoutes', type: 'RPLSourceRoutes', min: 0, max: Infinity },
] }

export interface RPLSourceRoutesListLink extends ListLink {}
export const RPLSourceRoutesListLink: Element<RPLSourceRoutesListLink> = { name: 'RPLSourceRoutesListLink', base: 'ListLink' }

export interface SelfDevice extends AbstractDevice {
  /** Seconds. */
  readonly pollRate?: UInt32
}
export const SelfDevice: Element<SelfDevice> = { name: 'SelfDevice', base: 'AbstractDevice', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }] }

export interface SelfDeviceLink extends Link {}
export const SelfDeviceLink: Element<SelfDeviceLink> = { name: 'SelfDeviceLink', base: 'Link' }

export interface ServiceChange {
  readonly newStatus: ServiceStatusType
  readonly startTime: TimeType
}
export const ServiceChange: Element<ServiceChange> = { name: 'ServiceChange', elements: [
  { name: 'newStatus', type: 'ServiceStatusType' },
  { name: 'startTime', type: 'TimeType' },
] }

/** 0 electricity; 1 gas; 2 water; 3 time; 4 pressure; 5 heat; 6 cooling. */
export type ServiceKind = UInt8
export const ServiceKind: Element<ServiceKind> = { name: 'ServiceKind', base: 'UInt8' }

/** 0 connected; 1 disconnected; 2 armed to connect; 3 armed to disconnect; 4 no contactor; 5 load limited. */
export type ServiceStatusType = UInt8
export const ServiceStatusType: Element<ServiceStatusType> = { name: 'ServiceStatusType', base: 'UInt8' }

export interface ServiceSupplier extends IdentifiedObject {
  readonly email?: String32
  readonly phone?: String20
  readonly providerID?: UInt32
  readonly web?: String42
}
export const ServiceSupplier: Element<ServiceSupplier> = { name: 'ServiceSupplier', base: 'IdentifiedObject', elements: [
  { name: 'email', type: 'String32', min: 0 },
  { name: 'phone', type: 'String20', min: 0 },
  { name: 'providerID', type: 'UInt32', min: 0 },
  { name: 'web', type: 'String42', min: 0 },
] }

export interface ServiceSupplierLink extends Link {}
export const ServiceSupplierLink: Element<ServiceSupplierLink> = { name: 'ServiceSupplierLink', base: 'Link' }

export interface ServiceSupplierList extends List {
  readonly ServiceSupplier?: readonly ServiceSupplier[]
}
export const ServiceSupplierList: Element<ServiceSupplierList> = { name: 'ServiceSupplierList', base: 'List', elements: [
  { name: 'ServiceSupplier', type: 'ServiceSupplier', min: 0, max: Infinity },
] }

export interface SetPoint {
  readonly coolingSetpoint?: Int16
  readonly heatingSetpoint?: Int16
}
export const SetPoint: Element<SetPoint> = { name: 'SetPoint', elements: [
  { name: 'coolingSetpoint', type: 'Int16', min: 0 },
  { name: 'heatingSetpoint', type: 'Int16', min: 0 },
] }

/** A number of 36 bits and a decimal check digit. */
export type SFDIType = UInt40
export const SFDIType: Element<SFDIType> = { name: 'SFDIType', base: 'UInt40' }

/** Hundredths of a percent, -10000 to 10000 by intention. */
export type SignedPerCent = Int16
export const SignedPerCent: Element<SignedPerCent> = { name: 'SignedPerCent', base: 'Int16' }

export interface SignedRealEnergy {
  readonly multiplier: PowerOfTenMultiplierType
  readonly value: Int48
}
export const SignedRealEnergy: Element<SignedRealEnergy> = { name: 'SignedRealEnergy', elements: [
  { name: 'multiplier', type: 'PowerOfTenMultiplierType' },
  { name: 'value', type: 'Int48' },
] }

export interface StateOfChargeStatusType {
  readonly dateTime: TimeType
  readonly value: PerCent
}
export const StateOfChargeStatusType: Element<StateOfChargeStatusType> = { name: 'StateOfChargeStatusType', elements: [
  { name: 'dateTime', type: 'TimeType' },
  { name: 'value', type: 'PerCent' },
] }

export interface StorageModeStatusType {
  readonly dateTime: TimeType
  /** 0 charging; 1 discharging; 2 holding. */
  readonly value: UInt8
}
export const StorageModeStatusType: Element<StorageModeStatusType> = { name: 'StorageModeStatusType', elements: [
  { name: 'dateTime', type: 'TimeType' },
  { name: 'value', type: 'UInt8' },
] }

export interface SubscribableIdentifiedObject extends SubscribableResource {
  readonly mRID: mRIDType
  readonly description?: String32
  readonly version?: VersionType
}
export const SubscribableIdentifiedObject: Element<SubscribableIdentifiedObject> = { name: 'SubscribableIdentifiedObject', base: 'SubscribableResource', elements: [
  { name: 'mRID', type: 'mRIDType' },
  { name: 'description', type: 'String32', min: 0 },
  { name: 'version', type: 'VersionType', min: 0 },
] }

export interface SubscribableList extends SubscribableResource {
  /** Members of the whole list that the client may see. */
  readonly all: UInt32
  /** Members in this document. */
  readonly results: UInt32
}
export const SubscribableList: Element<SubscribableList> = { name: 'SubscribableList', base: 'SubscribableResource', attributes: [{ name: 'all', type: 'UInt32', required: true }, { name: 'results', type: 'UInt32', required: true }] }

export interface SubscribableResource extends Resource {
  readonly subscribable?: SubscribableType
}
export const SubscribableResource: Element<SubscribableResource> = { name: 'SubscribableResource', base: 'Resource', attributes: [{ name: 'subscribable', type: 'SubscribableType', default: '0' }] }

export interface Subscription extends SubscriptionBase {
  readonly Condition?: Condition
  /** 0 XML; 1 EXI. */
  readonly encoding: UInt8
  readonly level: String16
  /** Most members of a list to be sent with a notification; 0 for none. */
  readonly limit: UInt32
  readonly notificationURI: string
}
export const Subscription: Element<Subscription> = { name: 'Subscription', base: 'SubscriptionBase', elements: [
  { name: 'Condition', type: 'Condition', min: 0 },
  { name: 'encoding', type: 'UInt8' },
  { name: 'level', type: 'String16' },
  { name: 'limit', type: 'UInt32' },
  { name: 'notificationURI', type: 'anyURI' },
] }

export interface SubscriptionBase extends Resource {
  readonly subscribedResource: string
}
export const SubscriptionBase: Element<SubscriptionBase> = { name: 'SubscriptionBase', base: 'Resource', elements: [
  { name: 'subscribedResource', type: 'anyURI' },
] }

export interface SubscriptionList extends List {
  /** Seconds. */
  readonly pollRate?: UInt32
  readonly Subscription?: readonly Subscription[]
}
export const SubscriptionList: Element<SubscriptionList> = { name: 'SubscriptionList', base: 'List', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'Subscription', type: 'Subscription', min: 0, max: Infinity },
] }

export interface SubscriptionListLink extends ListLink {}
export const SubscriptionListLink: Element<SubscriptionListLink> = { name: 'SubscriptionListLink', base: 'ListLink' }

export interface SupplyInterruptionOverride extends Resource {
  readonly description?: String32
  readonly interval: DateTimeInterval
}
export const SupplyInterruptionOverride: Element<SupplyInterruptionOverride> = { name: 'SupplyInterruptionOverride', base: 'Resource', elements: [
  { name: 'description', type: 'String32', min: 0 },
  { name: 'interval', type: 'DateTimeInterval' },
] }

export interface SupplyInterruptionOverrideList extends List {
  readonly SupplyInterruptionOverride?: readonly SupplyInterruptionOverride[]
}
export const SupplyInterruptionOverrideList: Element<SupplyInterruptionOverrideList> = { name: 'SupplyInterruptionOverrideList', base: 'List', elements: [
  { name: 'SupplyInterruptionOverride', type: 'SupplyInterruptionOverride', min: 0, max: Infinity },
] }

export interface SupplyInterruptionOverrideListLink extends ListLink {}
export const SupplyInterruptionOverrideListLink: Element<SupplyInterruptionOverrideListLink> = { name: 'SupplyInterruptionOverrideListLink', base: 'ListLink' }

export interface SupportedLocale extends Resource {
  readonly locale: LocaleType
}
export const SupportedLocale: Element<SupportedLocale> = { name: 'SupportedLocale', base: 'Resource', elements: [
  { name: 'locale', type: 'LocaleType' },
] }

export interface SupportedLocaleList extends List {
  readonly SupportedLocale?: readonly SupportedLocale[]
}
export const SupportedLocaleList: Element<SupportedLocaleList> = { name: 'SupportedLocaleList', base: 'List', elements: [
  { name: 'SupportedLocale', type: 'SupportedLocale', min: 0, max: Infinity },
] }

export interface SupportedLocaleListLink extends ListLink {}
export const SupportedLocaleListLink: Element<SupportedLocaleListLink> = { name: 'SupportedLocaleListLink', base: 'ListLink' }

export interface TargetReading extends BillingMeterReadingBase {}
export const TargetReading: Element<TargetReading> = { name: 'TargetReading', base: 'BillingMeterReadingBase' }

export interface TargetReadingList extends List {
  readonly TargetReading?: readonly TargetReading[]
}
export const TargetReadingList: Element<TargetReadingList> = { name: 'TargetReadingList', base: 'List', elements: [
  { name: 'TargetReading', type: 'TargetReading', min: 0, max: Infinity },
] }

export interface TargetReadingListLink extends ListLink {}
export const TargetReadingListLink: Element<TargetReadingListLink> = { name: 'TargetReadingListLink', base: 'ListLink' }

export interface TargetReduction {
  readonly type: UnitType
  readonly value: UInt16
}
export const TargetReduction: Element<TargetReduction> = { name: 'TargetReduction', elements: [
  { name: 'type', type: 'UnitType' },
  { name: 'value', type: 'UInt16' },
] }

export interface TariffProfile extends IdentifiedObject {
  readonly currency?: CurrencyCode
  readonly pricePowerOfTenMultiplier?: PowerOfTenMultiplierType
  readonly primacy: PrimacyType
  readonly rateCode?: String20
  readonly RateComponentListLink?: RateComponentListLink
  readonly serviceCategoryKind: ServiceKind
  readonly CombinedTimeTariffIntervalListLink?: AnyListLink
}
export const TariffProfile: Element<TariffProfile> = { name: 'TariffProfile', base: 'IdentifiedObject', elements: [
  { name: 'currency', type: 'CurrencyCode', min: 0 },
  { name: 'pricePowerOfTenMultiplier', type: 'PowerOfTenMultiplierType', min: 0 },
  { name: 'primacy', type: 'PrimacyType' },
  { name: 'rateCode', type: 'String20', min: 0 },
  { name: 'RateComponentListLink', type: 'RateComponentListLink', min: 0 },
  { name: 'serviceCategoryKind', type: 'ServiceKind' },
] }

export interface TariffProfileLink extends Link {}
export const TariffProfileLink: Element<TariffProfileLink> = { name: 'TariffProfileLink', base: 'Link' }

export interface TariffProfileList extends SubscribableList {
  /** Seconds. */
  readonly pollRate?: UInt32
  readonly TariffProfile?: readonly TariffProfile[]
}
export const TariffProfileList: Element<TariffProfileList> = { name: 'TariffProfileList', base: 'SubscribableList', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'TariffProfile', type: 'TariffProfile', min: 0, max: Infinity },
] }

export interface TariffProfileListLink extends ListLink {}
export const TariffProfileListLink: Element<TariffProfileListLink> = { name: 'TariffProfileListLink', base: 'ListLink' }

export interface Temperature {
  readonly multiplier: PowerOfTenMultiplierType
  /** 0 enclosure; 1 transformer; 2 heat sink. */
  readonly subject: UInt8
  readonly value: Int16
}
export const Temperature: Element<Temperature> = { name: 'Temperature', elements: [
  { name: 'multiplier', type: 'PowerOfTenMultiplierType' },
  { name: 'subject', type: 'UInt8' },
  { name: 'value', type: 'Int16' },
] }

export interface TextMessage extends Event {
  readonly originator?: String20
  readonly priority: PriorityType
  readonly textMessage: string
}
export const TextMessage: Element<TextMessage> = { name: 'TextMessage', base: 'Event', elements: [
  { name: 'originator', type: 'String20', min: 0 },
  { name: 'priority', type: 'PriorityType' },
  { name: 'textMessage', type: 'string' },
] }

export interface TextMessageList extends SubscribableList {
  readonly TextMessage?: readonly TextMessage[]
}
export const TextMessageList: Element<TextMessageList> = { name: 'TextMessageList', base: 'SubscribableList', elements: [
  { name: 'TextMessage', type: 'TextMessage', min: 0, max: Infinity },
] }

export interface TextMessageListLink extends ListLink {}
export const TextMessageListLink: Element<TextMessageListLink> = { name: 'TextMessageListLink', base: 'ListLink' }

export interface TextResponse extends Response {}
export const TextResponse: Element<TextResponse> = { name: 'TextResponse', base: 'Response' }

export interface Time extends Resource {
  /** Seconds. */
  readonly pollRate?: UInt32
  readonly currentTime: TimeType
  readonly dstEndTime: TimeType
  /** Seconds to add between dstStartTime and dstEndTime. */
  readonly dstOffset: TimeOffsetType
  readonly dstStartTime: TimeType
  readonly localTime?: TimeType
  /** 3 external authority; 4 level 3 source; 5 set by hand or level 4; 6 level 5; 7 uncoordinated on purpose. */
  readonly quality: UInt8
  /** Seconds from UTC without daylight saving, negative west of Greenwich. */
  readonly tzOffset: TimeOffsetType
}
export const Time: Element<Time> = { name: 'Time', base: 'Resource', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'currentTime', type: 'TimeType' },
  { name: 'dstEndTime', type: 'TimeType' },
  { name: 'dstOffset', type: 'TimeOffsetType' },
  { name: 'dstStartTime', type: 'TimeType' },
  { name: 'localTime', type: 'TimeType', min: 0 },
  { name: 'quality', type: 'UInt8' },
  { name: 'tzOffset', type: 'TimeOffsetType' },
] }

export interface TimeConfiguration {
  readonly dstEndRule: DstRuleType
  readonly dstOffset: TimeOffsetType
  readonly dstStartRule: DstRuleType
  readonly tzOffset: TimeOffsetType
}
export const TimeConfiguration: Element<TimeConfiguration> = { name: 'TimeConfiguration', elements: [
  { name: 'dstEndRule', type: 'DstRuleType' },
  { name: 'dstOffset', type: 'TimeOffsetType' },
  { name: 'dstStartRule', type: 'DstRuleType' },
  { name: 'tzOffset', type: 'TimeOffsetType' },
] }

export interface TimeLink extends Link {}
export const TimeLink: Element<TimeLink> = { name: 'TimeLink', base: 'Link' }

export type TimeOffsetType = Int32
export const TimeOffsetType: Element<TimeOffsetType> = { name: 'TimeOffsetType', base: 'Int32' }

export interface TimeTariffInterval extends RandomizableEvent {
  readonly ConsumptionTariffIntervalListLink?: ConsumptionTariffIntervalListLink
  readonly touTier: TOUType
  readonly ConsumptionTariffIntervalListSummary?: ConsumptionTariffIntervalListSummary
  readonly RateComponentLink?: RateComponentLink
}
export const TimeTariffInterval: Element<TimeTariffInterval> = { name: 'TimeTariffInterval', base: 'RandomizableEvent', elements: [
  { name: 'ConsumptionTariffIntervalListLink', type: 'ConsumptionTariffIntervalListLink', min: 0 },
  { name: 'touTier', type: 'TOUType' },
] }

export interface TimeTariffIntervalList extends SubscribableList {
  readonly pollRate?: UInt32
  readonly TimeTariffInterval?: readonly TimeTariffInterval[]
}
export const TimeTariffIntervalList: Element<TimeTariffIntervalList> = { name: 'TimeTariffIntervalList', base: 'SubscribableList', elements: [
  { name: 'TimeTariffInterval', type: 'TimeTariffInterval', min: 0, max: Infinity },
] }

export interface TimeTariffIntervalListLink extends ListLink {}
export const TimeTariffIntervalListLink: Element<TimeTariffIntervalListLink> = { name: 'TimeTariffIntervalListLink', base: 'ListLink' }

/** Seconds since 1970-01-01T00:00:00Z, leap seconds not counted. */
export type TimeType = Int64
export const TimeType: Element<TimeType> = { name: 'TimeType', base: 'Int64' }

/** 0 none, else tier A (1) to O (15). */
export type TOUType = UInt8
export const TOUType: Element<TOUType> = { name: 'TOUType', base: 'UInt8' }

/** 0 kWh; 1 kW; 2 W; 3 m3; 4 ft3; 5 US gal; 6 imp gal; 7 BTU; 8 L; 9 kPa gauge; 10 kPa absolute; 11 MJ; 12 none. */
export type UnitType = UInt8
export const UnitType: Element<UnitType> = { name: 'UnitType', base: 'UInt8' }

export interface UnitValueType {
  readonly multiplier: PowerOfTenMultiplierType
  readonly unit: UomType
  readonly value: Int32
}
export const UnitValueType: Element<UnitValueType> = { name: 'UnitValueType', elements: [
  { name: 'multiplier', type: 'PowerOfTenMultiplierType' },
  { name: 'unit', type: 'UomType' },
  { name: 'value', type: 'Int32' },
] }

export interface UnsignedFixedPointType {
  readonly multiplier: PowerOfTenMultiplierType
  readonly value: UInt16
}
export const UnsignedFixedPointType: Element<UnsignedFixedPointType> = { name: 'UnsignedFixedPointType', elements: [
  { name: 'multiplier', type: 'PowerOfTenMultiplierType' },
  { name: 'value', type: 'UInt16' },
] }

/** 0 none; 5 A; 29 V; 33 Hz; 38 W; 61 VA; 63 var; 65 power factor; 72 Wh; 73 varh; 106 Ah; others of IEC 61968-9. */
export type UomType = UInt8
export const UomType: Element<UomType> = { name: 'UomType', base: 'UInt8' }

export interface UsagePoint extends UsagePointBase {
  readonly deviceLFDI?: HexBinary160
  readonly MeterReadingListLink?: MeterReadingListLink
}
export const UsagePoint: Element<UsagePoint> = { name: 'UsagePoint', base: 'UsagePointBase', elements: [
  { name: 'deviceLFDI', type: 'HexBinary160', min: 0 },
  { name: 'MeterReadingListLink', type: 'MeterReadingListLink', min: 0 },
] }

export interface UsagePointBase extends IdentifiedObject {
  readonly roleFlags: RoleFlagsType
  readonly serviceCategoryKind: ServiceKind
  /** 0 off; 1 on. */
  readonly status: UInt8
}
export const UsagePointBase: Element<UsagePointBase> = { name: 'UsagePointBase', base: 'IdentifiedObject', elements: [
  { name: 'roleFlags', type: 'RoleFlagsType' },
  { name: 'serviceCategoryKind', type: 'ServiceKind' },
  { name: 'status', type: 'UInt8' },
] }

export interface UsagePointLink extends Link {}
export const UsagePointLink: Element<UsagePointLink> = { name: 'UsagePointLink', base: 'Link' }

export interface UsagePointList extends SubscribableList {
  /** Seconds. */
  readonly pollRate?: UInt32
  readonly UsagePoint?: readonly UsagePoint[]
}
export const UsagePointList: Element<UsagePointList> = { name: 'UsagePointList', base: 'SubscribableList', attributes: [{ name: 'pollRate', type: 'UInt32', default: '900' }], elements: [
  { name: 'UsagePoint', type: 'UsagePoint', min: 0, max: Infinity },
] }

export interface UsagePointListLink extends ListLink {}
export const UsagePointListLink: Element<UsagePointListLink> = { name: 'UsagePointListLink', base: 'ListLink' }

export type VersionType = UInt16
export const VersionType: Element<VersionType> = { name: 'VersionType', base: 'UInt16' }

export interface VoltageRMS {
  readonly multiplier: PowerOfTenMultiplierType
  readonly value: UInt16
}
export const VoltageRMS: Element<VoltageRMS> = { name: 'VoltageRMS', elements: [
  { name: 'multiplier', type: 'PowerOfTenMultiplierType' },
  { name: 'value', type: 'UInt16' },
] }

export interface WattHour {
  readonly multiplier: PowerOfTenMultiplierType
  readonly value: UInt16
}
export const WattHour: Element<WattHour> = { name: 'WattHour', elements: [
  { name: 'multiplier', type: 'PowerOfTenMultiplierType' },
  { name: 'value', type: 'UInt16' },
] }
