export { CtsDuration, CtsInstant, formatCtsDuration, formatCtsInstant } from './cts/instant.ts'
export { CtsId, CtsInterval, CtsQuantityStream, CtsResponse, CtsSide, CtsTenderReference } from './cts/parts.ts'
export { type CtsReason, type CtsRefusal, ctsResponseCodeOf } from './cts/reason.ts'
export { MarketReference, type MarketReferenceText } from './cts/market-reference.ts'
export { EiCanceledRegistration, EiCancelRegistration, EiRegisteredParty, EiRegisterParty } from './cts/registration.ts'
export {
  CtsCancelDetail,
  EiCanceledTender,
  EiCancelTender,
  EiCreatedTender,
  EiCreateTender,
  type TenderPayload,
} from './cts/tender.ts'
export { EiAcknowledged, EiCreatedTransaction, EiCreateTransaction } from './cts/transaction.ts'
export { EiReplyPosition, EiRequestPosition } from './cts/position.ts'
export {
  EiAcceptedQuote,
  EiAcceptQuote,
  EiCanceledQuote,
  EiCancelQuote,
  EiCreatedQuote,
  EiCreatedRfq,
  EiCreateQuote,
  EiCreateRfq,
  EiRejectedQuote,
  EiRejectQuote,
  type QuotePayload,
} from './cts/quote.ts'
export {
  CtsSubscriptionAction,
  CtsTicker,
  CtsTickerType,
  EiManagedTickerSubscription,
  EiManageTickerSubscription,
} from './cts/ticker.ts'
export {
  CtsInstrumentData,
  EiManagedInstrumentData,
  EiManagedMarketReferenceData,
  EiManagedSegmentReferenceData,
  EiManagedSessionData,
  EiManageInstrumentData,
  EiManageMarketReferenceData,
  EiManageSegmentReferenceData,
  EiManageSessionData,
} from './cts/market-data.ts'
export { EiReplyDelivery, EiReportDelivery, EiReportedDelivery, EiRequestDelivery } from './cts/delivery.ts'
export {
  CtsLedgerEntry,
  CtsLedgerPage,
  CtsMarketBook,
  CtsMarketPrices,
  CtsMarkets,
  CtsMessagePage,
  CtsPositions,
  CtsRefusalPage,
  CtsTracePage,
} from './cts/market-views.ts'
export { KnownDer, KnownFleet } from './derms/fleet.ts'
export {
  AuditEntry,
  AuditLog,
  FollowingScore,
  Award,
  Delivery,
  DeliveryInterval,
  DermsEvent,
  Service,
  ServiceStatus,
  Settlement,
} from './derms/service.ts'
export {
  DerTerms,
  ServiceCall,
  type ServiceKind,
  ServiceRequest,
  type ServiceRequestInput,
  ServiceSignal,
} from './derms/service-request.ts'
export {
  DeviceReport,
  DeviceSurroundings,
  EnvironmentState,
  FleetReport,
  FleetSurroundings,
  NodeMagnitudes,
  PlacedDevices,
} from './environment.ts'
export { GridEvent, GridLine, GridReady, GridSummary, GridTrade, GridTrust } from './grid.ts'
export { Aggregator, AggregatorChange, CertificateReference, NewAggregator } from './gsp-admin/aggregators.ts'
export { ErrorBody } from './error-body.ts'
export { PageQuery, pageOf, type PageOf } from './gsp-admin/common.ts'
export { ControlFields, controlUnits, DefaultControl, DefaultControlFields } from './gsp-admin/control-fields.ts'
export {
  CancelControl,
  CancelControls,
  CancelledControls,
  Control,
  ControlQuery,
  ControlStatus,
  DeviceResponses,
  NewControl,
  NewControls,
  ResponseSummary,
  type NewControlInput,
} from './gsp-admin/controls.ts'
export { Curve, curveTypes, NewCurve } from './gsp-admin/curves.ts'
export {
  Der,
  Device,
  DeviceChange,
  DeviceDetail,
  DeviceQuery,
  GroupMembership,
  NewDevice,
  type NewDeviceInput,
} from './gsp-admin/devices.ts'
export { GspEvent } from './gsp-admin/events.ts'
export { DeviceSurvey, FleetQuery } from './gsp-admin/fleet.ts'
export { CapacityProfile, DeviceReservation, FlowGrant } from './gsp-admin/flow-reservations.ts'
export {
  Group,
  GroupChange,
  NewGroup,
  NewProgram,
  Program,
  ProgramChange,
  ProgramQuery,
  topologyLevels,
} from './gsp-admin/groups.ts'
export {
  LogEntry,
  ReadingHistory,
  ReadingPoint,
  ReadingQuery,
  ResponseEntry,
  ReadingSeries,
  UsagePoint,
} from './gsp-admin/readings.ts'
export { TrustAlertReceipt, TrustStanding } from './gsp-admin/trust.ts'
export { ServerInfo, ServerSettings, ServerSettingsChange } from './gsp-admin/settings.ts'
export {
  DeviceEvent,
  DeviceEvents,
  DevicePostures,
  EventChoice,
  FleetMember,
  FleetMemberDetail,
  FleetMembers,
  FlowReservation,
  FlowReservationAsk,
  FlowReservations,
} from './fleet-api.ts'
export { FleetControl, FleetDevice, FleetEvent } from './fleet-events.ts'
export { KeptOrder, KeptOrders, LocalOrder, MeteredEnergy } from './local-order.ts'
export {
  CapacityLow,
  CommandOutcome,
  Lease,
  LoadsAnswer,
  LoadsAsk,
  RegionCommand,
  type RegionOp,
  ShedAnswer,
  ShedAsk,
  Tree,
  TreeConsumer,
} from './region/command.ts'
export { GuestConsumer, TakeoverAnswer, TakeoverAsk } from './region/neighbour.ts'
export {
  Hello,
  HelloAnswer,
  JoinAnswer,
  JoinAsk,
  PeerKind,
  PeerMetadata,
  RegionMember,
  RegisteredPeer,
  Registration,
} from './region/peer.ts'
export { LeaveAsk, OutcomeBatch, PeerReport, ReportAnswer, ReportBatch } from './region/report.ts'
export { RegionBooks, RegionDetail, RegionList, RegionSummary } from './region/status.ts'
export { responseName } from './response-name.ts'
export {
  AgentLedger,
  AgentState,
  AgentStates,
  AgentTrade,
  CommittedInterval,
  CommittedSchedule,
  SupervisoryNeed,
  SupervisoryNeeds,
} from './supervisory.ts'
export { DeviceSchedule, HeldAnswer, HeldQuestion, MappedEvent, MappedEvents } from './scheduling/device-schedule.ts'
export {
  ControllerView,
  DirectSchedule,
  NewSchedule,
  Quantity,
  ScheduledDevice,
  ScheduledDevices,
  ScheduleForecast,
  ScheduleOutput,
  ScheduleParameters,
  ScheduleValue,
  ScheduleView,
  SchedulingProblem,
  SetCal,
} from './scheduling/schedule.ts'
export {
  Recommendation,
  TrustAlert,
  TrustGroup,
  TrustRegistration,
  TrustSeverity,
  TrustSubject,
  TrustVector,
} from './trust/alert.ts'
export { MarketFact, marketFactBatch } from './trust/market-fact.ts'
export { Observation, observationBatch, ObservationReceipt, TrustRole } from './trust/observation.ts'
