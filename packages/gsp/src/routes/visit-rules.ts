import { seconds, SepError } from '@gridloom/sep2030'
import type { Target } from '../domain/access.ts'
import { hrefs } from '../domain/hrefs.ts'
import type { Row } from '../store/row.ts'
import type { Only } from './list.ts'
import type { Visit, Wire } from './wire.ts'

/** For what lies below `/edev/:device`: reachable for whom that device is. */
export async function ofOwnDevice(visit: Visit): Promise<Target> {
  const device = await visit.read.get('EndDevice', deviceHref(visit))
  return ownedBy(visit, device)
}

/** The EndDevice of the path, once its target was admitted. */
export async function deviceOf(visit: Visit): Promise<Row<'EndDevice'>> {
  return found(visit, await visit.read.get('EndDevice', deviceHref(visit)))
}

/** The controls that reach a device: once it is distrusted those that were made before, all otherwise. */
export function reaching(
  { trust }: Pick<Wire, 'trust'>,
  { caller, read }: Visit,
  device: Row<'EndDevice'>,
): Only<'DERControl'> | undefined {
  read.note(hrefs.standings)
  const since = Math.min(...[caller.lfdi, device.body.lFDI ?? ''].map((lfdi) => trust.of(lfdi).holdSince ?? Infinity))
  return since === Infinity ? undefined : ({ body }) => seconds(body.creationTime) < Math.floor(since)
}

/** What is not there is missing for those who have something here, and forbidden for strangers. */
export function ownedBy({ caller, path }: Visit, row: Readonly<{ scope?: string }> | undefined): Target {
  if (!row && caller.kind !== 'unregistered') throw new SepError('missing', `nothing there: "${path}"`)
  return { kind: 'owned', scope: row?.scope }
}

export function found<T>({ path }: Pick<Visit, 'path'>, thing: T | undefined): T {
  if (thing === undefined) throw new SepError('missing', `nothing there: "${path}"`)
  return thing
}

function deviceHref({ params }: Visit): string {
  return `${hrefs.endDevices}/${params['device']}`
}
