import type { Profile } from '../codec/schema.ts'

/** A mandatory, optional, discouraged or erroneous method, in the order GET, HEAD, PUT, POST, DELETE: `MMEOE`. */
type Methods = string
/** The query parameters of a list: s to start, l to limit, a for those after a time. */
type Query = '' | 'sl' | 'sal'

export type Row = Readonly<{
  name: string
  pattern: string
  methods: Methods
  query?: Query
  /** The element served, where it is not of the resource's name. */
  type?: string
  /** What a POST may hold, where it is not a member of the list. */
  post?: readonly string[]
  profiles?: readonly Profile[]
}>

/** The resources of the standard with their conventional paths, function set by function set. */
export const rows: readonly Row[] = [
  // Device capability, self device, end device
  { name: 'DeviceCapability', pattern: '/dcap', methods: 'MMEEE' },
  { name: 'SelfDevice', pattern: '/sdev', methods: 'MMDEE' },
  { name: 'EndDeviceList', pattern: '/edev', methods: 'MMEOE', query: 'sl' },
  { name: 'EndDevice', pattern: '/edev/{id1}', methods: 'MMOEO' },
  { name: 'Registration', pattern: '/edev/{id1}/rg', methods: 'MMOEO' },
  { name: 'DeviceStatus', pattern: '/edev/{id1}/dstat', methods: 'MMMEO' },
  // Function set assignments
  { name: 'FunctionSetAssignmentsList', pattern: '/edev/{id1}/fsa', methods: 'MMEDE', query: 'sl' },
  { name: 'FunctionSetAssignments', pattern: '/edev/{id1}/fsa/{id2}', methods: 'MMEED' },
  // Subscription and notification
  { name: 'SubscriptionList', pattern: '/edev/{id1}/sub', methods: 'MMEME', query: 'sl' },
  { name: 'Subscription', pattern: '/edev/{id1}/sub/{id2}', methods: 'MMMEM' },
  { name: 'NotificationList', pattern: '/ntfy', methods: 'DDEME', query: 'sl' },
  { name: 'Notification', pattern: '/ntfy/{id1}', methods: 'DDEEE' },
  // Response
  { name: 'ResponseSetList', pattern: '/rsps', methods: 'OOEDE', query: 'sl' },
  { name: 'ResponseSet', pattern: '/rsps/{id1}', methods: 'OOEED' },
  { name: 'ResponseList', pattern: '/rsps/{id1}/rsp', methods: 'OOEME', query: 'sl' },
  { name: 'Response', pattern: '/rsps/{id1}/rsp/{id2}', methods: 'OOEEO' },
  { name: 'PriceResponse', pattern: '/rsps/{id1}/rsp/{id2}', methods: 'OOEEO' },
  { name: 'TextResponse', pattern: '/rsps/{id1}/rsp/{id2}', methods: 'OOEEO' },
  { name: 'DERControlResponse', pattern: '/rsps/{id1}/rsp/{id2}', methods: 'OOEEO' },
  { name: 'FlowReservationResponseResponse', pattern: '/rsps/{id1}/rsp/{id2}', methods: 'OOEEO' },
  { name: 'DrResponse', pattern: '/rsps/{id1}/rsp/{id2}', methods: 'OOEEO' },
  // Time
  { name: 'Time', pattern: '/tm', methods: 'MMDEE' },
  // Device information
  { name: 'DeviceInformation', pattern: '/edev/{id1}/di', methods: 'MMMEO' },
  { name: 'SupportedLocaleList', pattern: '/edev/{id1}/di/loc', methods: 'MMEME', query: 'sl' },
  { name: 'SupportedLocale', pattern: '/edev/{id1}/di/loc/{id2}', methods: 'MMMEM' },
  // Power status
  { name: 'PowerStatus', pattern: '/edev/{id1}/ps', methods: 'MMMEE' },
  // Network status
  { name: 'IPInterfaceList', pattern: '/edev/{id1}/ns', methods: 'MMEOE', query: 'sl' },
  { name: 'IPInterface', pattern: '/edev/{id1}/ns/{id2}', methods: 'MMOEO' },
  { name: 'IPAddrList', pattern: '/edev/{id1}/ns/{id2}/addr', methods: 'MMEOE', query: 'sl' },
  { name: 'IPAddr', pattern: '/edev/{id1}/ns/{id2}/addr/{id3}', methods: 'MMOEO' },
  { name: 'RPLInstanceList', pattern: '/edev/{id1}/ns/{id2}/addr/{id3}/rpl', methods: 'MMEOE', query: 'sl' },
  { name: 'RPLInstance', pattern: '/edev/{id1}/ns/{id2}/addr/{id3}/rpl/{id4}', methods: 'MMOEO' },
  {
    name: 'RPLSourceRoutesList',
    pattern: '/edev/{id1}/ns/{id2}/addr/{id3}/rpl/{id4}/srt',
    methods: 'MMEOE',
    query: 'sl',
  },
  { name: 'RPLSourceRoutes', pattern: '/edev/{id1}/ns/{id2}/addr/{id3}/rpl/{id4}/srt/{id5}', methods: 'MMOEO' },
  { name: 'LLInterfaceList', pattern: '/edev/{id1}/ns/{id2}/ll', methods: 'MMEOE', query: 'sl' },
  { name: 'LLInterface', pattern: '/edev/{id1}/ns/{id2}/ll/{id3}', methods: 'MMOEO' },
  { name: 'NeighborList', pattern: '/edev/{id1}/ns/{id2}/ll/{id3}/nbh', methods: 'MMEOE', query: 'sl' },
  { name: 'Neighbor', pattern: '/edev/{id1}/ns/{id2}/ll/{id3}/nbh/{id4}', methods: 'MMOEO' },
  // Log events
  { name: 'LogEventList', pattern: '/edev/{id1}/lel', methods: 'MMEME', query: 'sal' },
  { name: 'LogEvent', pattern: '/edev/{id1}/lel/{id2}', methods: 'MMOEM' },
  // Configuration
  { name: 'Configuration', pattern: '/edev/{id1}/cfg', methods: 'MMMEE' },
  { name: 'PriceResponseCfgList', pattern: '/edev/{id1}/cfg/prcfg', methods: 'MMEME', query: 'sl' },
  { name: 'PriceResponseCfg', pattern: '/edev/{id1}/cfg/prcfg/{id2}', methods: 'MMMEM' },
  // Software download
  { name: 'FileList', pattern: '/file', methods: 'MMEDE', query: 'sl' },
  { name: 'File', pattern: '/file/{id1}', methods: 'MMDED' },
  { name: 'FileStatus', pattern: '/edev/{id1}/fs', methods: 'MMMEE' },
  // Demand response and load control
  { name: 'DemandResponseProgramList', pattern: '/dr', methods: 'MMEDE', query: 'sl' },
  { name: 'DemandResponseProgram', pattern: '/dr/{id1}', methods: 'MMEED' },
  {
    name: 'ActiveEndDeviceControlList',
    pattern: '/dr/{id1}/actedc',
    methods: 'MMEEE',
    query: 'sal',
    type: 'EndDeviceControlList',
  },
  { name: 'EndDeviceControlList', pattern: '/dr/{id1}/edc', methods: 'MMEDE', query: 'sal' },
  { name: 'EndDeviceControl', pattern: '/dr/{id1}/edc/{id2}', methods: 'MMEED' },
  { name: 'LoadShedAvailabilityList', pattern: '/edev/{id1}/lsl', methods: 'MMEME', query: 'sl' },
  { name: 'LoadShedAvailability', pattern: '/edev/{id1}/lsl/{id2}', methods: 'MMOEM' },
  // Metering
  { name: 'UsagePointList', pattern: '/upt', methods: 'MMEOE', query: 'sl' },
  { name: 'UsagePoint', pattern: '/upt/{id1}', methods: 'MMEEO' },
  { name: 'MeterReadingList', pattern: '/upt/{id1}/mr', methods: 'MMEOE', query: 'sl' },
  { name: 'MeterReading', pattern: '/upt/{id1}/mr/{id2}', methods: 'MMEEO' },
  { name: 'ReadingType', pattern: '/upt/{id1}/mr/{id2}/rt', methods: 'MMOEE' },
  { name: 'ReadingSetList', pattern: '/upt/{id1}/mr/{id2}/rs', methods: 'MMEOE', query: 'sal' },
  { name: 'ReadingSet', pattern: '/upt/{id1}/mr/{id2}/rs/{id3}', methods: 'MMEEO' },
  { name: 'ReadingList', pattern: '/upt/{id1}/mr/{id2}/rs/{id3}/r', methods: 'MMEOE', query: 'sal' },
  { name: 'Reading', pattern: '/upt/{id1}/mr/{id2}/rs/{id3}/r/{id4}', methods: 'MMOEO' },
  // Metering mirror
  { name: 'MirrorUsagePointList', pattern: '/mup', methods: 'MMEME', query: 'sl' },
  {
    name: 'MirrorUsagePoint',
    pattern: '/mup/{id1}',
    methods: 'OOMMM',
    post: ['MirrorMeterReading', 'MirrorMeterReadingList'],
  },
  // Pricing
  { name: 'TariffProfileList', pattern: '/tp', methods: 'MMEDE', query: 'sl' },
  { name: 'TariffProfile', pattern: '/tp/{id1}', methods: 'MMEED' },
  { name: 'RateComponentList', pattern: '/tp/{id1}/rc', methods: 'MMEDE', query: 'sl' },
  { name: 'RateComponent', pattern: '/tp/{id1}/rc/{id2}', methods: 'MMEED' },
  {
    name: 'ActiveTimeTariffIntervalList',
    pattern: '/tp/{id1}/rc/{id2}/acttti',
    methods: 'MMEEE',
    query: 'sal',
    type: 'TimeTariffIntervalList',
  },
  { name: 'TimeTariffIntervalList', pattern: '/tp/{id1}/rc/{id2}/tti', methods: 'MMEDE', query: 'sal' },
  { name: 'TimeTariffInterval', pattern: '/tp/{id1}/rc/{id2}/tti/{id3}', methods: 'MMEED' },
  {
    name: 'ConsumptionTariffIntervalList',
    pattern: '/tp/{id1}/rc/{id2}/tti/{id3}/cti',
    methods: 'MMEDE',
    query: 'sal',
  },
  { name: 'ConsumptionTariffInterval', pattern: '/tp/{id1}/rc/{id2}/tti/{id3}/cti/{id4}', methods: 'MMEED' },
  // Messaging
  { name: 'MessagingProgramList', pattern: '/msg', methods: 'MMEDE', query: 'sl' },
  { name: 'MessagingProgram', pattern: '/msg/{id1}', methods: 'MMEED' },
  {
    name: 'ActiveTextMessageList',
    pattern: '/msg/{id1}/acttxt',
    methods: 'MMEEE',
    query: 'sal',
    type: 'TextMessageList',
  },
  { name: 'TextMessageList', pattern: '/msg/{id1}/txt', methods: 'MMEDE', query: 'sal' },
  { name: 'TextMessage', pattern: '/msg/{id1}/txt/{id2}', methods: 'MMEED' },
  // Billing
  { name: 'CustomerAccountList', pattern: '/bill', methods: 'MMEDE', query: 'sl' },
  { name: 'CustomerAccount', pattern: '/bill/{id1}', methods: 'MMEED' },
  { name: 'CustomerAgreementList', pattern: '/bill/{id1}/ca', methods: 'MMEDE', query: 'sal' },
  { name: 'CustomerAgreement', pattern: '/bill/{id1}/ca/{id2}', methods: 'MMEED' },
  {
    name: 'ActiveBillingPeriodList',
    pattern: '/bill/{id1}/ca/{id2}/actbp',
    methods: 'MMEEE',
    query: 'sl',
    type: 'BillingPeriodList',
  },
  { name: 'BillingPeriodList', pattern: '/bill/{id1}/ca/{id2}/bp', methods: 'MMEDE', query: 'sal' },
  { name: 'BillingPeriod', pattern: '/bill/{id1}/ca/{id2}/bp/{id3}', methods: 'MMDED' },
  { name: 'ProjectionReadingList', pattern: '/bill/{id1}/ca/{id2}/pro', methods: 'MMEDE', query: 'sal' },
  { name: 'ProjectionReading', pattern: '/bill/{id1}/ca/{id2}/pro/{id3}', methods: 'MMDED' },
  { name: 'BillingReadingSetList', pattern: '/brs', methods: 'MMEDE', query: 'sal' },
  { name: 'BillingReadingSet', pattern: '/brs/{id1}', methods: 'MMEED' },
  { name: 'BillingReadingList', pattern: '/brs/{id1}/br', methods: 'MMEDE', query: 'sal' },
  { name: 'BillingReading', pattern: '/brs/{id1}/br/{id2}', methods: 'MMDED' },
  { name: 'TargetReadingList', pattern: '/bill/{id1}/ca/{id2}/tar', methods: 'MMEDE', query: 'sal' },
  { name: 'TargetReading', pattern: '/bill/{id1}/ca/{id2}/tar/{id3}', methods: 'MMEED' },
  { name: 'HistoricalReadingList', pattern: '/bill/{id1}/ca/{id2}/ver', methods: 'MMEDE', query: 'sal' },
  { name: 'HistoricalReading', pattern: '/bill/{id1}/ca/{id2}/ver/{id3}', methods: 'MMEED' },
  { name: 'ServiceSupplier', pattern: '/bill/{id1}/ss', methods: 'MMEED' },
  // Prepayment
  { name: 'PrepaymentList', pattern: '/ppy', methods: 'MMEDE', query: 'sl' },
  { name: 'Prepayment', pattern: '/ppy/{id1}', methods: 'MMEED' },
  { name: 'AccountBalance', pattern: '/ppy/{id1}/ab', methods: 'MMDEE' },
  { name: 'PrepayOperationStatus', pattern: '/ppy/{id1}/os', methods: 'MMDEE' },
  {
    name: 'ActiveSupplyInterruptionOverrideList',
    pattern: '/ppy/{id1}/actsi',
    methods: 'MMEEE',
    query: 'sal',
    type: 'SupplyInterruptionOverrideList',
  },
  { name: 'SupplyInterruptionOverrideList', pattern: '/ppy/{id1}/si', methods: 'MMEDE', query: 'sal' },
  { name: 'SupplyInterruptionOverride', pattern: '/ppy/{id1}/si/{id2}', methods: 'MMDED' },
  { name: 'CreditRegisterList', pattern: '/ppy/{id1}/cr', methods: 'MMEOE', query: 'sl' },
  { name: 'CreditRegister', pattern: '/ppy/{id1}/cr/{id2}', methods: 'MMEEO' },
  // Flow reservation
  { name: 'FlowReservationRequestList', pattern: '/edev/{id1}/frq', methods: 'MMEME', query: 'sal' },
  { name: 'FlowReservationRequest', pattern: '/edev/{id1}/frq/{id2}', methods: 'MMMEO' },
  { name: 'FlowReservationResponseList', pattern: '/edev/{id1}/frp', methods: 'MMEDE', query: 'sal' },
  { name: 'FlowReservationResponse', pattern: '/edev/{id1}/frp/{id2}', methods: 'MMEED' },
  // Distributed energy resources
  { name: 'DERList', pattern: '/edev/{id1}/der', methods: 'MMEOE', query: 'sl' },
  { name: 'DER', pattern: '/edev/{id1}/der/{id2}', methods: 'MMOEO' },
  { name: 'AssociatedUsagePoint', pattern: '/edev/{id1}/der/{id2}/upt', methods: 'MMEEO', type: 'UsagePoint' },
  {
    name: 'AssociatedDERProgramList',
    pattern: '/edev/{id1}/der/{id2}/derp',
    methods: 'MMEOE',
    query: 'sl',
    type: 'DERProgramList',
  },
  { name: 'CurrentDERProgram', pattern: '/edev/{id1}/der/{id2}/cdp', methods: 'MMEEO', type: 'DERProgram' },
  { name: 'DERSettings', pattern: '/edev/{id1}/der/{id2}/derg', methods: 'MMMEE' },
  { name: 'DERStatus', pattern: '/edev/{id1}/der/{id2}/ders', methods: 'MMMEE' },
  { name: 'DERAvailability', pattern: '/edev/{id1}/der/{id2}/dera', methods: 'MMMEE' },
  { name: 'DERCapability', pattern: '/edev/{id1}/der/{id2}/dercap', methods: 'MMMEE' },
  // DER programs
  { name: 'DERProgramList', pattern: '/derp', methods: 'MMEOE', query: 'sl' },
  { name: 'DERProgram', pattern: '/derp/{id1}', methods: 'MMEEO' },
  {
    name: 'ActiveDERControlList',
    pattern: '/derp/{id1}/actderc',
    methods: 'MMEEE',
    query: 'sal',
    type: 'DERControlList',
  },
  { name: 'DERControlList', pattern: '/derp/{id1}/derc', methods: 'MMEOE', query: 'sal' },
  { name: 'DERControl', pattern: '/derp/{id1}/derc/{id2}', methods: 'MMEEO' },
  { name: 'DefaultDERControl', pattern: '/derp/{id1}/dderc', methods: 'MMOEE' },
  { name: 'DERCurveList', pattern: '/derp/{id1}/dc', methods: 'MMEOE', query: 'sl' },
  { name: 'DERCurve', pattern: '/derp/{id1}/dc/{id2}', methods: 'MMEEO' },
  // CSIP-AUS
  {
    name: 'ConnectionPoint',
    pattern: '/edev/{id1}/cp',
    methods: 'MMMEE',
    profiles: ['csipaus-1.2', 'csipaus-1.3-beta-storage', 'csipaus-1.3'],
  },
  {
    name: 'CombinedTimeTariffIntervalList',
    pattern: '/tp/{id1}/ctti',
    methods: 'MMEEE',
    query: 'sal',
    type: 'TimeTariffIntervalList',
    profiles: ['csipaus-1.3'],
  },
]
