import type { Draws, EventCopy, Interval } from './event.ts'

/** The random source: asked once per event, when it is first seen. */
export type Draw = (copy: EventCopy) => Draws

/** Draws whole seconds evenly between 0 and each bound, both included, the sign kept (D3, D16). */
export function drawFrom(random: () => number): Draw {
  const within = (bound: number): number => Math.sign(bound) * Math.floor(random() * (Math.abs(bound) + 1)) + 0
  return ({ randomizeStart = 0, randomizeDuration = 0 }) => ({
    start: within(randomizeStart),
    duration: within(randomizeDuration),
    cancel: within(cancelBound(randomizeStart, randomizeDuration)),
  })
}

/** The draws cut to what the event allows. */
export function boundedDraws({ randomizeStart = 0, randomizeDuration = 0 }: EventCopy, draws: Draws): Draws {
  return {
    start: clamp(draws.start, randomizeStart),
    duration: clamp(draws.duration, randomizeDuration),
    cancel: clamp(draws.cancel, cancelBound(randomizeStart, randomizeDuration)),
  }
}

/** When the device would run the event if it were alone. */
export function drawnInterval({ start, duration }: EventCopy, draws: Draws): Interval {
  const begin = start + draws.start
  return [begin, begin + duration + draws.duration]
}

export function specifiedInterval({ start, duration }: EventCopy): Interval {
  return [start, start + duration]
}

function cancelBound(randomizeStart: number, randomizeDuration: number): number {
  return Math.max(Math.abs(randomizeStart), Math.abs(randomizeDuration))
}

function clamp(value: number, bound: number): number {
  return Math.max(Math.min(0, bound), Math.min(Math.max(0, bound), value))
}
