import type { App } from '@gridloom/kit'
import { Counter, Gauge, Histogram } from 'prom-client'
import type { SchedulingEvent } from './operations/scheduling.ts'

/** What a scraper sees of the schedules. */
export type Meters = Readonly<{
  hear(event: SchedulingEvent): void
  took(seconds: number): void
  /** The way by which a change came or was tried. */
  face(name: 'mqtt' | '2030.5' | 'iec104', outcome: 'ok' | 'failed'): void
}>

export function createMeters(registry: App['metrics']): Meters {
  const registers = [registry]
  const outputs = new Counter({
    name: 'gridloom_scheduler_output_changes_total',
    help: 'Changes of value or source, by quantity',
    labelNames: ['quantity'],
    registers,
  })
  const values = new Gauge({
    name: 'gridloom_scheduler_output',
    help: 'What a controller says: watts, or 1 for connected; absent when nothing runs',
    labelNames: ['device', 'quantity'],
    registers,
  })
  const alarms = new Gauge({
    name: 'gridloom_scheduler_alarm',
    help: 'Whether a device does not take what its schedules say',
    labelNames: ['device'],
    registers,
  })
  const ticks = new Histogram({
    name: 'gridloom_scheduler_tick_seconds',
    help: 'Time to let all schedules follow the clock',
    buckets: [0.0001, 0.001, 0.01, 0.1],
    registers,
  })
  const asked = new Counter({
    name: 'gridloom_scheduler_asked_total',
    help: 'What came over the faces beside HTTP, by outcome',
    labelNames: ['face', 'outcome'],
    registers,
  })
  return {
    hear(event) {
      if (event.kind === 'error') alarms.set({ device: event.device }, event.message === null ? 0 : 1)
      if (event.kind !== 'output') return
      const { device, quantity, value } = event.output
      if (!event.isRepeat) outputs.inc({ quantity })
      if (value === null) values.remove({ device, quantity })
      else values.set({ device, quantity }, Number(value))
    },
    took: (seconds) => ticks.observe(seconds),
    face: (face, outcome) => asked.inc({ face, outcome }),
  }
}
