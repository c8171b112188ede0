import { hrefs } from '../domain/hrefs.ts'
import type { ResourceStore } from './resources.ts'

/** Which certificates are aggregators', at hand without a read, and soon after every change. */
export type AggregatorCertificates = Disposable & Readonly<{ has(lfdi: string): boolean }>

export async function aggregatorsOf(store: Pick<ResourceStore, 'page' | 'watch'>): Promise<AggregatorCertificates> {
  let known: ReadonlySet<string> = new Set()
  const load = async (): Promise<void> => {
    const { rows } = await store.page({ kind: 'Aggregator', parent: hrefs.aggregators })
    known = new Set(rows.flatMap(({ body }) => body.certificates))
  }
  await load()
  const watching = store.watch((parents) => {
    if (parents.has(hrefs.aggregators)) void load()
  })
  return { has: (lfdi) => known.has(lfdi), [Symbol.dispose]: () => watching[Symbol.dispose]() }
}
