import { z } from 'zod'
import { LfdiText, PageQuery } from './common.ts'

const hexBits = z
  .string()
  .regex(/^(?:[0-9A-Fa-f]{2}){1,4}$/, 'must be 2, 4, 6 or 8 hexadecimal digits')
  .toUpperCase()

const pin = z.uint32().max(999_999).describe('six digits, the last checks the others')
const rate = z.uint32().min(1).describe('s')
const connectionPoint = z.string().min(1).max(32).describe('connection point id, in Australia the NMI')

const serial = z
  .string()
  .min(1)
  .max(32)
  .describe('serial number as the registrar knows it: for the DTM, a device that shows it is registered anew')

export const NewDevice = z
  .strictObject({
    lfdi: LfdiText.optional(),
    certificate: z.string().optional().describe('PEM; gives the LFDI'),
    sfdi: z.uint32().or(z.int().max(687_194_767_359)).optional().describe('computed when absent, else checked'),
    pin: pin.optional().describe('without it the device finds no Registration'),
    deviceCategory: hexBits.optional().describe('bits of DeviceCategoryType'),
    postRate: rate.optional(),
    connectionPointId: connectionPoint.optional(),
    serial: serial.optional(),
    enabled: z.boolean().default(true),
    aggregator: z.string().optional().describe('number of the aggregator that speaks for it'),
    groups: z.array(z.string()).max(15).default([]).describe('numbers, mRIDs or names of groups'),
  })
  .refine(({ lfdi, certificate }) => lfdi !== undefined || certificate !== undefined, {
    message: 'an LFDI or a certificate is needed',
    path: ['lfdi'],
  })

export type NewDevice = z.infer<typeof NewDevice>
export type NewDeviceInput = z.input<typeof NewDevice>

export const DeviceChange = z.strictObject({
  enabled: z.boolean().optional(),
  pin: pin.optional(),
  registrationPollRate: rate.optional().describe('pollRate of its Registration, s'),
  postRate: rate.optional(),
  deviceCategory: hexBits.optional(),
  connectionPointId: connectionPoint.optional(),
  serial: serial.optional(),
})

export type DeviceChange = z.infer<typeof DeviceChange>

const wire = z.record(z.string(), z.unknown())

/** What the device reported of one DER, as it is on the wire. */
export const Der = z.object({
  id: z.string(),
  capability: wire.optional(),
  settings: wire.optional(),
  status: wire.optional(),
  availability: wire.optional(),
})

/** How far the DTM trusts a device, and what this server does about it. */
const DeviceTrust = z.object({
  level: z.int().min(0).max(4).describe('the worse of the DCM and its DER'),
  since: z.number(),
  Te: z.number().optional(),
  rule: z.string().optional().describe('that led to it'),
  enforcement: z.enum(['none', 'read-back', 'hold', 'deny']),
  isReadBack: z.boolean().optional().describe('whether it has told its state since it is suspect'),
})

const DeviceGroup = z.object({ id: z.string(), name: z.string(), mRID: z.string() })

export const Device = z.object({
  id: z.string(),
  href: z.string(),
  lfdi: z.string(),
  sfdi: z.int(),
  enabled: z.boolean(),
  pin: z.int().optional(),
  registered: z.int().optional(),
  registrationPollRate: z.int().optional(),
  deviceCategory: z.string().optional(),
  postRate: z.int().optional(),
  changed: z.int(),
  lastSeen: z.int().optional().describe('last request since the server started'),
  connectionPointId: z.string().optional(),
  serial: z.string().optional().describe('as the registrar knows it; what it says itself is its information'),
  aggregator: z.string().optional(),
  groups: z.array(DeviceGroup),
  trust: DeviceTrust.optional().describe('once the DTM has said anything'),
})

export type Device = z.infer<typeof Device>

export const DeviceDetail = Device.extend({
  ders: z.array(Der),
  information: wire.optional(),
  deviceStatus: wire.optional(),
  powerStatus: wire.optional(),
})
export type DeviceDetail = z.infer<typeof DeviceDetail>

export const DeviceQuery = PageQuery.extend({
  group: z.string().optional(),
  aggregator: z.string().optional(),
})

export const GroupMembership = z.strictObject({ groups: z.array(z.string()).max(15) })
