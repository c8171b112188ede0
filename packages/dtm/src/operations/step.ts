import type { MarketFact, Observation, TrustRegistration, TrustSubject } from '@gridloom/contracts'
import type { TrustEngine } from '../domain/engine/trust-engine.ts'
import type { LevelEvent, TrustEvent } from '../domain/engine/trust-event.ts'

/** One input of the engine: what the journal keeps and a trace consists of. */
export type Step = Readonly<
  { t: number } & (
    | { observations: readonly Observation[]; peer: string; sentAt?: number }
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
  if ('observations' in step) return engine.observe(step.observations, step.t, step.peer, step.sentAt)
  if ('advance' in step) return engine.advance(step.t)
  if ('register' in step) return engine.register(step.register, step.t)
  if ('release' in step) return released(engine, step.release, step.t)
  if ('market' in step) return engine.market(step.market, step.t)
  if ('resume' in step) return engine.resume(step.t)
  return engine.unregister(step.unregister, step.t)
}

/** A hold that ends lets the blocks come into force that it held: they are told again. */
function released(engine: TrustEngine, id: string, t: number): readonly TrustEvent[] {
  const held = [...engine.subjects(4)].filter((subject) => subject.held)
  const events = engine.release(id, t)
  const freed = held.flatMap((subject) => engine.subject(subject.id) ?? []).filter((subject) => !subject.held)
  return [...events, ...freed.filter(({ vector }) => vector.level === 4).map((subject) => inForce(subject, t))]
}

function inForce({ id, role, provisional, vector }: TrustSubject, t: number): LevelEvent {
  return {
    kind: 'level',
    at: t,
    subject: id,
    role,
    from: 4,
    to: 4,
    cause: 'release',
    provisional,
    held: false,
    recommended: ['deny'],
    text: `${role} is blocked, now that blocking is no longer held`,
    vector: vector as LevelEvent['vector'],
  }
}
