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
export { createTrustFile, forget, succeedTrustFile, type TrustFile } from './domain/trust-file.ts'
export { metricVectorOf, type MetricVector } from './domain/vector.ts'
