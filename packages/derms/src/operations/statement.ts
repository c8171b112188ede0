import type { Delivery, DerTerms, Settlement } from '@gridloom/contracts'
import type { Config } from '../config.ts'
import type { Closed } from '../domain/services/delivery.ts'
import { isOver, type Running } from '../domain/services/running.ts'
import { settle, type Statement } from '../domain/settlement/statement.ts'

/** The statement of a service so far: who was asked for what beyond its baseline, gave it and gets what for it. */
export function statementOf(
  running: Running,
  closed: readonly Closed[],
  { config, termsOf }: Readonly<{ config: Config; termsOf: (lfdi: string) => DerTerms | undefined }>,
): Statement {
  const { service, intervalSeconds, baselines } = running
  const { request } = service
  const asked = new Map<string, { askedW: number; baselineW: number; measuredW: number }[]>()
  for (const { shares } of closed) {
    for (const { lfdi, askedW, baselineW, actualW } of shares) {
      if (askedW === null) continue
      const rows = asked.get(lfdi) ?? []
      rows.push({ askedW, baselineW, measuredW: actualW })
      asked.set(lfdi, rows)
    }
  }
  return settle({
    service: service.id,
    start: service.start,
    intervalSeconds,
    rule: { counts: 'change', toleranceShare: 1 - request.delivered, overshootShare: 1, minimumShare: 0 },
    price: {
      currency: config.currency,
      scale: -6,
      perKWh: micros(request.price ?? config.prices.up),
      penaltyPerKWh: 0,
    },
    ders: [...asked]
      .filter(([, intervals]) => intervals.some(isMove))
      .map(([id, intervals]) => {
        const method = baselines[id]?.method
        const terms = termsOf(id)
        const moved = intervals.reduce((sum, { askedW, baselineW }) => sum + askedW - baselineW, 0)
        const own = moved >= 0 ? (terms?.upPrice ?? config.prices.up) : (terms?.downPrice ?? config.prices.down)
        return { id, intervals, ...(method && { baselineMethod: method }), perKWh: micros(request.price ?? own) }
      }),
  })
}

/** A bound that never came into play asks for nothing. */
function isMove({ askedW, baselineW }: Readonly<{ askedW: number; baselineW: number }>): boolean {
  return Math.abs(askedW - baselineW) >= 1
}

function micros(price: number): number {
  return Math.round(price * 1e6)
}

export function settlementOf(running: Running, statement: Statement): Settlement {
  const { service, start, intervalSeconds, price, rows, total } = statement
  return { service, start, intervalSeconds, price, final: isOver(running.service), rows: [...rows], total }
}

/** Delivered against asked, interval by interval. */
export function deliveryOf({ service }: Running, closed: readonly Closed[]): Delivery {
  const intervals = closed.map(({ interval }) => interval)
  const judged = intervals.filter(({ delivered }) => delivered !== null)
  const share = judged.length === 0 ? null : judged.filter(({ delivered }) => delivered).length / judged.length
  return { id: service.id, unit: 'W', intervals, share }
}
