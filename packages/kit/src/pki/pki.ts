import type { Pin } from '@gridloom/sep2030'
import type { Authority, Validity } from './authority.ts'
import type { Credentials } from './credentials.ts'

/** The authorities of one network: who issues devices and who issues servers and aggregators, under one root. */
export type Pki = Readonly<{ root: Authority; devices: Authority; services: Authority }>
export type PkiOptions = Readonly<{
  organization?: string
  /** Certificates from a device to the root: 2, 3 or 4. */ chainLength?: 2 | 3 | 4
}>

/** Makes the authorities in memory; `writePki` stores them. */
export declare function createPki(options?: PkiOptions): Pki
export declare function writePki(folder: string, pki: Pki): void
export declare function openPki(folder: string): Pki

export type DeviceOptions = Readonly<{ serial: string; pin?: Pin }> & Validity
export type ServiceOptions = Readonly<{ name: string; dns?: readonly string[]; ips?: readonly string[] }> & Validity

export declare function issueDevice(pki: Pki, options: DeviceOptions): Credentials
/** A server: `dns` and `ips` default to localhost, 127.0.0.1 and ::1. */
export declare function issueServer(pki: Pki, options: ServiceOptions): Credentials
/** An aggregator or operator: a client that is also able to serve notifications. */
export declare function issueAggregator(pki: Pki, options: ServiceOptions): Credentials
