import { setTimeout as sleep } from 'node:timers/promises'
import { heaters, householdDraw, type Simulator, serveWaterHeater } from '@gridloom/devices'
import { simulatedClock } from '@gridloom/kit'
import { parse, UsageError, type Command } from '../command.ts'
import { writeJson } from '../io.ts'
import { numberIn } from '../number-in.ts'

export const cta2045Sim: Command = {
  summary: 'simulate a water heater with a CTA-2045 port, over TCP',
  usage: `gridloom cta2045-sim [--port N] [--host H] [--kind resistive|heatPump] [--temperature C] [--seed S] [--speed X]
                     [--override report|refuse] [--introduces]
    one connection is one bus; prints one JSON line when it is ready and one per change of mode or state
    --port        0 takes a free one (default 2045)
    --temperature of the water at the start, in degrees Celsius (default 49)
    --seed        of the day's hot water draws; 0 draws none (default 1)
    --speed       how much faster than real water cools and events end (default 1)
    --override    the customer has opted out: events are acknowledged and then reported, or refused
    --introduces  asks the module for its message types first, as certified heaters do`,
  async run(argv) {
    const { values } = parse(argv, options)
    const { kind, override } = values
    if (kind !== 'resistive' && kind !== 'heatPump')
      throw new UsageError(`--kind "${kind}" is not resistive or heatPump`)
    if (override !== undefined && override !== 'report' && override !== 'refuse')
      throw new UsageError(`--override "${override}" is not report or refuse`)
    const seed = numberIn('seed', values.seed, 0, 2 ** 31)
    const startedAt = Date.now() / 1000
    const clock = simulatedClock({
      start: startedAt,
      startedAt,
      speed: numberIn('speed', values.speed, 0.001, 1e5, false),
    })
    await using heater = await serveWaterHeater({
      now: clock.now,
      heater: heaters[kind],
      host: values.host,
      port: numberIn('port', values.port, 0, 65_535),
      temperatureC: numberIn('temperature', values.temperature, 0, 95, false),
      draw: (now) => (seed === 0 ? 0 : householdDraw(seed, now)),
      introduces: values.introduces,
      ...(override && { overrideStyle: override }),
    })
    if (override) heater.override(true)
    writeJson({ event: 'ready', port: heater.port }, true)
    await tellChanges(heater)
    return 0
  },
}

const options = {
  port: { type: 'string', default: '2045' },
  host: { type: 'string', default: '::' },
  kind: { type: 'string', default: 'resistive' },
  temperature: { type: 'string', default: '49' },
  seed: { type: 'string', default: '1' },
  speed: { type: 'string', default: '1' },
  override: { type: 'string' },
  introduces: { type: 'boolean', default: false },
} as const

/** Prints what the heater does whenever that changes, until the process is asked to end. */
async function tellChanges(heater: Simulator): Promise<void> {
  const ending = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort())
  for (let last = ''; !ending.signal.aborted;) {
    const { temperatureC, energyWh, ...report } = heater.report()
    const state = `${report.mode} ${report.state} ${report.watts}`
    const measured = { temperatureC: Number(temperatureC.toFixed(3)), energyWh: Math.round(energyWh) }
    if (state !== last) writeJson({ event: 'heater', ...report, ...measured }, true)
    last = state
    await sleep(200, undefined, { signal: ending.signal }).catch(() => undefined)
  }
}
