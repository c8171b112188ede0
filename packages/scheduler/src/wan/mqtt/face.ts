import { DirectSchedule, NewSchedule, Quantity, type ScheduleOutput } from '@gridloom/contracts'
import { createBell, type Clock, type Logger } from '@gridloom/kit'
import { z } from 'zod'
import type { Config } from '../../config.ts'
import type { Caller } from '../../domain/rights.ts'
import { SchedulingError } from '../../domain/scheduling-error.ts'
import type { Meters } from '../../metrics.ts'
import type { Scheduling, SchedulingEvent } from '../../operations/scheduling.ts'
import { openBridge } from './bridge.ts'
import type { Link } from './link.ts'
import { parsed } from './parsed.ts'

export type MqttFaceOptions = Readonly<{
  config: NonNullable<Config['mqtt']>
  link: Link
  scheduling: Scheduling
  clock: Clock
  log: Logger
  meters: Meters
}>

/** Schedules over MQTT: commands in, outputs, forecasts and states out (scheduling.md §6). */
export type MqttFace = Readonly<{ run(signal: AbortSignal): Promise<void> }>

// a forecast moves on with time, whether or not anything changed
const forecastEverySeconds = 900

export function openMqttFace({ config, link, scheduling, clock, log, meters }: MqttFaceOptions): MqttFace {
  const { site, forecastSeconds } = config
  const caller: Caller = { name: 'mqtt', role: 'actor', rights: config }
  const bell = createBell(clock)
  const stale = new Set<string>()

  const topicOf = (device: string, quantity: Quantity): string => `grid/${site}/${device}/${quantity}`
  const foretell = async (device: string, quantity: Quantity): Promise<void> => {
    // before it is on its way: what changes meanwhile is foretold anew
    stale.delete(`${device}/${quantity}`)
    const from = scheduling.now()
    const forecast = scheduling.forecast(device, quantity, { from, to: from + forecastSeconds })
    const isOut = await link.publish(`${topicOf(device, quantity)}/forecast`, forecast, { retain: true })
    if (!isOut) return void stale.add(`${device}/${quantity}`)
    if (bridge?.device === device) await bridge.foretell(forecast)
  }
  const all = (): readonly Readonly<{ device: string; quantity: Quantity }>[] =>
    scheduling
      .board()
      .devices.flatMap(({ name: device, controllers }) =>
        [...controllers.keys()].map((quantity) => ({ device, quantity })),
      )
  const spoil = (device: string, quantity: Quantity): void => {
    stale.add(`${device}/${quantity}`)
    bell.ring()
  }
  const say = async (output: ScheduleOutput): Promise<void> => {
    await link.publish(`${topicOf(output.device, output.quantity)}/output`, output, { retain: true })
    if (bridge?.device === output.device) await bridge.command(output)
  }
  const hear = (event: SchedulingEvent): void => {
    if (event.kind === 'output') {
      void say(event.output)
      if (!event.isRepeat) spoil(event.output.device, event.output.quantity)
    }
    if (event.kind === 'state') {
      const { device, quantity, id, origin } = event.schedule
      spoil(device, quantity)
      if (origin === '2030.5') return
      void link.publish(`${topicOf(device, quantity)}/schedule/${id}/state`, event.schedule, { retain: true })
    }
  }
  /** All that is retained is said again: the broker may have lost it. */
  const greet = (): void => {
    scheduling.repeat()
    for (const { device, quantity } of all()) {
      spoil(device, quantity)
      for (const schedule of scheduling.views(device, quantity)) hear({ kind: 'state', schedule })
    }
  }

  /** Does what a message asks for; what is wrong with it is published beside it. */
  const obey = async (topic: string, work: (place: readonly string[]) => Promise<unknown>): Promise<void> => {
    try {
      await work(topic.split('/'))
      meters.face('mqtt', 'ok')
    } catch (error) {
      meters.face('mqtt', 'failed')
      const reason = reasonOf(error)
      log.info({ topic, reason }, 'message refused')
      await link.publish(`${topic.slice(0, topic.lastIndexOf('/'))}/error`, {
        detail: reason,
        at: clock.now(),
        ...(error instanceof SchedulingError && error.schdEnaErr !== undefined && { schdEnaErr: error.schdEnaErr }),
      })
    }
  }
  const keyOf = ([, , device = '', quantity, , id = '']: readonly string[]) => ({
    device,
    quantity: Quantity.parse(quantity),
    id,
  })
  const base = `grid/${site}/+/+`
  link.subscribe(`${base}/schedule/+/set`, (topic, payload) => {
    void obey(topic, async (place) => {
      await scheduling.replace(keyOf(place), parsed(NewSchedule, payload), caller)
    })
  })
  for (const verb of ['enable', 'disable'] as const) {
    link.subscribe(`${base}/schedule/+/${verb}`, (topic) => {
      void obey(topic, (place) => scheduling[verb](keyOf(place), caller))
    })
  }
  link.subscribe(`${base}/direct/set`, (topic, payload) => {
    void obey(topic, (place) => {
      const { device, quantity } = keyOf(place)
      return scheduling.direct(device, quantity, parsed(DirectSchedule, payload), caller)
    })
  })
  const bridge = config.bridge && openBridge({ config: config.bridge, link, scheduling, caller, obey })
  link.onConnect(greet)

  return {
    async run(signal) {
      using _ = scheduling.listen(hear)
      let foretoldAt = clock.now()
      for (;;) {
        if (Math.abs(clock.now() - foretoldAt) >= forecastEverySeconds) {
          foretoldAt = clock.now()
          for (const { device, quantity } of all()) stale.add(`${device}/${quantity}`)
        }
        for (const { device, quantity } of all()) {
          if (link.connected() && stale.has(`${device}/${quantity}`)) await foretell(device, quantity)
        }
        try {
          await bell.rest(forecastEverySeconds, signal)
        } catch (error) {
          if (signal.aborted) return
          throw error
        }
      }
    },
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error)
  return error instanceof Error ? error.message : String(error)
}
