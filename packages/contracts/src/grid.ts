import { z } from 'zod'
import { FleetEvent } from './fleet-events.ts'

const keyPair = { cert: z.string().describe('file'), key: z.string().describe('file') }

/** What a local grid says of itself when it is ready, and keeps in grid.json for the operator's commands. */
export const GridReady = z.object({
  event: z.literal('ready'),
  actors: z.array(
    z.object({ actor: z.string(), url: z.url(), admin: z.url().optional(), metrics: z.url().optional() }),
  ),
  certs: z.object({
    ca: z.string().describe('file with the trust anchor'),
    operator: z.object(keyPair),
    devices: z.array(z.object({ name: z.string(), lfdi: z.string(), sfdi: z.int(), pin: z.int(), ...keyPair })),
  }),
  data: z.string().describe('folder of this run'),
})

export type GridReady = z.infer<typeof GridReady>

/** The last line of a run: what happened in it. */
export const GridSummary = z.object({
  event: z.literal('summary'),
  seconds: z.number(),
  devices: z.int(),
  controls: z.int().describe('controls that at least one device answered'),
  responses: z.record(z.string(), z.int()).describe('accepted responses by status'),
})

export type GridSummary = z.infer<typeof GridSummary>

/** One line of `gridloom up --json`. */
export const GridLine = z.union([GridReady, GridSummary, FleetEvent])

export type GridLine = z.infer<typeof GridLine>
