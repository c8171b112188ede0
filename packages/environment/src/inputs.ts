import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SepError } from '@gridloom/sep2030'
import { z } from 'zod'
import { parseEventList, type Override } from './domain/events/event-list.ts'
import { parseGridEvents, type GridEvent } from './domain/events/grid-event.ts'
import { FeederFile } from './domain/feeder/feeder-file.ts'
import { generateFeeder, GeneratedFile } from './domain/feeder/generate.ts'
import { presetOf } from './domain/feeder/preset.ts'
import { parseWith } from './domain/parse-with.ts'
import { parseProfiles, seededProfiles, type LoadProfiles } from './domain/surroundings/load-profiles.ts'
import { parseSky, seededSky, type Sky, type SkyOptions } from './domain/surroundings/sky.ts'

const feederNames = ['none', 'ieee13', 'ieee34', 'ieee123'] as const

export const FeederChoice = z.union([
  z.enum(feederNames),
  z.strictObject({ nodes: z.int().min(3).max(1_000_000), seed: z.uint32().optional() }).describe('a drawn feeder'),
  z.strictObject({ file: z.string() }).describe('gridloom.feeder/1 or gridloom.feeder-generated/1'),
])
export type FeederChoice = z.infer<typeof FeederChoice>

/** The feeder that a configuration chooses, undefined for none. */
export function readFeeder(choice: FeederChoice): FeederFile | undefined {
  if (choice === 'none') return undefined
  if (typeof choice === 'object' && 'nodes' in choice) return generateFeeder(presetOf(choice.nodes, choice.seed))
  const file =
    typeof choice === 'string' ? fileURLToPath(new URL(`../feeders/${choice}.json`, import.meta.url)) : choice.file
  const network = parseWith(z.discriminatedUnion('format', [FeederFile, GeneratedFile]), parsedJson(file), file)
  return network.format === 'gridloom.feeder/1' ? network : generateFeeder(network)
}

export function readSky(file: string | undefined, options: SkyOptions): Sky {
  return file === undefined ? seededSky(options) : parseSky(text(file), file, options.utcOffsetSeconds)
}

export function readProfiles(
  file: string | undefined,
  options: Readonly<{ seed: number; utcOffsetSeconds: number }>,
): LoadProfiles {
  return file === undefined ? seededProfiles(options) : parseProfiles(text(file), file, options.utcOffsetSeconds)
}

export type Happenings = Readonly<{ events: readonly GridEvent[]; overrides: readonly Override[] }>

/** Reads an event list (.csv) or the events of a YAML or JSON file. */
export function readHappenings(file: string | undefined, stepSeconds: number): Happenings {
  if (file === undefined) return { events: [], overrides: [] }
  if (extname(file).toLowerCase() === '.csv')
    return { events: [], overrides: parseEventList(text(file), file, stepSeconds) }
  return { events: parseGridEvents(text(file), file), overrides: [] }
}

function parsedJson(file: string): unknown {
  try {
    return JSON.parse(text(file))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new SepError('invalid', `${file} is no JSON: ${error.message}`, { cause: error })
  }
}

function text(file: string): string {
  return readFileSync(file, 'utf8')
}
