import {
  DERAvailability,
  DERCapability,
  DERSettings,
  DERStatus,
  DeviceInformation,
  DeviceStatus,
  PowerStatus,
  type Element,
} from '@gridloom/sep2030'
import { checkReport, isBare } from '../domain/report.ts'
import { hrefs } from '../domain/hrefs.ts'
import { newRow } from '../store/new-row.ts'
import type { Change } from '../store/resources.ts'
import type { Bodies, Row } from '../store/row.ts'
import { attributesOf } from './list.ts'
import { deviceOf, found, ofOwnDevice } from './visit-rules.ts'
import { shown, type Visit, type Wire } from './wire.ts'

type Report = 'DeviceInformation' | 'DeviceStatus' | 'PowerStatus' | DerReport
type DerReport = 'DERCapability' | 'DERSettings' | 'DERStatus' | 'DERAvailability'

/** What a device reports of itself: 404 until it wrote it, then always its last word. */
export function reportRoutes(wire: Wire): void {
  const device = '/edev/:device'
  const der = `${device}/der/:der`
  // 201 for the first of these (function-sets, 10); a DER's own are there with the DER and always answer 204
  serveReport(wire, {
    kind: 'DeviceInformation',
    element: DeviceInformation,
    path: hrefs.information(device),
    first: 201,
  })
  serveReport(wire, { kind: 'DeviceStatus', element: DeviceStatus, path: hrefs.status(device), first: 201 })
  serveReport(wire, { kind: 'PowerStatus', element: PowerStatus, path: hrefs.powerStatus(device), first: 201 })
  serveReport(wire, { kind: 'DERCapability', element: DERCapability, path: hrefs.derCapability(der), first: 204 })
  serveReport(wire, { kind: 'DERSettings', element: DERSettings, path: hrefs.derSettings(der), first: 204 })
  serveReport(wire, { kind: 'DERStatus', element: DERStatus, path: hrefs.derStatus(der), first: 204 })
  serveReport(wire, { kind: 'DERAvailability', element: DERAvailability, path: hrefs.derAvailability(der), first: 204 })
}

type ReportResource<K extends Report> = Readonly<{
  kind: K
  element: Element<Bodies[K]>
  path: string
  first: 201 | 204
}>

function serveReport<K extends Report>(wire: Wire, { kind, element, path, first }: ReportResource<K>): void {
  wire.serve({
    path,
    target: ofOwnDevice,
    GET: async (visit) => {
      const { href, body } = found(visit, await visit.read.get(kind, visit.path))
      const value = { ...body, ...(await attributesOf(wire, visit, kind)), href }
      return { ...shown(element, value), bare: isBare(kind, body) }
    },
    PUT: async (visit) => {
      const parent = await parentOf(visit)
      const { body: owner, scope } = await deviceOf(visit)
      const report = visit.decode(element)
      checkReport(kind, report, { lfdi: owner.lFDI, now: visit.now })
      const known = await visit.read.get(kind, visit.path)
      await wire.store.write([putting(newRow(kind, { href: visit.path, parent, scope }, report))])
      return known || first === 204 ? { status: 204 } : { status: 201, location: visit.path }
    },
  })
}

// TypeScript does not see that a row of one kind is a row
function putting<K extends Report>(row: Row<K>): Change {
  return { put: row as unknown as Row }
}

/** What a report hangs from, which must be there: the DER, or the device itself. */
async function parentOf(visit: Visit): Promise<string> {
  const parent = visit.path.slice(0, visit.path.lastIndexOf('/'))
  if (visit.params['der'] === undefined) return parent
  return found(visit, await visit.read.get('DER', parent)).href
}
