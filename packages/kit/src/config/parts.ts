import { z } from 'zod'

/** Where a face listens. */
export const listenOn = (host: string, port: number) =>
  z.strictObject({ host: z.string().default(host), port: z.uint32().max(65535).default(port) }).prefault({})

/** Set by the local grid so that all processes share one simulated time. */
export const SimulationConfig = z.strictObject({
  start: z.number().describe('simulated time at startedAt, seconds since 1970'),
  startedAt: z.number().describe('wall time of the start, seconds since 1970'),
  speed: z.number().positive().default(1).describe('simulated seconds per second'),
})

export const TlsConfig = z
  .strictObject({
    maxVersion: z.enum(['TLSv1.2', 'TLSv1.3']).default('TLSv1.2').describe('TLS 1.2 is the certified profile'),
  })
  .prefault({})

export const LimitsConfig = z
  .strictObject({
    bodyBytes: z.uint32().default(1_048_576).describe('longest request body'),
    perSecond: z.number().positive().optional().describe('requests per second and client; unlimited when absent'),
    burst: z
      .number()
      .positive()
      .optional()
      .describe('requests that a client may send at once; twice perSecond by default'),
  })
  .prefault({})

export const LogLevel = z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info')
