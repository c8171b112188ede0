import type { Observation, TrustRegistration } from '@gridloom/contracts'
import type { MarketFact } from '../domain/engine/market-fact.ts'
import type { TrustEngine } from '../domain/engine/trust-engine.ts'
import type { TrustEvent } from '../domain/engine/trust-event.ts'

/** One input of the engine: what the journal keeps and a trace consists of. */
export type Step = Readonly<
  { t: number } & (
    | { observations: readonly Observation[]; peer: string }
    | { advance: true }
    | { register: readonly TrustRegistration[] }
    | { unregister: string }
    | { release: string }
    | { market: MarketFact }
    | { resume: true }
  )
>

/** Gives an input to the engine. */
export function applyStep(engine: TrustEngine, step: Step): readonly TrustEvent[] {
  if ('observations' in step) return engine.observe(step.observations, step.t, step.peer)
  if ('advance' in step) return engine.advance(step.t)
  if ('register' in step) return engine.register(step.register, step.t)
  if ('release' in step) return engine.release(step.release, step.t)
  if ('market' in step) return engine.market(step.market, step.t)
  if ('resume' in step) return engine.resume(step.t)
  engine.unregister(step.unregister, step.t)
  return []
}
