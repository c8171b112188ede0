import type { Lfdi } from '@gridloom/sep2030'
import type { Caller } from '../domain/access.ts'
import { hrefs } from '../domain/hrefs.ts'
import type { Recorder } from './recorder.ts'
import type { ResourceStore } from './resources.ts'

/** Finds out who a certificate speaks for, at once after every change of the operator's registers. */
export type Callers = (lfdi: Lfdi, read: Recorder) => Promise<Caller>

export function createCallers(store: ResourceStore): Callers {
  const aggregators = aggregatorIndex(store)
  return async (lfdi, read) => {
    read.note(hrefs.aggregators)
    const index = aggregators.current() ?? (await aggregators.load())
    const aggregator = index.get(lfdi)
    if (aggregator !== undefined) return { kind: 'aggregator', lfdi, aggregator }
    const device = await read.find('EndDevice', lfdi)
    // one that an aggregator stands for has no voice of its own; a disabled one is not registered any more
    if (device?.scope !== lfdi || device.body.enabled === false) return { kind: 'unregistered', lfdi }
    return { kind: 'device', lfdi }
  }
}

type Index = ReadonlyMap<Lfdi, string>

/** Which aggregator each of their certificates belongs to, kept as long as none of them changes. */
function aggregatorIndex(store: ResourceStore): Readonly<{ current(): Index | undefined; load(): Promise<Index> }> {
  let revision = -1
  let index: Index = new Map()
  return {
    current: () => (store.revision(hrefs.aggregators) === revision ? index : undefined),
    load: async () => {
      revision = store.revision(hrefs.aggregators)
      const { rows } = await store.page({ kind: 'Aggregator', parent: hrefs.aggregators })
      index = new Map(rows.flatMap(({ href, body }) => body.certificates.map((lfdi) => [lfdi, href] as const)))
      return index
    },
  }
}
