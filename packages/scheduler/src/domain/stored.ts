import { SetCal } from '@gridloom/contracts'
import { z } from 'zod'
import { enableErrors, type Slot } from './enabling.ts'
import { createLife, type Life, states } from './lifecycle.ts'

const StartTime = z.object({ id: z.int(), t: z.number().optional(), setCal: SetCal.optional() })

/** A schedule as it is kept: times in milliseconds (scheduling.md §2). */
export const Stored = z.object({
  objRef: z.string(),
  state: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
  error: z.int().default(1),
  reuse: z.boolean(),
  prio: z.int(),
  numEntr: z.int(),
  schdIntv: z.number(),
  values: z.array(z.union([z.number(), z.boolean(), z.null()])),
  startTimes: z.array(StartTime),
  evTrg: z.boolean().default(false),
  inSyn: z.string().default(''),
  actStrTm: z.number().nullable().default(null),
})
export type Stored = z.infer<typeof Stored>

export function storedOf(objRef: string, { parameters, state, schdEnaErr, runStart }: Life): Stored {
  const { startTimes, calendars, intervalS, values, ...rest } = parameters
  return {
    objRef,
    state,
    error: schdEnaErr,
    ...rest,
    schdIntv: intervalS * 1000,
    values: [...values],
    startTimes: [
      ...startTimes.map((time, index) => ({ id: index + 1, t: time * 1000 })),
      ...calendars.map((setCal, index) => ({ id: startTimes.length + index + 1, setCal })),
    ],
    actStrTm: runStart === null ? null : runStart * 1000,
  }
}

/** The life that goes on after a restart: one that ran goes on at its own current entry, by the rule of the late start. */
export function lifeFrom(stored: Stored, slot: Slot): Life {
  const { state, error, startTimes, schdIntv, actStrTm, objRef: _, ...parameters } = stored
  const life = createLife(slot, {
    ...parameters,
    intervalS: schdIntv / 1000,
    startTimes: startTimes.flatMap(({ t, setCal }) => (t === undefined || setCal ? [] : [t / 1000])),
    calendars: startTimes.flatMap(({ setCal }) => setCal ?? []),
  })
  const isRunning = state === states.running && actStrTm !== null
  const schdEnaErr = Object.values(enableErrors).find((known) => known === error) ?? enableErrors.other
  return {
    ...life,
    schdEnaErr,
    state: slot.isReserve ? states.ready : state,
    runStart: isRunning ? actStrTm / 1000 : null,
  }
}
