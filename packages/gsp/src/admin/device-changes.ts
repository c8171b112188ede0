import type { DeviceChange, NewDevice } from '@gridloom/contracts'
import { parseLfdi, parsePin, SepError, sfdiOf, type EndDevice, type Lfdi } from '@gridloom/sep2030'
import { checkConnectionPoint } from '../domain/connection-point.ts'
import { hrefs } from '../domain/hrefs.ts'
import { assign } from '../operations/assignments.ts'
import { deviceRows } from '../store/devices.ts'
import { newRow } from '../store/new-row.ts'
import type { Change } from '../store/resources.ts'
import type { Row } from '../store/row.ts'
import { lfdiOfPem } from './certificate.ts'
import type { AdminContext } from './context.ts'
import { aggregatorBy, groupBy, named } from './lookup.ts'

/** What registering a device out of band writes; everything is checked before anything is. */
export async function newDevice(
  context: AdminContext,
  order: NewDevice,
): Promise<Readonly<{ href: string; changes: readonly Change[] }>> {
  const { store } = context
  const lfdi = identityOf(order)
  if (await store.find('EndDevice', lfdi)) throw new SepError('conflict', `already registered: "${lfdi}"`)
  const aggregator = order.aggregator && (await named('aggregator', aggregatorBy(store, order.aggregator)))
  const scope = aggregator ? aggregator.href : lfdi
  const groups = await Promise.all(order.groups.map((group) => named('groups', groupBy(store, group))))
  const href = `${hrefs.endDevices}/${await store.nextId(hrefs.endDevices)}`
  const body: EndDevice = {
    lFDI: lfdi,
    sFDI: sfdiOf(lfdi),
    changedTime: context.clock.now(),
    enabled: order.enabled,
    ...(order.deviceCategory !== undefined && { deviceCategory: order.deviceCategory }),
    ...(order.postRate !== undefined && { postRate: order.postRate }),
  }
  const device = newRow('EndDevice', { href, parent: hrefs.endDevices, scope }, body)
  const changes = [
    ...deviceRows(href, scope, body),
    ...(await registrationOf(context, device, { pin: order.pin })),
    ...(await connectionPointOf(context, device, order.connectionPointId)),
    ...serialOf(device, order.serial),
    ...(await assign(store, device, groups)),
  ]
  return { href, changes }
}

/** What changing a device writes. */
export async function changedDevice(
  context: AdminContext,
  device: Row<'EndDevice'>,
  change: DeviceChange,
): Promise<readonly Change[]> {
  const { enabled, postRate, deviceCategory } = change
  const body: EndDevice = {
    ...device.body,
    changedTime: context.clock.now(),
    ...(enabled !== undefined && { enabled }),
    ...(postRate !== undefined && { postRate }),
    ...(deviceCategory !== undefined && { deviceCategory }),
  }
  return [
    { put: newRow('EndDevice', device, body) },
    ...(await registrationOf(context, device, { pin: change.pin, pollRate: change.registrationPollRate })),
    ...(await connectionPointOf(context, device, change.connectionPointId)),
    ...serialOf(device, change.serial),
  ]
}

function identityOf({ lfdi, certificate, sfdi }: NewDevice): Lfdi {
  const ofCertificate = certificate === undefined ? undefined : lfdiOfPem(certificate, 'certificate')
  const identity = ofCertificate ?? parseLfdi(lfdi ?? '')
  if (lfdi !== undefined && lfdi !== identity) {
    throw new SepError('invalid', `the LFDI of the certificate is "${identity}"`, { path: 'lfdi' })
  }
  if (sfdi !== undefined && sfdi !== sfdiOf(identity)) {
    throw new SepError('invalid', `the SFDI of this LFDI is ${sfdiOf(identity)}`, { path: 'sfdi' })
  }
  return identity
}

type RegistrationChange = Readonly<{ pin?: number | undefined; pollRate?: number | undefined }>

async function registrationOf(
  { store, clock }: AdminContext,
  { href, scope }: Row<'EndDevice'>,
  { pin, pollRate }: RegistrationChange,
): Promise<readonly Change[]> {
  if (pin === undefined && pollRate === undefined) return []
  const known = (await store.get('Registration', hrefs.registration(href)))?.body
  const pIN = pin === undefined ? known?.pIN : checkedPin(pin)
  if (pIN === undefined) throw new SepError('conflict', 'the device has no PIN yet')
  const body = {
    ...(known ?? { dateTimeRegistered: clock.now() }),
    pIN,
    ...(pollRate !== undefined && { pollRate }),
  }
  return [{ put: newRow('Registration', { href: hrefs.registration(href), parent: href, scope }, body) }]
}

function checkedPin(pin: number): number {
  try {
    return parsePin(pin)
  } catch (cause) {
    throw new SepError('invalid', `the check digit of the PIN is wrong: "${pin}"`, { path: 'pin', cause })
  }
}

async function connectionPointOf(
  { store, config }: AdminContext,
  { href, scope }: Row<'EndDevice'>,
  connectionPointId: string | undefined,
): Promise<readonly Change[]> {
  if (connectionPointId === undefined) return []
  const path = hrefs.connectionPoint(href)
  const known = await store.get('ConnectionPoint', path)
  // the lock is for devices: the operator may correct what was set
  checkConnectionPoint(connectionPointId, known?.body.connectionPointId, { ...config.connectionPoint, locked: false })
  return [{ put: newRow('ConnectionPoint', { href: path, parent: href, scope }, { connectionPointId }) }]
}

function serialOf({ href }: Row<'EndDevice'>, serial: string | undefined): readonly Change[] {
  if (serial === undefined) return []
  return [{ put: newRow('RegisteredSerial', { href: hrefs.registeredSerial(href), parent: href }, { serial }) }]
}
