export { describeConfig, type ConfigDescription, type ConfigKey } from './config/describe-config.ts'
export { ConfigError, loadConfig, type ConfigSource } from './config/load-config.ts'
export {
  dtmConfig,
  type DtmConfig,
  LimitsConfig,
  listenOn,
  LogLevel,
  SimulationConfig,
  TlsConfig,
} from './config/parts.ts'
export { ClientError, type ClientErrorCode, type ClientErrorOptions } from './client/client-error.ts'
export { createClient, type Client, type ClientOptions, type Outgoing, type Reply } from './client/create-client.ts'
export { describeApi, serveApi, type FaceDescription, type JsonApp } from './face/json-face.ts'
export { follow, openEventStream, streamHeaders, type EventStream, type StreamMessage } from './face/event-stream.ts'
export { createFeed, type Feed } from './face/feed.ts'
export { createLogger, type Logger } from './logger.ts'
export { openObservers, type ObserversOptions } from './observe/open-observers.ts'
export { observeClient, type ObserveClientOptions } from './observe/observe-client.ts'
export { handshakeSighting, observeServer, type ObserveServerOptions } from './observe/observe-server.ts'
export type { Observer, Observers, Sighting } from './observe/sighting.ts'
export { createIntermediate, createRoot, type Authority, type IntermediateOptions } from './pki/authority.ts'
export type { Validity } from './pki/certificate.ts'
export {
  formatCertificates,
  loadCredentials,
  parseCertificates,
  readCredentials,
  writeCredentials,
  type CredentialFiles,
  type Credentials,
} from './pki/credentials.ts'
export { describeCertificate, type CertificateFacts } from './pki/describe-certificate.ts'
export { policy } from './pki/oids.ts'
export { formatPkcs12, parsePkcs12 } from './pki/pkcs12.ts'
export {
  createPki,
  issueAggregator,
  issueDevice,
  issueServer,
  openPki,
  writePki,
  type DeviceOptions,
  type Pki,
  type PkiOptions,
  type ServiceOptions,
} from './pki/pki.ts'
export { run, runActor, type Actor, type Start } from './run.ts'
export type { Clients } from './server/access.ts'
export { createServer, type App, type Limits, type ServerOptions } from './server/create-server.ts'
export type { Handshake } from './server/handshake.ts'
export { sendFailure, type Failure, type FailureBody, type WriteFailure } from './server/failure.ts'
export { openOps, type Ops, type OpsOptions } from './server/open-ops.ts'
export { lfdiOn, peerLfdi, peerOf, type Identify, type Peer } from './server/peer.ts'
export { openDatabase, type Database } from './store/open-database.ts'
export type { Row, Sql, SqlValue, Statement } from './store/sql.ts'
export { secureContext, type TlsVersions } from './tls/profile.ts'
export { backoffSeconds, defaultBackoff, parseRetryAfter, type Backoff } from './time/backoff.ts'
export { createBell, type Bell } from './time/bell.ts'
export { clockOf, simulatedClock, systemClock, type Clock, type Simulation } from './time/clock.ts'
export { onwardClock } from './time/onward-clock.ts'
export { poll, type PollOptions } from './time/poll.ts'
export { createRandom, type Random } from './time/random.ts'
export { virtualClock, type VirtualClock } from './time/virtual-clock.ts'
export { connectDtm, type DtmConnection } from './trust/connect-dtm.ts'
export { readSubjects, type ReadSubjectsOptions } from './trust/read-subjects.ts'
export { blocked, distrusted, standingAfter, standingRead, suspect, type Standing } from './trust/standing.ts'
