import { type Field, optional, reserved, signed, text, unsigned, word } from './fields.ts'

/** One shape of an intermediate message: what follows its two opcodes. */
export type Form = Readonly<{
  opcodes: readonly [number, number]
  op: string
  fields: readonly Field[]
  /** Groups that may follow, each only after the one before; the fields of an absent group are null. */
  tails?: readonly (readonly Field[])[]
  /** Records that fill the rest, `least` or more of them. */
  rows?: Readonly<{ name: string; fields: readonly Field[]; least: number }>
  /** A name for the bytes that are left, in hex. */
  rest?: string
  /** What this form alone says, without a byte of its own. */
  constants?: Readonly<Record<string, unknown>>
  derive?: (values: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>
}>

const degrees = word('units', ['F', 'C'])
const notSupported = -0x8000
const deviceType = unsigned('deviceType', 2)

const time = [unsigned('utc', 4), signed('tzQuarterHours', 1), unsigned('dstQuarterHours', 1)]
const priced = (bytes: number): readonly Field[] => [
  unsigned('price', bytes),
  unsigned('currency', 2),
  unsigned('digits', 1),
]
const priceTails = [[unsigned('expires', 4)], [unsigned('nextPrice', 4)]]
const tierTails = [[unsigned('expires', 4), unsigned('nextTier', 1)]]
const offset = [signed('offset', 1), degrees]
const setpoint = [deviceType, degrees, optional(signed('setpoint1', 2), notSupported)]
const setpointTails = [[optional(signed('setpoint2', 2), notSupported)]]
const quantity = (name: string): Field => optional(unsigned(name, 6), 2 ** 48 - 1)
const records = (least: number) => ({
  name: 'records',
  fields: [commodityCode(), quantity('rate'), quantity('cumulative')],
  least,
})
const subscriptions = (least: number) => ({
  name: 'subscriptions',
  fields: [unsigned('code', 1), unsigned('seconds', 2)],
  least,
})
const advanced = [unsigned('durationMinutes', 2), unsigned('value', 2), energyUnits()]
const advancedEvent = [
  unsigned('efficiency', 1),
  unsigned('eventId', 4),
  unsigned('start', 4),
  unsigned('startRandomizationMinutes', 1),
  unsigned('endRandomizationMinutes', 1),
]

/** Requests, by what they carry: where a get and a set share opcodes, the get is the empty one and comes first. */
const requests: readonly Form[] = [
  { opcodes: [0x01, 0x01], op: 'getDeviceInfo', fields: [] },
  { opcodes: [0x01, 0x02], op: 'getEfficiencyLevel', fields: [] },
  { opcodes: [0x01, 0x03], op: 'setCapabilityBit', fields: [unsigned('bit', 1, 31), unsigned('value', 1, 1)] },
  { opcodes: [0x02, 0x00], op: 'getUtcTime', fields: [] },
  { opcodes: [0x02, 0x00], op: 'setUtcTime', fields: time },
  { opcodes: [0x03, 0x00], op: 'getEnergyPrice', fields: [] },
  { opcodes: [0x03, 0x00], op: 'setEnergyPrice', constants: { priceBytes: 2 }, fields: priced(2), tails: priceTails },
  { opcodes: [0x03, 0x00], op: 'setEnergyPrice', constants: { priceBytes: 4 }, fields: priced(4), tails: priceTails },
  { opcodes: [0x03, 0x01], op: 'getTier', fields: [] },
  { opcodes: [0x03, 0x01], op: 'setTier', fields: [unsigned('tier', 1)], tails: tierTails },
  { opcodes: [0x03, 0x02], op: 'getTemperatureOffset', fields: [] },
  { opcodes: [0x03, 0x02], op: 'setTemperatureOffset', fields: offset },
  { opcodes: [0x03, 0x03], op: 'getSetpoint', fields: [] },
  { opcodes: [0x03, 0x03], op: 'setSetpoint', fields: setpoint, tails: setpointTails },
  { opcodes: [0x03, 0x04], op: 'getPresentTemperature', fields: [] },
  {
    opcodes: [0x04, 0x00],
    op: 'startCycling',
    fields: [
      unsigned('eventId', 4),
      unsigned('start', 4),
      unsigned('durationMinutes', 2),
      unsigned('dutyCycle', 1, 100),
      unsigned('startRandomizationMinutes', 1),
      unsigned('endRandomizationMinutes', 1),
      unsigned('criticality', 1),
    ],
  },
  {
    opcodes: [0x04, 0x01],
    op: 'terminateCycling',
    fields: [unsigned('eventId', 4), unsigned('endRandomizationMinutes', 1)],
  },
  { opcodes: [0x06, 0x00], op: 'getCommodityRead', constants: { codes: 'all' }, fields: [] },
  { opcodes: [0x06, 0x00], op: 'getCommodityRead', fields: [oneCode()] },
  { opcodes: [0x06, 0x00], op: 'setCommodityRead', fields: [], rows: records(1) },
  { opcodes: [0x06, 0x01], op: 'getCommoditySubscription', fields: [] },
  { opcodes: [0x06, 0x01], op: 'setCommoditySubscription', fields: [], rows: subscriptions(1) },
  { opcodes: [0x0a, 0x00], op: 'getActivation', fields: [unsigned('index', 1)] },
  {
    opcodes: [0x0a, 0x01],
    op: 'setActivation',
    fields: [unsigned('index', 1), unsigned('status', 1)],
    rest: 'key',
  },
  { opcodes: [0x0b, 0x00], op: 'getPreference', fields: [unsigned('type', 1)] },
  { opcodes: [0x0b, 0x01], op: 'setPreference', fields: [unsigned('type', 1), unsigned('level', 1)] },
  { opcodes: [0x0c, 0x00], op: 'getAdvancedLoadUp', fields: [] },
  { opcodes: [0x0c, 0x00], op: 'setAdvancedLoadUp', fields: advanced, derive: energyWh },
  { opcodes: [0x0c, 0x00], op: 'setAdvancedLoadUp', fields: [...advanced, ...advancedEvent], derive: energyWh },
]

/** Replies: the response code comes first, alone when the request only set something or was refused. */
const replies: readonly Form[] = [
  ...answer(0x01, 0x01, 'deviceInfoReply', 'deviceInfoReply', {
    fields: [
      text('version', 2),
      unsigned('vendorId', 2),
      deviceType,
      unsigned('deviceRevision', 2),
      unsigned('capability', 4),
      reserved(1),
    ],
    tails: [[text('model', 16)], [text('serial', 16)], [firmware()]],
  }),
  ...answer(0x01, 0x02, 'getEfficiencyLevelReply', 'getEfficiencyLevelReply', { fields: [unsigned('level', 1)] }),
  ...answer(0x01, 0x03, 'setCapabilityBitReply'),
  ...answer(0x02, 0x00, 'setUtcTimeReply', 'getUtcTimeReply', { fields: time }),
  ...answer(0x03, 0x00, 'setEnergyPriceReply', 'getEnergyPriceReply', {
    constants: { priceBytes: 2 },
    fields: priced(2),
    tails: priceTails,
  }),
  ...answer(0x03, 0x00, undefined, 'getEnergyPriceReply', {
    constants: { priceBytes: 4 },
    fields: priced(4),
    tails: priceTails,
  }),
  ...answer(0x03, 0x01, 'setTierReply', 'getTierReply', { fields: [unsigned('tier', 1)], tails: tierTails }),
  ...answer(0x03, 0x02, 'setTemperatureOffsetReply', 'getTemperatureOffsetReply', { fields: offset }),
  ...answer(0x03, 0x03, 'setSetpointReply', 'getSetpointReply', { fields: setpoint, tails: setpointTails }),
  ...answer(0x03, 0x04, 'getPresentTemperatureReply', 'getPresentTemperatureReply', {
    fields: [deviceType, degrees, signed('raw', 2)],
  }),
  ...answer(0x04, 0x00, 'startCyclingReply'),
  ...answer(0x04, 0x01, 'terminateCyclingReply'),
  ...answer(0x06, 0x00, undefined, 'commodityReadReply', { fields: [], rows: records(0) }),
  ...answer(0x06, 0x01, undefined, 'commoditySubscriptionReply', { fields: [], rows: subscriptions(0) }),
  // activation and preference answer without a response code
  { opcodes: [0x0a, 0x80], op: 'getActivationReply', fields: [unsigned('index', 1), unsigned('status', 1)] },
  { opcodes: [0x0a, 0x81], op: 'setActivationReply', fields: [unsigned('index', 1), unsigned('status', 1)] },
  { opcodes: [0x0b, 0x80], op: 'getPreferenceReply', fields: [unsigned('type', 1), unsigned('level', 1)] },
  { opcodes: [0x0b, 0x81], op: 'setPreferenceReply', fields: [unsigned('type', 1), unsigned('level', 1)] },
  ...answer(0x0c, 0x00, 'setAdvancedLoadUpReply', 'getAdvancedLoadUpReply', { fields: advanced, derive: energyWh }),
]

export const forms: readonly Form[] = [...requests, ...replies]

type Body = Pick<Form, 'fields'> & Partial<Pick<Form, 'tails' | 'rows' | 'constants' | 'derive'>>

function answer(opcode1: number, opcode2: number, bare?: string, full?: string, body?: Body): readonly Form[] {
  const opcodes = [opcode1, opcode2 | 0x80] as const
  const code = unsigned('responseCode', 1)
  return [
    ...(bare === undefined ? [] : [{ opcodes, op: bare, fields: [code] }]),
    ...(full === undefined || !body ? [] : [{ ...body, opcodes, op: full, fields: [code, ...body.fields] }]),
  ]
}

// Bit 7 says measured, the other seven what.
function commodityCode(): Field {
  return {
    name: 'code',
    bytes: 1,
    read: (bytes) => bytes.readUInt8(0),
    write: (value) => Buffer.of(Number(value)),
  }
}

function oneCode(): Field {
  return {
    name: 'codes',
    bytes: 1,
    read: (bytes) => [bytes.readUInt8(0)],
    write: (value) => Buffer.from(value as readonly number[]),
  }
}

// 0 to 3 are powers of ten, FF stands for none
function energyUnits(): Field {
  const byte = unsigned('units', 1)
  return {
    ...byte,
    read(bytes) {
      const units = bytes.readUInt8(0)
      return units <= 3 || units === 0xff ? units : undefined
    },
  }
}

function energyWh({ value, units }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const isAmount = value !== 0xffff && units !== 0xff
  return { energyWh: isAmount ? Number(value) * 10 ** Number(units) : null }
}

type Firmware = Readonly<{ date: string; major: number; minor: number }>

// year − 2000, month from 0, day, major, minor
function firmware(): Field {
  return {
    name: 'firmware',
    bytes: 5,
    read(bytes) {
      const [year = 0, month = 0, day = 0, major = 0, minor = 0] = bytes
      return { date: `${2000 + year}-${twoDigits(month + 1)}-${twoDigits(day)}`, major, minor } satisfies Firmware
    },
    write(value) {
      const { date, major, minor } = value as Firmware
      const [year = 2000, month = 1, day = 1] = date.split('-').map(Number)
      return Buffer.of(year - 2000, month - 1, day, major, minor)
    },
  }
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')
