import { z } from 'zod'
import { createCta2045Device, type Cta2045Device } from './cta2045-device.ts'

/** An appliance behind a CTA-2045 port: on a serial line, or on a TCP stand-in. */
export const Cta2045Config = z
  .strictObject({
    kind: z.literal('cta2045'),
    serial: z.string().optional().describe('device of the RS-485 adapter, such as /dev/ttyUSB0'),
    tcp: z
      .string()
      .regex(/:\d{1,5}$/, 'is not HOST:PORT')
      .optional()
      .describe('HOST:PORT of a serial server or of gridloom cta2045-sim'),
    baudRate: z.int().positive().default(19_200),
    echo: z.boolean().default(false).describe('the adapter gives back what is sent'),
    replyDelay: z.int().min(100).max(3000).default(100).describe('ms before an answer; some heaters need 900'),
    maxW: z.number().positive().default(4500).describe('rating, while the appliance does not say it'),
    vNom: z.number().positive().default(240).describe('nominal volts'),
    hertz: z.number().positive().default(60),
    pollSeconds: z.number().positive().default(60),
    holdSeconds: z
      .number()
      .min(60)
      .max(129_032)
      .default(3600)
      .describe('how long a command lasts unless it is renewed'),
  })
  .refine(({ serial, tcp }) => (serial === undefined) !== (tcp === undefined), 'needs serial or tcp, and not both')
export type Cta2045Config = z.infer<typeof Cta2045Config>

export function openCta2045(
  { serial, tcp, baudRate, replyDelay, ...config }: Cta2045Config,
  now: () => number,
): Cta2045Device {
  const port = serial === undefined ? portOf(tcp ?? '') : ({ transport: 'serial', path: serial, baudRate } as const)
  return createCta2045Device({ ...config, port, now, timing: { answerDelay: replyDelay } })
}

function portOf(address: string) {
  const colon = address.lastIndexOf(':')
  const host = address.slice(0, colon).replace(/^\[(.*)\]$/, '$1')
  return { transport: 'tcp', host, port: Number(address.slice(colon + 1)) } as const
}
