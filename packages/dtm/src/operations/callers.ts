import type { TrustRole } from '@gridloom/contracts'
import { peerLfdi } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import type { FastifyRequest } from 'fastify'
import type { Subscriber } from '../config.ts'
import type { Reader } from '../domain/concerns.ts'
import type { TrustEngine } from '../domain/engine/trust-engine.ts'

/** Who asks: its role after the configuration and the register, and the DCMs that it speaks for. */
export type Caller = Reader & Readonly<{ lfdi: string }>
export type CallerOf = (request: FastifyRequest) => Caller

type Options = Readonly<{
  operators: readonly string[]
  subscribers: readonly Subscriber[]
  engine: TrustEngine
}>

/** Tells callers apart; whoever is in no list and no register is refused. */
export function callers({ operators, subscribers, engine }: Options): CallerOf {
  const isOperator = new Set(operators)
  const processes = new Map(subscribers.flatMap(({ lfdi, ...rest }) => (lfdi === undefined ? [] : [[lfdi, rest]])))
  const roleOf = (lfdi: string): TrustRole | undefined =>
    isOperator.has(lfdi) ? 'OPR' : (engine.registration(lfdi)?.role ?? processes.get(lfdi)?.role)
  return (request) => {
    const lfdi = peerLfdi(request)
    const role = roleOf(lfdi)
    if (role === undefined || role === 'UNKNOWN') throw new SepError('forbidden', `"${lfdi}" is not registered here`)
    const process = processes.get(lfdi)
    if (role === 'DCM' && process) return { lfdi, role, members: process.members && new Set(process.members) }
    return { lfdi, role, ...(role === 'DCM' && { members: new Set([lfdi]) }) }
  }
}

/** Lets only these roles pass. */
export function demand({ role, lfdi }: Caller, ...roles: readonly TrustRole[]): void {
  if (!roles.includes(role))
    throw new SepError('forbidden', `"${lfdi}" is ${role}, and this is for ${roles.join(', ')}`)
}
