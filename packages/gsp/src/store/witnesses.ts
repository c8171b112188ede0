import { hrefs } from '../domain/hrefs.ts'
import { newRow } from './new-row.ts'
import type { ResourceStore } from './resources.ts'

/** Which clients number their exchanges, and so report them to the DTM as we do. */
export type Witnesses = Readonly<{
  /** Undefined for one that was not heard yet; who once was a witness is expected to go on. */
  isWitness(lfdi: string): boolean | undefined
  note(lfdi: string, isNumbered: boolean): void
}>

export async function openWitnesses(store: Pick<ResourceStore, 'page' | 'write'>): Promise<Witnesses> {
  const { rows } = await store.page({ kind: 'Witness', parent: hrefs.witnesses })
  const known = new Map(rows.map(({ body }) => [body.lfdi, body.reports]))
  return {
    isWitness: (lfdi) => known.get(lfdi),
    note(lfdi, reports) {
      const before = known.get(lfdi)
      if (before === true || before === reports) return
      known.set(lfdi, reports)
      const place = { href: `${hrefs.witnesses}/${lfdi}`, parent: hrefs.witnesses }
      // one that is not written is noted again after the next start
      store.write([{ put: newRow('Witness', place, { lfdi, reports }) }]).catch(() => known.delete(lfdi))
    },
  }
}
