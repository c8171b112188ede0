import { z } from 'zod'
import { ControlStatus } from './controls.ts'

const at = z.number().describe('seconds since 1970')

/** One line of the live feed, `GET /events`: the SSE event name is `event`. */
export const GspEvent = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('control'),
    at,
    mRID: z.string(),
    program: z.string().describe('number'),
    status: ControlStatus,
    description: z.string().optional(),
  }),
  z.object({
    event: z.literal('response'),
    at,
    lfdi: z.string(),
    subject: z.string(),
    status: z.int(),
    name: z.string(),
  }),
  z.object({
    event: z.literal('device'),
    at,
    change: z.enum(['registered', 'changed', 'removed']),
    device: z.string().describe('number'),
    lfdi: z.string().optional(),
  }),
  z.object({
    event: z.literal('flow-reservation'),
    at,
    device: z.string(),
    subject: z.string().describe('mRID of the request'),
    mRID: z.string().optional().describe('of the grant'),
    status: z.string(),
  }),
  z.object({
    event: z.literal('trust'),
    at,
    subject: z.string(),
    level: z.int().describe('0 normal, 1 watch, 2 suspect, 3 distrusted, 4 blocked'),
    rule: z.string().optional(),
  }),
])

export type GspEvent = z.infer<typeof GspEvent>
