import type { Lfdi } from '@gridloom/sep2030'

/** Who speaks, known from the certificate and the operator's registers. */
export type Caller = Readonly<
  | { kind: 'unregistered'; lfdi: Lfdi }
  | { kind: 'device'; lfdi: Lfdi }
  | { kind: 'aggregator'; lfdi: Lfdi; aggregator: string }
>

/** What is asked for, as far as rights go. */
export type Target = Readonly<
  /** DeviceCapability and Time. */
  | { kind: 'open' }
  /** A list that shows each caller its own members. */
  | { kind: 'endDevices' }
  | { kind: 'mirrors' }
  | { kind: 'usagePoints' }
  /** The EndDevice of an aggregator itself. */
  | { kind: 'self' }
  /** What belongs to one party, by the scope of its row. */
  | { kind: 'owned'; scope: string | undefined }
>

export type Method = 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE'

/** Whether a caller may do this (csip-server, 6); what is not said is forbidden. */
export function isAllowed(caller: Caller, target: Target, method: Method): boolean {
  const reads = method === 'GET' || method === 'HEAD'
  switch (target.kind) {
    case 'open':
      return reads
    case 'endDevices':
      return reads || method === 'POST'
    case 'mirrors':
      return reads || (method === 'POST' && caller.kind !== 'unregistered')
    case 'usagePoints':
      return reads && caller.kind !== 'unregistered'
    case 'self':
      return reads && caller.kind === 'aggregator'
    case 'owned':
      return target.scope !== undefined && target.scope === scopeOf(caller)
    default:
      return target satisfies never
  }
}

/** The scope of the rows that a caller may see: none as long as it is not registered. */
export function scopeOf(caller: Caller): string | undefined {
  switch (caller.kind) {
    case 'unregistered':
      return undefined
    case 'device':
      return caller.lfdi
    case 'aggregator':
      return caller.aggregator
    default:
      return caller satisfies never
  }
}
