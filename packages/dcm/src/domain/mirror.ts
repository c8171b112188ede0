import type { DeviceStatus } from '@gridloom/devices'
import {
  makeMrid,
  type Lfdi,
  type MirrorMeterReading,
  type MirrorUsagePoint,
  type Mrid,
  type ReadingType,
} from '@gridloom/sep2030'
import { createHash } from 'node:crypto'

/** What one period brought of one quantity, already in SI units. */
export type Batch = Readonly<{ start: number; duration: number; values: Readonly<Partial<Record<Quantity, number>>> }>

type Quantity = keyof typeof quantities

type Series = Readonly<{ description: string; type: ReadingType; of: (status: DeviceStatus) => number | undefined }>

// Powers flow in reverse (from the customer to the grid), so that a delivering device reads above zero, a receiving one below.
const quantities = {
  watts: {
    description: 'active power, mean',
    type: { commodity: 1, kind: 37, dataQualifier: 2, flowDirection: 19, powerOfTenMultiplier: 0, uom: 38 },
    of: ({ watts }) => watts,
  },
  vars: {
    description: 'reactive power, mean',
    type: { commodity: 1, kind: 37, dataQualifier: 2, flowDirection: 19, powerOfTenMultiplier: 0, uom: 63 },
    of: ({ vars }) => vars,
  },
  volts: {
    description: 'voltage, mean',
    type: { commodity: 1, kind: 0, dataQualifier: 2, flowDirection: 0, powerOfTenMultiplier: -1, uom: 29 },
    of: ({ volts }) => volts,
  },
  hertz: {
    description: 'frequency, mean',
    type: { commodity: 1, kind: 0, dataQualifier: 2, flowDirection: 0, powerOfTenMultiplier: -2, uom: 33 },
    of: ({ hertz }) => hertz,
  },
  soc: {
    description: 'state of charge in percent, mean',
    type: { commodity: 1, kind: 0, dataQualifier: 2, flowDirection: 0, powerOfTenMultiplier: -2, uom: 0 },
    of: ({ storage }) => storage && storage.soc * 100,
  },
} as const satisfies Record<string, Series>

const names = Object.keys(quantities) as readonly Quantity[]

/** Mirrored, a DER, behind a submeter (RoleFlagsType). */
const derRole = '0049'

/** Which meter of which device: the same after every restart, so that a server meets it once. */
export type Mirror = Readonly<{ lfdi: Lfdi; pen: number; hasStorage: boolean }>

/** The definition of the mirror usage point of a DER, with its series. */
export function mirrorUsagePoint(mirror: Mirror, postRate: number): MirrorUsagePoint {
  return {
    mRID: mirrorMrid(mirror),
    description: 'DER',
    roleFlags: derRole,
    serviceCategoryKind: 0,
    status: 1,
    deviceLFDI: mirror.lfdi,
    MirrorMeterReading: seriesOf(mirror).map((name) => ({
      mRID: seriesMrid(mirror, name),
      description: quantities[name].description,
      ReadingType: { ...quantities[name].type, intervalLength: postRate },
    })),
  }
}

/** The own mirror among those that a server holds, and so its href and its post rate. */
export function ownMirror(mirror: Mirror, mirrors: readonly MirrorUsagePoint[]): MirrorUsagePoint | undefined {
  return mirrors.find(({ mRID }) => mRID.toUpperCase().padStart(32, '0') === mirrorMrid(mirror))
}

/** What was seen within one period so far. */
export type Tally = Readonly<{ count: number; sums: Readonly<Partial<Record<Quantity, number>>> }>

export const emptyTally: Tally = { count: 0, sums: {} }

export function tallied({ count, sums }: Tally, status: DeviceStatus): Tally {
  const entries = names.flatMap((name) => {
    const value = quantities[name].of(status)
    return value === undefined ? [] : [[name, (sums[name] ?? 0) + value]]
  })
  return { count: count + 1, sums: Object.fromEntries(entries) }
}

/** The means of a period; undefined without a sample, for a stale reading is worse than none. */
export function batchOf({ count, sums }: Tally, start: number, duration: number): Batch | undefined {
  if (count === 0) return undefined
  const means = Object.entries(sums).map(([name, sum]) => [name, sum / count])
  return { start, duration, values: Object.fromEntries(means) }
}

/** The readings of a batch, one for each series that the mirror has: a server takes none that it has no type of. */
export function readingsOf(mirror: Mirror, { start, duration, values }: Batch): MirrorMeterReading[] {
  return seriesOf(mirror).flatMap((name) => {
    const value = values[name]
    if (value === undefined) return []
    return [
      {
        mRID: seriesMrid(mirror, name),
        lastUpdateTime: start + duration,
        nextUpdateTime: start + 2 * duration,
        Reading: {
          qualityFlags: '0000',
          timePeriod: { duration, start },
          value: Math.round(value * 10 ** -quantities[name].type.powerOfTenMultiplier),
        },
      },
    ]
  })
}

function seriesOf({ hasStorage }: Mirror): readonly Quantity[] {
  return hasStorage ? names : names.filter((name) => name !== 'soc')
}

function mirrorMrid({ lfdi, pen }: Mirror): Mrid {
  return derivedMrid(`${lfdi}/${derRole}`, pen)
}

function seriesMrid({ lfdi, pen }: Mirror, name: Quantity): Mrid {
  return derivedMrid(`${lfdi}/${derRole}/${name}`, pen)
}

function derivedMrid(name: string, pen: number): Mrid {
  return makeMrid(pen, createHash('sha256').update(name).digest().subarray(0, 12))
}
