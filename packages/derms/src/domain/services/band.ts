import type { Running } from './running.ts'

/** What the power of the point shall lie within, W, export positive; an absent side is free. */
export type Band = Readonly<{ lowW?: number; highW?: number }>

/**
 * What a service asks of its point at a moment; `baselineW` is what all there would have done. Undefined while nothing is
 * asked: a reserve that is not called, a regulation without a signal.
 */
export function bandAt({ service, signals }: Running, time: number, baselineW: number): Band | undefined {
  const { request, start, end } = service
  if (time < start || time >= end) return undefined
  switch (request.kind) {
    case 'limit':
    case 'envelope':
      return {
        ...(request.importW !== undefined && { lowW: -request.importW }),
        ...(request.exportW !== undefined && { highW: request.exportW }),
      }
    case 'target':
      return { lowW: request.targetW, highW: request.targetW }
    case 'profile': {
      const step = Math.min(Math.floor((time - start) / request.stepSeconds), request.targetW.length - 1)
      const W = request.targetW[step] ?? 0
      return { lowW: W, highW: W }
    }
    case 'reserve': {
      const { call } = service
      if (!call || time < call.at || time >= call.until) return undefined
      return request.direction === 'up' ? { lowW: baselineW + call.watts } : { highW: baselineW - call.watts }
    }
    case 'regulation': {
      const last = signals.findLast(({ at }) => at <= time)
      if (!last || time >= last.at + request.holdSeconds) return undefined
      const W = baselineW + last.value * request.regulationW
      return { lowW: W, highW: W }
    }
    case 'black-start': {
      const last = signals.findLast(({ at }) => at <= time)
      return { lowW: -(last?.value ?? request.availableW) }
    }
    case 'frequency-response':
    case 'voltage':
      return undefined
    default:
      return request satisfies never
  }
}

/** How far outside of a band a power is. */
function missedW({ lowW = -Infinity, highW = Infinity }: Band, W: number): number {
  return Math.max(lowW - W, W - highW, 0)
}

/** What a miss is measured against: how far the band is from the baseline, at least the band itself. */
export function askedOf({ lowW, highW }: Band, baselineW: number): number {
  const moved = missedW({ ...(lowW !== undefined && { lowW }), ...(highW !== undefined && { highW }) }, baselineW)
  return Math.max(moved, Math.min(Math.abs(lowW ?? Infinity), Math.abs(highW ?? Infinity)), 1)
}

/** Whether a power counts as delivered, from this share of what was asked on. */
export function isDelivered(
  band: Band,
  { W, baselineW, share }: Readonly<{ W: number; baselineW: number; share: number }>,
) {
  return missedW(band, W) <= (1 - share) * askedOf(band, baselineW) + 1e-6
}
