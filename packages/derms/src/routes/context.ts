import type { DermsEvent } from '@gridloom/contracts'
import type { Clock, Feed } from '@gridloom/kit'
import type { FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import type { Running } from '../domain/services/running.ts'
import type { Desk } from '../operations/desk.ts'
import type { Fleet } from '../operations/fleet.ts'
import type { ServiceStore } from '../store/services.ts'

/** What the routes are made of. */
export type RouteContext = Readonly<{
  config: Config
  clock: Clock
  desk: Desk
  fleet: Fleet
  feed: Feed<DermsEvent>
  store: ServiceStore
  services: ReadonlyMap<string, Running>
  /** The LFDI of an operator; throws for anybody else. */
  operatorOf: (request: FastifyRequest) => string
}>
