import type { App } from '@gridloom/kit'
import { Counter, Gauge } from 'prom-client'
import type { TickReport } from './domain/surroundings/world.ts'

/** The state of the grid for a scraper. */
export type Gauges = Readonly<{ show(tick: TickReport): void }>

export function createGauges(registry: App['metrics']): Gauges {
  const registers = [registry]
  const solves = new Counter({
    name: 'gridloom_environment_solves_total',
    help: 'Power flows of the feeder, by outcome',
    labelNames: ['outcome'],
    registers,
  })
  const iterations = new Gauge({ name: 'gridloom_environment_iterations', help: 'Rounds of the last sweep', registers })
  const hertz = new Gauge({ name: 'gridloom_environment_hertz', help: 'Frequency of the area', registers })
  const source = new Gauge({
    name: 'gridloom_environment_source_kw',
    help: 'What the area delivers to the feeder',
    registers,
  })
  const volts = new Gauge({
    name: 'gridloom_environment_voltage_pu',
    help: 'Voltages of the feeder',
    labelNames: ['which'],
    registers,
  })
  const events = new Gauge({ name: 'gridloom_environment_events', help: 'Events that act now', registers })
  return {
    show({ outcome, state, acting }) {
      if (outcome) {
        solves.inc({ outcome: outcome.kind })
        iterations.set(outcome.iterations)
      }
      hertz.set(state.hertz)
      source.set(state.sourceKw)
      events.set(acting.length)
      if (state.lowest) volts.set({ which: 'lowest' }, state.lowest.pu)
      if (state.highest) volts.set({ which: 'highest' }, state.highest.pu)
    },
  }
}
