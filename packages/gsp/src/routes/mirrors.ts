import {
  MirrorMeterReading,
  MirrorMeterReadingList,
  MirrorUsagePoint,
  MirrorUsagePointList,
  SepError,
} from '@gridloom/sep2030'
import { scopeOf, type Target } from '../domain/access.ts'
import { limitReached } from '../domain/error-document.ts'
import { hrefs } from '../domain/hrefs.ts'
import { requireReadings } from '../domain/metering.ts'
import { removalOfMirror } from '../store/devices.ts'
import { fullMrid, newRow } from '../store/new-row.ts'
import type { Row } from '../store/row.ts'
import { countOf, listShown, rowsShown, settingsOf } from './list.ts'
import { createTakeReadings, type TakeReadings } from './posted-readings.ts'
import { found, ownedBy } from './visit-rules.ts'
import { shown, type Stored, type Visit, type Wire } from './wire.ts'

/** Mirrors: where devices put what they measure. */
export function mirrorRoutes(wire: Wire): void {
  const take = createTakeReadings(wire)
  const mirror = `${hrefs.mirrors}/:mirror`

  wire.serve({
    path: hrefs.mirrors,
    target: () => ({ kind: 'mirrors' }),
    GET: async (visit) => {
      const scope = scopeOf(visit.caller)
      if (scope === undefined) return listShown(wire, visit, MirrorUsagePointList, { all: 0, members: [] })
      return rowsShown(wire, visit, {
        element: MirrorUsagePointList,
        query: { kind: 'MirrorUsagePoint', parent: hrefs.mirrors, scope },
        view: (row) => mirrorView(wire, visit, row),
      })
    },
    POST: (visit) => postMirror(wire, visit, take),
  })
  wire.serve({
    path: mirror,
    target: ofOwnMirror,
    GET: async (visit) => shown(MirrorUsagePoint, await mirrorView(wire, visit, await mirrorOf(visit))),
    PUT: (visit) => putMirror(wire, visit, take),
    POST: (visit) => postReadings(wire, visit, take),
    DELETE: async (visit) => {
      await wire.store.write(removalOfMirror((await mirrorOf(visit)).href))
      return { status: 204 }
    },
  })
}

async function ofOwnMirror(visit: Visit): Promise<Target> {
  return ownedBy(visit, await visit.read.get('MirrorUsagePoint', visit.path))
}

async function mirrorOf(visit: Visit): Promise<Row<'MirrorUsagePoint'>> {
  return found(visit, await visit.read.get('MirrorUsagePoint', visit.path))
}

/** A mirror with the definitions of its series, not their readings; `postRate` is the server's wish. */
async function mirrorView(
  wire: Wire,
  visit: Visit,
  { href, body }: Row<'MirrorUsagePoint'>,
): Promise<MirrorUsagePoint> {
  const parent = hrefs.meterReadings(href)
  const { rows } = await visit.read.page({ kind: 'MirrorMeterReading', parent })
  return {
    ...body,
    href,
    ...(rows.length > 0 && { MirrorMeterReading: rows.map((row) => row.body) }),
    postRate: (await settingsOf(wire, visit)).postRate,
  }
}

async function postMirror(wire: Wire, visit: Visit, take: TakeReadings): Promise<Stored> {
  const mirror = visit.decode(MirrorUsagePoint)
  const { scope } = await deviceNamed(visit, mirror.deviceLFDI)
  const known = await visit.read.find('MirrorUsagePoint', fullMrid(mirror.mRID))
  if (known) return { ...(await updateMirror(wire, visit, { known, mirror, take })), location: known.href }

  requireReadings(mirror, wire.config.profile)
  await requireRoom(wire, visit, scope)
  const href = `${hrefs.mirrors}/${await wire.store.nextId(hrefs.mirrors)}`
  const row = newRow('MirrorUsagePoint', { href, parent: hrefs.mirrors, scope }, bodyOf(mirror))
  const taken = await take(visit, row, mirror.MirrorMeterReading ?? [])
  await wire.store.write([{ create: row }, ...taken.flatMap(({ changes }) => changes)])
  return { status: 201, location: href }
}

async function putMirror(wire: Wire, visit: Visit, take: TakeReadings): Promise<Stored> {
  const known = await mirrorOf(visit)
  const mirror = visit.decode(MirrorUsagePoint)
  if (fullMrid(mirror.mRID) !== fullMrid(known.body.mRID)) {
    throw new SepError('invalid', `a mirror keeps its mRID: "${mirror.mRID}"`)
  }
  await deviceNamed(visit, mirror.deviceLFDI)
  return updateMirror(wire, visit, { known, mirror, take })
}

type Update = Readonly<{ known: Row<'MirrorUsagePoint'>; mirror: MirrorUsagePoint; take: TakeReadings }>

/** The same mirror again: its flags and the types of its readings may change, never whose it is. */
async function updateMirror(wire: Wire, visit: Visit, { known, mirror, take }: Update): Promise<Stored> {
  const other = mirror.deviceLFDI.toUpperCase() !== known.body.deviceLFDI.toUpperCase()
  if (known.scope !== scopeOf(visit.caller) || other) {
    throw new SepError('forbidden', `not your mirror: "${mirror.mRID}"`)
  }
  const taken = await take(visit, known, mirror.MirrorMeterReading ?? [])
  const row = newRow('MirrorUsagePoint', known, bodyOf(mirror))
  await wire.store.write([{ put: row }, ...taken.flatMap(({ changes }) => changes)])
  return { status: 204 }
}

async function postReadings(wire: Wire, visit: Visit, take: TakeReadings): Promise<Stored> {
  const { href, scope } = await mirrorOf(visit)
  const { root, value } = visit.decodeOne<MirrorMeterReading | MirrorMeterReadingList>([
    MirrorMeterReading,
    MirrorMeterReadingList,
  ])
  const readings = 'all' in value ? (value.MirrorMeterReading ?? []) : [value]
  const taken = await take(visit, { href, ...(scope !== undefined && { scope }) }, readings)
  await wire.store.write(taken.flatMap(({ changes }) => changes))
  const [first] = taken
  const alone = root === 'MirrorMeterReading' && first
  return { status: 201, location: alone ? first.series : hrefs.meterReadings(href) }
}

/** The device that a mirror is for: one that is registered, and the caller's own. */
async function deviceNamed({ read, caller }: Visit, lfdi: string): Promise<Row<'EndDevice'>> {
  const device = await read.find('EndDevice', lfdi.toUpperCase())
  if (caller.kind === 'device' && lfdi.toUpperCase() !== caller.lfdi) {
    throw new SepError('forbidden', `not your LFDI: "${lfdi}"`)
  }
  if (!device) throw new SepError('invalid', `deviceLFDI is not registered: "${lfdi}"`)
  if (device.scope !== scopeOf(caller)) throw new SepError('forbidden', `not your device: "${lfdi}"`)
  return device
}

async function requireRoom({ config }: Wire, { read }: Visit, scope: string | undefined): Promise<void> {
  const ofScope = scope === undefined ? {} : { scope }
  const mirrors = await countOf(read, { kind: 'MirrorUsagePoint', parent: hrefs.mirrors, ...ofScope })
  if (mirrors < config.limits.mirrorsPerDevice) return
  const devices = await countOf(read, { kind: 'EndDevice', parent: hrefs.endDevices, ...ofScope })
  const most = config.limits.mirrorsPerDevice * devices
  if (mirrors >= most) throw new SepError('invalid', `no more than ${most} mirrors`, { rule: limitReached })
}

function bodyOf({ MirrorMeterReading: _readings, href: _href, ...mirror }: MirrorUsagePoint): MirrorUsagePoint {
  return mirror
}
