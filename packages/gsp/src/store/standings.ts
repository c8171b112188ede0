import type { Standing } from '@gridloom/kit'
import { hrefs } from '../domain/hrefs.ts'
import { newRow } from './new-row.ts'
import type { Change, ResourceStore } from './resources.ts'

/** How everybody stood with the DTM when it last said so. */
export async function keptStandings(store: Pick<ResourceStore, 'page'>): Promise<readonly Standing[]> {
  const { rows } = await store.page({ kind: 'Standing', parent: hrefs.standings })
  return rows.map(({ body }) => body)
}

export function keeping(standing: Standing): Change {
  const place = { href: `${hrefs.standings}/${standing.subject}`, parent: hrefs.standings }
  return { put: newRow('Standing', place, standing) }
}
