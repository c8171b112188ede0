import { listenOn, LogLevel, SimulationConfig, TlsConfig } from '@gridloom/kit'
import { z } from 'zod'
import { nodesNamedBy } from './domain/events/effects.ts'
import { planOf } from './domain/feeder/plan.ts'
import { areaSchema } from './domain/frequency/area-schema.ts'
import { defaultArea } from './domain/frequency/area.ts'
import { createPlacement } from './domain/surroundings/placement.ts'
import { FeederChoice, readFeeder, readHappenings, readProfiles, readSky } from './inputs.ts'

const positive = z.number().positive()

// Large beside one feeder and with secondary control: a day's load moves the frequency, and does not carry it away.
const largeArea = { ...defaultArea, sBaseMva: 100, Ki: 1.5, fleet: { ...defaultArea.fleet, ratedPu: 0 } }

const Process = z.strictObject({
  listen: listenOn('::', 9449).describe('where fleets connect'),
  ops: z
    .strictObject({ host: z.string().default('127.0.0.1'), port: z.uint32().max(65_535) })
    .optional()
    .describe('plain HTTP for /healthz and /metrics; off when absent'),
  certs: z.string().describe('folder with key.pem, cert.pem and ca.pem'),
  clients: z
    .array(z.string().regex(/^[0-9A-Fa-f]{40}$/))
    .default([])
    .describe('LFDIs that may connect; empty: every certificate of a service provider'),
  tls: TlsConfig,
  bodyBytes: z.uint32().default(16_777_216).describe('longest batch'),
  feeder: FeederChoice.default('ieee13').describe('none, a test feeder, {nodes, seed} or {file}'),
  placement: z
    .record(z.string(), z.string())
    .default({})
    .describe('where devices stand, by name: a node ("671") or a phase of it ("671.a"); drawn for others'),
  tapSeconds: z
    .number()
    .nonnegative()
    .default(30)
    .describe('between two steps of a regulator; 0: taps stay as in the file'),
  area: areaSchema(largeArea).prefault({}).describe('the frequency and who holds it'),
  weather: z
    .strictObject({
      file: z.string().optional().describe('CSV time,irradiance,temperature; drawn when absent'),
      cloudiness: z.number().min(0).max(1).default(0.3).describe('of a drawn day'),
      daylightSeconds: positive
        .max(86_400)
        .default(13 * 3600)
        .describe('of a drawn day'),
    })
    .prefault({}),
  load: z
    .strictObject({ file: z.string().optional().describe('CSV time and a column for each profile; drawn when absent') })
    .prefault({}),
  utcOffsetSeconds: z.int().default(0).describe('how far local solar time is ahead of UTC'),
  seed: z.uint32().default(1).describe('of weather, load and places'),
  events: z.string().optional().describe('Event-list.csv, or YAML'),
  eventStepSeconds: positive.default(1).describe('seconds of a TimeStep in an Event-list.csv'),
  tickSeconds: positive.default(1),
  forgetSeconds: positive.default(60).describe('a device that is not reported for so long does nothing any more'),
  clock: SimulationConfig.optional().describe('simulated time, set by the local grid'),
  logLevel: LogLevel,
})

/** The files that it names are read when it is checked, so that --check finds what is wrong in them. */
export const Config = Process.superRefine((config, context) => {
  const { feeder, placement, weather, load, seed, utcOffsetSeconds, events, eventStepSeconds } = config
  const attempt = <T>(path: string[], read: () => T): T | undefined => {
    try {
      return read()
    } catch (error) {
      context.addIssue({ code: 'custom', path, message: error instanceof Error ? error.message : String(error) })
      return undefined
    }
  }
  const plan = attempt(['feeder'], () => {
    const file = readFeeder(feeder)
    return file && planOf(file)
  })
  if (plan) attempt(['placement'], () => createPlacement(plan, seed, placement))
  attempt(['weather', 'file'], () => readSky(weather.file, { seed, utcOffsetSeconds, ...weather }))
  attempt(['load', 'file'], () => readProfiles(load.file, { seed, utcOffsetSeconds }))
  const happenings = attempt(['events'], () => readHappenings(events, eventStepSeconds))
  const stranger = happenings?.events.flatMap(nodesNamedBy).find((node) => !plan?.ids.includes(node))
  if (stranger !== undefined) {
    context.addIssue({ code: 'custom', path: ['events'], message: `the feeder has no live node "${stranger}"` })
  }
})

export type Config = z.infer<typeof Config>
