import type { EndDevice } from '@gridloom/sep2030'
import { hrefs } from '../domain/hrefs.ts'
import { newRow } from './new-row.ts'
import type { Change, ResourceStore } from './resources.ts'
import type { Row } from './row.ts'

/** What a registered device begins with: itself and one DER with its four links. */
export function deviceRows(href: string, scope: string, body: EndDevice): readonly Change[] {
  const ders = hrefs.ders(href)
  return [
    { create: newRow('EndDevice', { href, parent: hrefs.endDevices, scope }, body) },
    { create: newRow('DER', { href: `${ders}/1`, parent: ders, scope }, {}) },
  ]
}

/** All that goes with a device that leaves, its readings too; the operator's history keeps a copy. */
export async function removalOf(
  store: Pick<ResourceStore, 'page'>,
  { href, scope, body }: Row<'EndDevice'>,
): Promise<readonly Change[]> {
  const mirrors = await store.page({
    kind: 'MirrorUsagePoint',
    parent: hrefs.mirrors,
    ...(scope !== undefined && { scope }),
  })
  const own = mirrors.rows.filter((mirror) => mirror.body.deviceLFDI.toUpperCase() === body.lFDI)
  return [{ archive: href }, ...own.flatMap((mirror) => removalOfMirror(mirror.href))]
}

export function removalOfMirror(mirror: string): readonly Change[] {
  return [{ archive: mirror }, { archive: hrefs.usagePoint(mirror) }]
}
