import { z } from 'zod'

const rate = z.uint32().min(1).optional()

/** Poll rates by the wire name of the resource, in seconds. */
const PollRateChange = z.strictObject({
  DeviceCapability: rate,
  Time: rate,
  EndDeviceList: rate,
  Registration: rate,
  FunctionSetAssignmentsList: rate,
  DERList: rate,
  DERProgramList: rate,
  DeviceInformation: rate,
  DeviceStatus: rate,
  PowerStatus: rate,
  LogEventList: rate,
  FlowReservationRequestList: rate,
  FlowReservationResponseList: rate,
  MirrorUsagePointList: rate,
  UsagePointList: rate,
  ResponseSetList: rate,
})

export const ServerSettingsChange = z.strictObject({
  pollRate: PollRateChange.optional(),
  postRate: rate.describe('seconds between posts of mirror readings'),
  inBandRegistration: z.boolean().optional().describe('whether unknown devices may register themselves'),
})

export type ServerSettingsChange = z.infer<typeof ServerSettingsChange>

export const ServerSettings = z.object({
  pollRate: z.record(z.string(), z.int()),
  postRate: z.int(),
  inBandRegistration: z.boolean(),
})

export type ServerSettings = z.infer<typeof ServerSettings>

export const ServerInfo = z.object({
  name: z.literal('gsp'),
  lfdi: z.string().optional(),
  profile: z.string(),
  time: z.int(),
  url: z.string().optional().describe('of the IEEE 2030.5 face'),
  counts: z.object({
    devices: z.int(),
    aggregators: z.int(),
    groups: z.int(),
    programs: z.int(),
    controls: z.int().describe('still listed'),
  }),
})

export type ServerInfo = z.infer<typeof ServerInfo>
