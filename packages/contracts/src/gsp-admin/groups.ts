import { z } from 'zod'
import { MridText, Name, PageQuery } from './common.ts'

/** The seven levels of the CSIP topology, from the whole system down. */
export const topologyLevels = [
  'system',
  'sub-transmission',
  'substation',
  'feeder',
  'segment',
  'transformer',
  'service-point',
] as const

const level = z.enum(topologyLevels)

export const NewGroup = z.strictObject({
  name: Name,
  mRID: MridText.optional(),
  level: level.default('system'),
  parent: z.string().optional().describe('number, mRID or name of the group above'),
})

export type NewGroup = z.infer<typeof NewGroup>

export const GroupChange = z.strictObject({
  name: Name.optional(),
  level: level.optional(),
  parent: z.string().nullable().optional(),
})

export const Group = z.object({
  id: z.string(),
  name: z.string(),
  mRID: z.string(),
  level: level.optional(),
  parent: z.string().optional().describe('number of the group above'),
  devices: z.int(),
  programs: z.array(z.string()).describe('numbers'),
})

export type Group = z.infer<typeof Group>

export const NewProgram = z.strictObject({
  description: Name,
  group: z.string().describe('number, mRID or name of a group'),
  primacy: z.uint32().max(255).optional().describe('lower wins; by the level of the group when absent'),
  mRID: MridText.optional(),
})

export type NewProgram = z.infer<typeof NewProgram>

export const ProgramChange = z.strictObject({
  description: Name.optional(),
  primacy: z.uint32().max(255).optional(),
  group: z.string().optional().describe('moves the program to another group'),
})

export const Program = z.object({
  id: z.string(),
  href: z.string(),
  mRID: z.string(),
  description: z.string().optional(),
  primacy: z.int(),
  version: z.int().optional(),
  group: z.string().describe('number of its group'),
})

export type Program = z.infer<typeof Program>

export const ProgramQuery = PageQuery.extend({ group: z.string().optional() })
