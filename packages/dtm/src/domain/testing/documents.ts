import {
  DERCapability,
  DERControlList,
  DERControlResponse,
  DERProgramList,
  DERStatus,
  EndDeviceList,
  MirrorMeterReadingList,
  MirrorUsagePoint,
  type DERControl,
  type DERControlBase,
  type ReadingType,
} from '@gridloom/sep2030'
import { dcm, other, xml } from './scene.ts'

export const program = 'D'.repeat(32)
export const controlsPath = '/edev/1/fsa/1/derp/1/derc'
export const mRID = (n: number): string => n.toString(16).toUpperCase().padStart(32, 'E')

/** Who is who: the DCM is /edev/1, the other is /edev/2. */
export const endDevices = xml(EndDeviceList, {
  href: '/edev',
  all: 2,
  results: 2,
  pollRate: 300,
  EndDevice: [dcm, other].map((lFDI, index) => ({
    href: `/edev/${index + 1}`,
    lFDI,
    sFDI: 1_234_567_898,
    changedTime: 0,
  })),
})

export const programs = xml(DERProgramList, {
  href: '/edev/1/fsa/1/derp',
  all: 1,
  results: 1,
  pollRate: 300,
  DERProgram: [
    {
      href: '/edev/1/fsa/1/derp/1',
      mRID: program,
      primacy: 1,
      DERControlListLink: { href: controlsPath, all: 1 },
      DefaultDERControlLink: { href: '/edev/1/fsa/1/derp/1/dderc' },
    },
  ],
})

/** A control as a server lists it; starts at once and lasts an hour unless it is said otherwise. */
export function control(base: DERControlBase, some: Partial<DERControl> = {}): DERControl {
  return {
    href: `${controlsPath}/1`,
    mRID: mRID(1),
    creationTime: 0,
    EventStatus: { currentStatus: 1, dateTime: 0, potentiallySuperseded: false },
    interval: { start: 0, duration: 3600 },
    DERControlBase: base,
    ...some,
  }
}

export function controls(...all: readonly DERControl[]): string {
  return xml(DERControlList, { href: controlsPath, all: all.length, results: all.length, DERControl: all })
}

const series: Readonly<Record<string, ReadingType>> = {
  watts: { commodity: 1, kind: 37, dataQualifier: 0, flowDirection: 19, powerOfTenMultiplier: 0, uom: 38 },
  volts: { commodity: 1, dataQualifier: 0, powerOfTenMultiplier: -1, uom: 29 },
  hertz: { commodity: 1, dataQualifier: 0, powerOfTenMultiplier: -2, uom: 33 },
  soc: { commodity: 1, kind: 0, dataQualifier: 2, powerOfTenMultiplier: -2, uom: 0 },
  wattHours: { commodity: 1, kind: 12, accumulationBehaviour: 9, flowDirection: 19, powerOfTenMultiplier: 0, uom: 72 },
}
const quantities = Object.keys(series)

export const mirror = (lfdi: string, postRate?: number): string =>
  xml(MirrorUsagePoint, {
    mRID: mRID(16),
    roleFlags: '0049',
    serviceCategoryKind: 0,
    status: 1,
    deviceLFDI: lfdi,
    MirrorMeterReading: quantities.map((name, index) => ({ mRID: mRID(256 + index), ReadingType: series[name] ?? {} })),
    ...(postRate !== undefined && { postRate }),
  })

/** Momentary readings; values in units, as the mirror above has them multiplied. */
export function readings(at: number, values: Readonly<Record<string, number>>): string {
  const all = Object.entries(values).map(([name, value]) => ({
    mRID: mRID(256 + quantities.indexOf(name)),
    Reading: {
      qualityFlags: '0000',
      timePeriod: { start: at, duration: 0 },
      value: Math.round(value * 10 ** -(series[name]?.powerOfTenMultiplier ?? 0)),
    },
  }))
  return xml(MirrorMeterReadingList, { all: all.length, results: all.length, MirrorMeterReading: all })
}

export function response(subject: string, status: number, lfdi: string = dcm): string {
  return xml(DERControlResponse, { createdDateTime: 0, endDeviceLFDI: lfdi, status, subject })
}

export function derStatus(at: number, connected: boolean): string {
  return xml(DERStatus, { genConnectStatus: { dateTime: at, value: connected ? '07' : '00' }, readingTime: at })
}

export function capability(watts: number): string {
  return xml(DERCapability, { modesSupported: '00000000', rtgMaxW: { multiplier: 0, value: watts }, type: 4 })
}
