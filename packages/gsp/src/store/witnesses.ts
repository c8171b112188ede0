import { hrefs } from '../domain/hrefs.ts'
import { newRow } from './new-row.ts'
import type { ResourceStore } from './resources.ts'

/** Clients that number their exchanges, and so report them to the DTM as we do; who once did is expected to go on. */
export type Witnesses = Readonly<{ has(lfdi: string): boolean; note(lfdi: string): void }>

export async function openWitnesses(store: Pick<ResourceStore, 'page' | 'write'>): Promise<Witnesses> {
  const { rows } = await store.page({ kind: 'Witness', parent: hrefs.witnesses })
  const known = new Set(rows.map(({ body }) => body.lfdi))
  return {
    has: (lfdi) => known.has(lfdi),
    note(lfdi) {
      if (known.has(lfdi)) return
      known.add(lfdi)
      const place = { href: `${hrefs.witnesses}/${lfdi}`, parent: hrefs.witnesses }
      // one that is not written is noted again after the next start
      store.write([{ put: newRow('Witness', place, { lfdi }) }]).catch(() => known.delete(lfdi))
    },
  }
}
