import {
  connectDtm,
  createRandom,
  readSubjects,
  type Clock,
  type Credentials,
  type DtmConfig,
  type Logger,
} from '@gridloom/kit'
import type { Config } from './config.ts'
import { enrol } from './loops/enrolment.ts'
import { membersOfGrid } from './operations/members.ts'
import type { Obey } from './operations/obey.ts'
import type { ResourceStore } from './store/resources.ts'
import type { Witnesses } from './store/witnesses.ts'

export type WatchOptions = Readonly<{
  dtm: DtmConfig
  certs: Credentials
  tls: Config['tls']
  store: ResourceStore
  clock: Clock
  log: Logger
  obey: Obey
  witnesses: Pick<Witnesses, 'isWitness'>
}>

// alerts come by themselves: this mends what got lost while the DTM or this server was away for long
const rereadSeconds = 600

/** What this server says to the DTM unasked, beside its reports: who takes part; and how they stand, read at the start. */
export function openWatch(options: WatchOptions): AsyncDisposable {
  const { dtm: config, certs, tls, store, clock, log, obey, witnesses } = options
  const ending = new AbortController()
  const { signal } = ending
  const client = connectDtm({ config, certs, tls })
  const random = createRandom(certs.lfdi)

  const follow = async (): Promise<void> => {
    for (;;) {
      const asOf = clock.exact()
      await obey.restore(await readSubjects({ client, clock, random }, signal), asOf)
      await clock.sleep(rereadSeconds, signal)
    }
  }
  const members = () => membersOfGrid({ store, isWitness: witnesses.isWitness })
  const running = [follow(), enrol({ client, clock, random, log, store, self: certs.lfdi, members }, signal)].map(
    (loop) =>
      loop.catch((err: unknown) => {
        if (!signal.aborted) log.error({ err }, 'trust module not followed')
      }),
  )
  return {
    async [Symbol.asyncDispose]() {
      ending.abort()
      await Promise.all(running)
      await client[Symbol.asyncDispose]()
    },
  }
}
