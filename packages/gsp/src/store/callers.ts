import type { Lfdi } from '@gridloom/sep2030'
import type { Caller } from '../domain/access.ts'
import { hrefs } from '../domain/hrefs.ts'
import type { Recorder } from './recorder.ts'
import type { ResourceStore } from './resources.ts'

/** Finds out who a certificate speaks for, at once after every change of the operator's registers. */
export type Callers = (lfdi: Lfdi, read: Recorder) => Promise<Caller>

export function createCallers(store: ResourceStore): Callers {
  const aggregatorOf = aggregatorIndex(store)
  return async (lfdi, read) => {
    read.note(hrefs.aggregators)
    const aggregator = (await aggregatorOf()).get(lfdi)
    if (aggregator !== undefined) return { kind: 'aggregator', lfdi, aggregator }
    const device = await read.find('EndDevice', lfdi)
    // one that an aggregator stands for has no voice of its own; a disabled one is not registered any more
    if (device?.scope !== lfdi || device.body.enabled === false) return { kind: 'unregistered', lfdi }
    return { kind: 'device', lfdi }
  }
}

function aggregatorIndex(store: ResourceStore): () => Promise<ReadonlyMap<Lfdi, string>> {
  let revision = -1
  let index: ReadonlyMap<Lfdi, string> = new Map()
  return async () => {
    const current = store.revision(hrefs.aggregators)
    if (current === revision) return index
    const { rows } = await store.page({ kind: 'Aggregator', parent: hrefs.aggregators })
    index = new Map(rows.flatMap(({ href, body }) => body.certificates.map((lfdi) => [lfdi, href] as const)))
    revision = current
    return index
  }
}
