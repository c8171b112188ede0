import { once } from 'node:events'
import { type DeviceSetpoint, seededWeather, serveSunspec } from '@gridloom/devices'
import { systemClock } from '@gridloom/kit'
import { parse, UsageError, type Command } from '../command.ts'
import { numberIn } from '../number-in.ts'

const usage = `gridloom sunspec-sim [--port N] [--host ADDRESS] [--unit N] [--kind pv|battery] [--models 1xx|7xx]
    [--base 40000|0|50000] [--max-w WATTS] [--seed N] [--sun SHARE] [--json]
    serves a simulated inverter over SunSpec Modbus TCP until SIGINT: --models 7xx is the DER information model (701 to
    714), 1xx the legacy one (101, 120 to 124); --port 0 takes a free port, 5020 is the default; --sun is a steady
    sun from 0 to 1 in place of the seeded sky; prints a line for every set point, with --json one object per line`

export const sunspecSim: Command = {
  summary: 'simulate an inverter behind SunSpec Modbus TCP',
  usage,
  async run(argv) {
    const { values, positionals } = parse(argv, {
      port: { type: 'string', default: '5020' },
      host: { type: 'string', default: '::' },
      unit: { type: 'string', default: '1' },
      kind: { type: 'string', default: 'pv' },
      models: { type: 'string', default: '7xx' },
      base: { type: 'string', default: '40000' },
      'max-w': { type: 'string', default: '5000' },
      seed: { type: 'string', default: '1' },
      sun: { type: 'string' },
      json: { type: 'boolean', default: false },
    })
    if (positionals.length > 0) throw new UsageError(`sunspec-sim does not know "${positionals[0]}"`)
    const seed = numberIn('seed', values.seed, 0, 2 ** 32 - 1)
    const sky = seededWeather({ seed })
    const irradiance = values.sun === undefined ? undefined : numberIn('sun', values.sun, 0, 1, false)
    const tell = values.json ? tellPrograms : tellPeople
    await using simulator = await serveSunspec({
      host: values.host,
      port: numberIn('port', values.port, 0, 65_535),
      unit: numberIn('unit', values.unit, 0, 255),
      kind: oneOf('kind', values.kind, ['pv', 'battery']),
      models: oneOf('models', values.models, ['1xx', '7xx']),
      base: Number(oneOf('base', values.base, ['40000', '0', '50000'])),
      maxW: numberIn('max-w', values['max-w'], 1, 1e9, false),
      seed,
      now: systemClock.now,
      environment: (now) => ({ ...sky(now), ...(irradiance !== undefined && { irradiance }) }),
      onSetpoint: (setpoint) => tell({ event: 'setpoint', setpoint }),
    })
    tell({ event: 'ready', host: values.host, port: simulator.port })
    await Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal)))
    return 0
  },
}

type Told = Readonly<{ event: 'ready'; host: string; port: number } | { event: 'setpoint'; setpoint: DeviceSetpoint }>

function tellPrograms(told: Told): void {
  process.stdout.write(`${JSON.stringify(told)}\n`)
}

function tellPeople(told: Told): void {
  const line =
    told.event === 'ready'
      ? `listening on ${told.host} port ${told.port}`
      : `set point ${JSON.stringify(told.setpoint)}`
  process.stdout.write(`${line}\n`)
}

function oneOf<const Choice extends string>(option: string, text: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((one) => one === text)
  if (choice !== undefined) return choice
  throw new UsageError(`--${option} "${text}" is none of ${choices.join(', ')}`)
}
