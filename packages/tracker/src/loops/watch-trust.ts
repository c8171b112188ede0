import { TrustSubject } from '@gridloom/contracts'
import { backoffSeconds, type Client, type Clock, type Logger, type Random } from '@gridloom/kit'
import { z } from 'zod'

export type TrustWatch = Readonly<{
  /** The share of a device's capacity that counts; 1 for whom the DTM does not know, 0 from level 3 on. */
  of(lfdi: string | undefined): number
  run(signal: AbortSignal): Promise<void>
}>

const lookSeconds = 30
const blockedFrom = 3

/** Keeps asking the DTM how its subjects stand: trusted capacity = capacity × Te. */
export function createTrustWatch(
  options: Readonly<{ client: Client; clock: Clock; random: Random; log: Logger }> | undefined,
): TrustWatch {
  let shares: ReadonlyMap<string, number> = new Map()
  const look = async ({ client }: NonNullable<typeof options>, signal: AbortSignal): Promise<void> => {
    const reply = await client.get('/dtm/subjects', signal)
    if (reply.status !== 200) throw new Error(`the DTM answered ${reply.status}`)
    const subjects = z.array(TrustSubject).parse(JSON.parse(reply.body.toString()))
    shares = new Map(subjects.map(({ id, vector }) => [id, vector.level >= blockedFrom ? 0 : vector.Te]))
  }
  return {
    of: (lfdi) => (lfdi === undefined ? 1 : (shares.get(lfdi) ?? 1)),
    async run(signal) {
      if (!options) return
      const { clock, random, log } = options
      for (let failures = 0; !signal.aborted;) {
        try {
          await look(options, signal)
          failures = 0
        } catch (err) {
          if (signal.aborted) return
          failures += 1
          log.warn({ err }, 'trust not known')
        }
        const seconds = failures > 0 ? 1 + backoffSeconds(failures, random) : lookSeconds
        await clock.sleep(seconds, signal).catch(() => undefined)
      }
    },
  }
}
