import type { Device, DeviceDetail } from '@gridloom/contracts'
import { parseLfdi, seconds } from '@gridloom/sep2030'
import { hrefs } from '../domain/hrefs.ts'
import { assignmentsOf } from '../operations/assignments.ts'
import type { Row } from '../store/row.ts'
import type { AdminContext } from './context.ts'
import { deviceTrust } from './device-trust.ts'
import { idOf } from './lookup.ts'

/** A device as the operator sees it in a list. */
export async function deviceView(context: AdminContext, row: Row<'EndDevice'>): Promise<Device> {
  const { store, sightings } = context
  const { href, scope, body } = row
  const registration = (await store.get('Registration', hrefs.registration(href)))?.body
  const connectionPoint = await store.get('ConnectionPoint', hrefs.connectionPoint(href))
  const serial = (await store.get('RegisteredSerial', hrefs.registeredSerial(href)))?.body.serial
  const { lFDI = '', sFDI, enabled = true, deviceCategory, postRate, changedTime } = body
  const aggregator = scope?.startsWith(hrefs.aggregators) ? idOf(scope) : undefined
  const trust = await deviceTrust(context, row)
  const lastSeen = lFDI ? sightings.of(parseLfdi(lFDI)) : undefined
  return {
    id: idOf(href),
    href,
    lfdi: lFDI,
    sfdi: Number(sFDI),
    enabled,
    ...(registration && { pin: registration.pIN, registered: seconds(registration.dateTimeRegistered) }),
    ...(registration?.pollRate !== undefined && { registrationPollRate: registration.pollRate }),
    ...(deviceCategory !== undefined && { deviceCategory }),
    ...(postRate !== undefined && { postRate }),
    changed: seconds(changedTime),
    ...(lastSeen !== undefined && { lastSeen }),
    ...(connectionPoint && { connectionPointId: connectionPoint.body.connectionPointId }),
    ...(serial !== undefined && { serial }),
    ...(aggregator !== undefined && { aggregator }),
    groups: await groupsOf(store, href),
    ...(trust && { trust }),
  }
}

/** The same with everything that the device reported of itself. */
export async function detailOf(context: AdminContext, row: Row<'EndDevice'>): Promise<DeviceDetail> {
  const { store } = context
  const { href } = row
  const { rows } = await store.page({ kind: 'DER', parent: hrefs.ders(href) })
  return {
    ...(await deviceView(context, row)),
    ders: await Promise.all(rows.map((der) => derView(store, der.href))),
    ...wire('information', await store.get('DeviceInformation', hrefs.information(href))),
    ...wire('deviceStatus', await store.get('DeviceStatus', hrefs.status(href))),
    ...wire('powerStatus', await store.get('PowerStatus', hrefs.powerStatus(href))),
  }
}

type Store = AdminContext['store']

async function groupsOf(store: Store, device: string): Promise<Device['groups']> {
  const assigned = await assignmentsOf(store, device)
  const groups = await Promise.all(assigned.map(({ body }) => store.get('Group', body.group)))
  return groups.flatMap((group) =>
    group ? [{ id: idOf(group.href), name: group.body.name, mRID: group.body.mRID }] : [],
  )
}

async function derView(store: Store, der: string): Promise<DeviceDetail['ders'][number]> {
  return {
    id: idOf(der),
    ...wire('capability', await store.get('DERCapability', hrefs.derCapability(der))),
    ...wire('settings', await store.get('DERSettings', hrefs.derSettings(der))),
    ...wire('status', await store.get('DERStatus', hrefs.derStatus(der))),
    ...wire('availability', await store.get('DERAvailability', hrefs.derAvailability(der))),
  }
}

/** A reported document under its wire names; a number beyond what JSON holds exactly is written as text. */
function wire<Name extends string>(
  name: Name,
  row: Readonly<{ body: object }> | undefined,
): Partial<Record<Name, Record<string, unknown>>> {
  if (!row) return {}
  const plain: Record<string, unknown> = JSON.parse(
    JSON.stringify(row.body, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
  )
  return { [name]: plain } as Partial<Record<Name, Record<string, unknown>>>
}
