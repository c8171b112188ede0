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

/** The DTM that an actor reports to and whose alerts it obeys; without one it does neither. */
export const dtmConfig = (queue: string) =>
  z
    .strictObject({
      url: z.url().describe('origin of the DTM'),
      name: z
        .union([z.string(), z.literal(false)])
        .optional()
        .describe('name in its certificate, else the host; false: any'),
      lfdi: z
        .string()
        .regex(/^[0-9A-Fa-f]{40}$/)
        .optional()
        .describe('LFDI of the DTM: alerts are taken from it alone, and none when absent'),
      privacy: z.enum(['full', 'digest']).default('full').describe('digest: bodies are not reported, their SHA-256 is'),
      summariseAbovePerSecond: z
        .number()
        .positive()
        .default(200)
        .describe('with more messages per second, plain polls are reported as counts'),
      heartbeatSeconds: z.number().positive().default(60),
      queue: z.string().default(queue).describe('sqlite:FILE in which reports wait while the DTM is away'),
      queueBytes: z
        .uint32()
        .min(1_048_576)
        .default(67_108_864)
        .describe('what waits at most; the oldest polls go first, control traffic never'),
      summarySeconds: z.number().positive().default(10).describe('interval of one count of polls'),
    })
    .optional()

export type DtmConfig = NonNullable<z.infer<ReturnType<typeof dtmConfig>>>
