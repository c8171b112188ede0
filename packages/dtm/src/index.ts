export { discountOf, type Witness } from './domain/discount.ts'
export { groupTrust, type Member } from './domain/group.ts'
export { isProvisional } from './domain/level.ts'
export { observe, type Finding, type Message } from './domain/observe.ts'
export {
  baseRates,
  defaults,
  type Category,
  type Level,
  type Severity,
  type TrustParameters,
} from './domain/parameters.ts'
export { release } from './domain/release.ts'
export { replayTrust, type Outcome } from './domain/replay.ts'
export { awaitedResponses, missingResponse, type Awaited, type Delivered } from './domain/rules/awaited-response.ts'
export { clockSkew, type Stamps } from './domain/rules/clock-skew.ts'
export { withinNameplate, withinPercent, type Nameplate, type Setpoint } from './domain/rules/nameplate.ts'
export { ownResource, type Claim } from './domain/rules/own-resource.ts'
export {
  followsLimit,
  followsTarget,
  withinRating,
  type Order,
  type OrderRule,
  type Reading,
} from './domain/rules/power-readings.ts'
export { repeatedPost, type EarlierPost } from './domain/rules/repeated-post.ts'
export { requestRate, unknownRate, type RateProfile } from './domain/rules/request-rate.ts'
export type { Party, RuleFinding, RuleId } from './domain/rules/rule-finding.ts'
export { witnessesAgree, type Testimony } from './domain/rules/witnesses-agree.ts'
export { createTrustFile, forget, succeedTrustFile, type TrustFile } from './domain/trust-file.ts'
export { metricVectorOf, type MetricVector } from './domain/vector.ts'
export { createTrustEngine } from './domain/engine/create-trust-engine.ts'
export { engineFor, replayTrace, takeStep, type TraceOutcome } from './domain/trace/replay-trace.ts'
export { isTrace, parseTrace, TraceHeader, TraceLabel, TraceStep, type TrustTrace } from './domain/trace/trust-trace.ts'
export { EngineSettings, type EngineOptions } from './domain/engine/settings.ts'
export type { SnapshotRecord, TrustEngine } from './domain/engine/trust-engine.ts'
export type {
  Evidence,
  FindingEvent,
  GroupEvent,
  LevelEvent,
  Merged,
  SelfTestEvent,
  Standing,
  TrustEvent,
} from './domain/engine/trust-event.ts'
export { start, type Deps } from './app.ts'
export { Config } from './config.ts'
