import { STATUS_CODES } from 'node:http'
import { SchedulingProblem } from '@gridloom/contracts'
import {
  type App,
  createServer,
  describeApi,
  type Failure,
  type FailureBody,
  type JsonApp,
  type Logger,
  peerLfdi,
  serveApi,
} from '@gridloom/kit'
import type { FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import { type Caller, nothing } from '../domain/rights.ts'
import { SchedulingError, statusOf } from '../domain/scheduling-error.ts'

/** The face over mutual TLS: JSON in and out, RFC 9457 for what goes wrong, and an OpenAPI document of it. */
export function createFace({ certs, tls, limits }: Config, log: Logger, routes: (face: JsonApp) => void): App {
  const app = createServer({ name: 'scheduler', certs, tls, limits, log, writeFailure: writeProblem, explain })
  describeApi(app, { title: 'Gridloom scheduler', description, errors: SchedulingProblem })
  serveApi(app, routes)
  return app
}

const description =
  'IEC 61850 schedules with priorities for active power, its limit, and on or off. Watts, positive feeds the grid; times in seconds since 1970.'

/** Who speaks, by its certificate: an operator, an actor with its rights, or one who may read. */
export function callerBy({ operators, actors }: Pick<Config, 'operators' | 'actors'>) {
  const known = new Set(operators.map((lfdi) => lfdi.toUpperCase()))
  const rights = new Map(actors.map(({ lfdi, ...actor }) => [lfdi.toUpperCase(), actor]))
  return (request: FastifyRequest): Caller => {
    const lfdi = peerLfdi(request)
    if (known.has(lfdi)) return { name: `operator ${lfdi}`, role: 'operator' }
    const actor = rights.get(lfdi)
    return actor ? { name: actor.name, role: 'actor', rights: actor } : { name: lfdi, role: 'actor', rights: nothing }
  }
}

function explain(error: unknown): Failure | undefined {
  if (!(error instanceof SchedulingError)) return undefined
  const { code, message, path, schdEnaErr } = error
  return {
    status: statusOf[code],
    code,
    message,
    ...(path !== undefined && { path }),
    ...(schdEnaErr !== undefined && { members: { schdEnaErr } }),
  }
}

/** A problem by RFC 9457; of several places that do not fit their schema it names the first. */
function writeProblem({ status, code, message, path, issues, members }: Failure): FailureBody {
  const [first] = issues ?? []
  const place = path ?? first?.path
  const problem = {
    type: `urn:gridloom:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: first?.message ?? message,
    ...(place !== undefined && { path: place }),
    ...members,
  }
  return { type: 'application/problem+json', body: JSON.stringify(problem) }
}
