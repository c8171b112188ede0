import type { TrustSubject } from '@gridloom/contracts'
import { createTrustEngine } from '../engine/create-trust-engine.ts'
import type { TrustEngine } from '../engine/trust-engine.ts'
import type { FindingEvent, GroupEvent, LevelEvent, SelfTestEvent, TrustEvent } from '../engine/trust-event.ts'
import type { TraceStep, TrustTrace } from './trust-trace.ts'

/** What a trace comes to: every file at its end, and all that was found on the way. */
export type TraceOutcome = Readonly<{
  subjects: readonly TrustSubject[]
  links: readonly TrustSubject[]
  levels: readonly LevelEvent[]
  findings: readonly FindingEvent[]
  groups: readonly GroupEvent[]
  selfTests: readonly SelfTestEvent[]
}>

/** Runs a trace through a new engine. */
export function replayTrace(trace: TrustTrace): TraceOutcome {
  const engine = engineFor(trace)
  const events = trace.steps.flatMap((step) => takeStep(engine, step))
  const of = <K extends TrustEvent['kind']>(kind: K) =>
    events.filter((event): event is Extract<TrustEvent, { kind: K }> => event.kind === kind)
  return {
    subjects: [...engine.subjects()],
    links: [...engine.links()],
    levels: of('level'),
    findings: of('finding'),
    groups: of('group'),
    selfTests: of('self-test'),
  }
}

/** The engine that a trace begins with: its settings, and whom it registers. */
export function engineFor({ header: { settings = {}, registrations }, steps }: TrustTrace): TrustEngine {
  const engine = createTrustEngine(given(settings))
  engine.register(registrations, steps[0]?.t ?? 0)
  return engine
}

/** One step of a trace. */
export function takeStep(engine: TrustEngine, step: TraceStep): readonly TrustEvent[] {
  if ('observations' in step) return engine.observe(step.observations, step.t, step.peer, step.sentAt)
  if ('register' in step) return engine.register(step.register, step.t)
  if ('release' in step) return engine.release(step.release, step.t)
  if ('market' in step) return engine.market(step.market, step.t)
  if ('resume' in step) return engine.resume(step.t)
  if ('advance' in step) return engine.advance(step.t)
  return engine.unregister(step.unregister, step.t)
}

/** Without the keys that were not given. */
function given<T extends object>(some: T) {
  return Object.fromEntries(Object.entries(some).filter(([, value]) => value !== undefined))
}
