import {
  DERCapability,
  DERControlResponse,
  DERSettings,
  DERStatus,
  DeviceInformation,
  MirrorMeterReadingList,
  MirrorUsagePoint,
  toActivePower,
  type Lfdi,
  type Mrid,
  type ReadingType,
} from '@gridloom/sep2030'
import { documentOf, mridOf, type Document } from './document.ts'
import type { Member } from './member.ts'
import type { Moment } from './plant.ts'

type Series = Readonly<{ type: ReadingType; of: (moment: Moment) => number | undefined }>

const common = { dataQualifier: 2, intervalLength: 300 }
const series: Readonly<Record<string, Series>> = {
  watts: {
    type: { ...common, commodity: 1, kind: 37, flowDirection: 19, powerOfTenMultiplier: 0, uom: 38 },
    of: ({ watts }) => watts,
  },
  vars: {
    type: { ...common, commodity: 1, kind: 37, flowDirection: 19, powerOfTenMultiplier: 0, uom: 63 },
    of: ({ vars }) => vars,
  },
  volts: {
    type: { ...common, commodity: 1, kind: 0, flowDirection: 0, powerOfTenMultiplier: -1, uom: 29 },
    of: ({ volts }) => volts,
  },
  hertz: {
    type: { ...common, commodity: 1, kind: 0, flowDirection: 0, powerOfTenMultiplier: -2, uom: 33 },
    of: ({ hertz }) => hertz,
  },
  charge: {
    type: { ...common, commodity: 1, kind: 0, flowDirection: 0, powerOfTenMultiplier: -2, uom: 0 },
    of: ({ soc }) => soc && 100 * soc,
  },
}

export function mirrorDocument(member: Member): Document {
  return documentOf(MirrorUsagePoint, {
    mRID: mridOf(`mirror of ${member.serial}`),
    description: 'DER',
    roleFlags: '0049',
    serviceCategoryKind: 0,
    status: 1,
    deviceLFDI: member.lfdi,
    MirrorMeterReading: seriesOf(member).map(([name, { type }]) => ({
      mRID: seriesMrid(member, name),
      description: name,
      ReadingType: type,
    })),
  })
}

export type Period = Readonly<{ start: number; duration: number }>

/** The means of a period. */
export function readingsDocument(member: Member, mean: Moment, { start, duration }: Period): Document {
  const readings = seriesOf(member).map(([name, { type, of }]) => ({
    mRID: seriesMrid(member, name),
    lastUpdateTime: start + duration,
    nextUpdateTime: start + 2 * duration,
    Reading: {
      qualityFlags: '0000',
      timePeriod: { duration, start },
      value: Math.round((of(mean) ?? 0) * 10 ** -(type.powerOfTenMultiplier ?? 0)),
    },
  }))
  const count = { all: readings.length, results: readings.length }
  return documentOf(MirrorMeterReadingList, { ...count, MirrorMeterReading: readings })
}

function seriesOf({ kind }: Member): readonly (readonly [string, Series])[] {
  return Object.entries(series).filter(([name]) => name !== 'charge' || kind === 'battery')
}

function seriesMrid({ serial }: Member, name: string): Mrid {
  return mridOf(`${name} of ${serial}`)
}

const fullModes = '00000000'
const noModes = '00'

export function capabilityDocument({ rtgMaxW, kind }: Member): Document {
  const type = { pv: 4, battery: 80, load: 0 }[kind]
  return documentOf(DERCapability, {
    modesSupported: fullModes,
    rtgMaxW: toActivePower(rtgMaxW),
    type,
    doeModesSupported: noModes,
  })
}

/** The set points are the rating; the gradient is ten percent of it per second. */
export function settingsDocument({ rtgMaxW }: Member, now: number): Document {
  const settings = { modesEnabled: fullModes, setGradW: 1000, setMaxW: toActivePower(rtgMaxW) }
  return documentOf(DERSettings, { ...settings, updatedTime: Math.floor(now), doeModesEnabled: noModes })
}

export function statusDocument(now: number, { soc }: Moment): Document {
  const dateTime = Math.floor(now)
  return documentOf(DERStatus, {
    alarmStatus: '00000000',
    genConnectStatus: { dateTime, value: '07' },
    inverterStatus: { dateTime, value: 4 },
    operationalModeStatus: { dateTime, value: 2 },
    readingTime: dateTime,
    ...(soc !== undefined && { stateOfChargeStatus: { dateTime, value: Math.round(10_000 * soc) } }),
  })
}

export function informationDocument({ serial }: Pick<Member, 'serial'>, lfdi: Lfdi, now: number): Document {
  return documentOf(DeviceInformation, {
    functionsImplemented: '0000000000184DED',
    lFDI: lfdi,
    mfDate: 0,
    mfHwVer: '1',
    mfID: 0,
    mfModel: 'Gridloom DCM',
    mfSerNum: serial,
    primaryPower: 1,
    secondaryPower: 0,
    swActTime: Math.floor(now),
    swVer: '0.1.0',
  })
}

export type Answer = Readonly<{ subject: Mrid; status: number; at: number }>

export function responseDocument({ lfdi }: Pick<Member, 'lfdi'>, { subject, status, at }: Answer): Document {
  const createdDateTime = Math.floor(at)
  return documentOf(DERControlResponse, { createdDateTime, endDeviceLFDI: lfdi, status, subject })
}
