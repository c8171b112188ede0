import type { Delivery, DerTerms, Settlement } from '@gridloom/contracts'
import type { Config } from '../config.ts'
import { scoreOf } from '../domain/regulation/score.ts'
import type { Closed, Samples } from '../domain/services/delivery.ts'
import { isOver, type Running } from '../domain/services/running.ts'
import type { Interval } from '../domain/settlement/delivered.ts'
import { settle, type SettledDer, type Statement } from '../domain/settlement/statement.ts'

export type StatementOptions = Readonly<{
  config: Config
  termsOf: (lfdi: string) => DerTerms | undefined
  nameOf: (lfdi: string) => string | undefined
}>

/** The statement of a service so far: who was asked for what beyond its baseline, gave it or held it, and gets what for it. */
export function statementOf(running: Running, closed: readonly Closed[], options: StatementOptions): Statement {
  const { service, intervalSeconds, sampleSeconds, baselines } = running
  const { request } = service
  const { config } = options
  const isRegulation = request.kind === 'regulation'
  const given = isRegulation ? sampled(closed) : intervalsOf(closed)
  const held = heldBy(closed)
  // who was ordered without a baseline is named, and nothing settled
  const unknown = service.awards.filter(({ lfdi }) => baselines[lfdi]?.watts[0] === null).map(({ lfdi }) => lfdi)
  const ids = [...new Set([...given.keys(), ...held.keys(), ...unknown])]
  return settle({
    service: service.id,
    start: service.start,
    intervalSeconds: (isRegulation && sampleSeconds) || intervalSeconds,
    rule: { counts: 'change', toleranceShare: 1 - request.delivered, overshootShare: 1, minimumShare: 0 },
    price: {
      currency: config.currency,
      scale: -6,
      perKWh: micros(request.price ?? config.prices.up),
      penaltyPerKWh: 0,
    },
    ders: ids.map((id) =>
      settled(running, id, { ...options, intervals: given.get(id) ?? [], held: held.get(id) ?? [] }),
    ),
  })
}

type Books = StatementOptions & Readonly<{ intervals: readonly Interval[]; held: readonly Interval[] }>

function settled({ service, baselines, sampleSeconds }: Running, id: string, books: Books): SettledDer {
  const { request } = service
  const { prices } = books.config
  const { intervals, held } = books
  const terms = books.termsOf(id)
  const name = books.nameOf(id)
  const baselineMethod = baselines[id]?.method
  const changes = intervals.map(({ askedW, baselineW = 0 }) => askedW - baselineW)
  const moved = changes.reduce((sum, change) => sum + change, 0)
  const own = moved >= 0 ? (terms?.upPrice ?? prices.up) : (terms?.downPrice ?? prices.down)
  const hold = ('holdPrice' in request ? request.holdPrice : undefined) ?? terms?.holdPrice ?? prices.hold
  const answers = intervals.map(({ measuredW = 0, baselineW = 0 }) => measuredW - baselineW)
  return {
    id,
    name,
    intervals,
    held,
    ...(baselineMethod && { baselineMethod }),
    ...(request.kind === 'regulation' && sampleSeconds && { score: scoreOf(changes, answers, sampleSeconds) }),
    perKWh: micros(request.price ?? own),
    perKWhHeld: micros(hold),
  }
}

/** Intervals of those who were ever asked to move; a bound that never came into play asks for nothing. */
function intervalsOf(closed: readonly Closed[]): ReadonlyMap<string, readonly Interval[]> {
  const rows = closed.flatMap(({ shares }) =>
    shares.flatMap(({ lfdi, askedW, baselineW, actualW }) =>
      askedW === null ? [] : [{ lfdi, interval: { askedW, baselineW, measuredW: actualW } }],
    ),
  )
  return moving(rows)
}

/** The same, sample by sample. */
function sampled(closed: readonly Closed[]): ReadonlyMap<string, readonly Interval[]> {
  const rows = closed.flatMap(({ shares }) =>
    shares.flatMap(({ lfdi, samples }) => changesIn(samples).map((interval) => ({ lfdi, interval }))),
  )
  return moving(rows)
}

function changesIn({ asked, given }: Samples = { asked: [], given: [] }): readonly Row['interval'][] {
  return asked.map((askedW, index) => ({ askedW, baselineW: 0, measuredW: given[index] ?? 0 }))
}

type Row = Readonly<{ lfdi: string; interval: Readonly<{ askedW: number; baselineW: number; measuredW: number }> }>

function moving(rows: readonly Row[]): ReadonlyMap<string, readonly Interval[]> {
  const isMove = ({ interval: { askedW, baselineW } }: Row): boolean => Math.abs(askedW - baselineW) >= 1
  const perDer = [...Map.groupBy(rows, ({ lfdi }) => lfdi)].filter(([, own]) => own.some(isMove))
  return new Map(perDer.map(([lfdi, own]) => [lfdi, own.map(({ interval }) => interval)]))
}

function heldBy(closed: readonly Closed[]): ReadonlyMap<string, readonly Interval[]> {
  const rows = closed.flatMap(({ held = [] }) => held)
  const perDer = Map.groupBy(rows, ({ lfdi }) => lfdi)
  return new Map(
    [...perDer].map(([lfdi, own]) => [lfdi, own.map(({ heldW, readyW }) => ({ askedW: heldW, availableW: readyW }))]),
  )
}

function micros(price: number): number {
  return Math.round(price * 1e6)
}

export function settlementOf(running: Running, statement: Statement): Settlement {
  const { service, start, intervalSeconds, price, rows, total } = statement
  return { service, start, intervalSeconds, price, final: isOver(running.service), rows: [...rows], total }
}

/** Delivered against asked, interval by interval. */
export function deliveryOf({ service, sampleSeconds }: Running, closed: readonly Closed[]): Delivery {
  const intervals = closed.map(({ interval }) => interval)
  const judged = intervals.filter(({ delivered }) => delivered !== null)
  const share = judged.length === 0 ? null : judged.filter(({ delivered }) => delivered).length / judged.length
  const samples = closed.flatMap(({ samples: one }) => one ?? [])
  const score =
    sampleSeconds && samples.length > 0
      ? scoreOf(
          samples.flatMap(({ asked }) => asked),
          samples.flatMap(({ given }) => given),
          sampleSeconds,
        )
      : undefined
  return { id: service.id, unit: 'W', intervals, share, ...(score && { score }) }
}
