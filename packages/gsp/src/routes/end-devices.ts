import { EndDevice, EndDeviceList, SepError, sfdiOf } from '@gridloom/sep2030'
import { scopeOf } from '../domain/access.ts'
import { hrefs } from '../domain/hrefs.ts'
import { register, registrantOf, type Registration } from '../domain/registration.ts'
import { deviceRows, removalOf } from '../store/devices.ts'
import { newRow } from '../store/new-row.ts'
import type { Row } from '../store/row.ts'
import { endDeviceView } from './end-device-view.ts'
import { countOf, listShown, pagingOf, settingsOf } from './list.ts'
import { deviceOf, ofOwnDevice } from './visit-rules.ts'
import { shown, type Shown, type Stored, type Visit, type Wire } from './wire.ts'

/** End devices: what a caller may see of them, and their registration in band. */
export function endDeviceRoutes(wire: Wire): void {
  const view = viewOf(wire)

  wire.serve({
    path: hrefs.endDevices,
    target: () => ({ kind: 'endDevices' }),
    GET: (visit) => showList(wire, visit, view),
    POST: (visit) => postDevice(wire, visit),
  })
  wire.serve({
    path: `${hrefs.endDevices}/0`,
    target: () => ({ kind: 'self' }),
    GET: async (visit) => shown(EndDevice, aggregatorItself(visit)),
  })
  wire.serve({
    path: `${hrefs.endDevices}/:device`,
    target: ofOwnDevice,
    GET: async (visit) => shown(EndDevice, await view(await deviceOf(visit), visit)),
    PUT: (visit) => putDevice(wire, visit),
    DELETE: (visit) => deleteDevice(wire, visit),
  })
}

type View = (row: Row<'EndDevice'>, visit: Visit) => Promise<EndDevice>

function viewOf({ config }: Wire): View {
  const australian = config.profile !== 'base'
  return async (row, { read }) => ({
    ...(await endDeviceView(row, read)),
    ...(australian && { ConnectionPointLink: { href: hrefs.connectionPoint(row.href) } }),
  })
}

async function showList(wire: Wire, visit: Visit, view: View): Promise<Shown> {
  const scope = scopeOf(visit.caller)
  const paging = pagingOf(wire, visit, 'EndDeviceList')
  if (scope === undefined) return listShown(wire, visit, EndDeviceList, { all: 0, members: [] })
  // an aggregator finds itself first, before the devices it stands for
  const itself = visit.caller.kind === 'aggregator' ? [aggregatorItself(visit)] : []
  const { start, limit } = paging
  const first = itself.slice(start, start + limit)
  const { all, rows } = await visit.read.page({
    kind: 'EndDevice',
    parent: hrefs.endDevices,
    scope,
    start: Math.max(0, start - itself.length),
    limit: limit - first.length,
  })
  const members = [...first, ...(await Promise.all(rows.map((row) => view(row, visit))))]
  return listShown(wire, visit, EndDeviceList, { all: all + itself.length, members })
}

/** The EndDevice of an aggregator: its subscriptions will hang from here, and nothing that a DER has. */
function aggregatorItself({ caller: { lfdi } }: Visit): EndDevice {
  const href = `${hrefs.endDevices}/0`
  return { href, subscribable: 0, lFDI: lfdi, sFDI: sfdiOf(lfdi), changedTime: 0, enabled: true }
}

async function postDevice(wire: Wire, visit: Visit): Promise<Stored> {
  const { caller, read } = visit
  const device = visit.decode(EndDevice)
  const aggregator = caller.kind === 'aggregator' ? await read.get('Aggregator', caller.aggregator) : undefined
  const lfdi = registrantOf(caller, device, aggregator?.body.pen)
  const scope = scopeOf(caller)
  const decision = register(caller, lfdi, await read.find('EndDevice', lfdi), {
    refusesKnown: wire.config.profile !== 'base',
    inBand: (await settingsOf(wire, visit)).inBandRegistration,
    devices: scope === undefined ? 0 : await countOf(read, { kind: 'EndDevice', parent: hrefs.endDevices, scope }),
    most: wire.config.limits.devicesPerAggregator,
  })
  if (decision.kind === 'new') return addDevice(wire, device, decision)
  await updateDevice(wire, decision.known, device)
  return { status: 204, location: decision.known.href }
}

async function addDevice(
  { store }: Wire,
  device: EndDevice,
  { lfdi, scope }: Extract<Registration<unknown>, { kind: 'new' }>,
): Promise<Stored> {
  const href = `${hrefs.endDevices}/${await store.nextId(hrefs.endDevices)}`
  const body = { ...reportedOf(device), lFDI: lfdi, sFDI: sfdiOf(lfdi), enabled: true }
  await store.write(deviceRows(href, scope, body))
  return { status: 201, location: href }
}

async function updateDevice({ store }: Wire, known: Row<'EndDevice'>, device: EndDevice): Promise<void> {
  await store.write([{ put: newRow('EndDevice', known, { ...known.body, ...reportedOf(device) }) }])
}

async function putDevice(wire: Wire, visit: Visit): Promise<Stored> {
  const known = await deviceOf(visit)
  const device = visit.decode(EndDevice)
  requireSame(known.body, device)
  await updateDevice(wire, known, device)
  return { status: 204 }
}

async function deleteDevice({ store }: Wire, visit: Visit): Promise<Stored> {
  await store.write(await removalOf(store, await deviceOf(visit)))
  return { status: 204 }
}

/** What a device says of itself; identity and links are the server's. */
function reportedOf({ changedTime, deviceCategory, postRate }: EndDevice): Pick<EndDevice, 'changedTime'> {
  return {
    changedTime,
    ...(deviceCategory !== undefined && { deviceCategory }),
    ...(postRate !== undefined && { postRate }),
  }
}

function requireSame(known: EndDevice, { lFDI, sFDI }: EndDevice): void {
  if (sFDI !== known.sFDI || (lFDI !== undefined && lFDI.toUpperCase() !== known.lFDI)) {
    throw new SepError('invalid', `a device keeps its identity: sFDI "${sFDI}"`)
  }
}
