import { TrustSubject } from '@gridloom/contracts'
import { backoffSeconds, type Client, type Clock, type Logger, type Random } from '@gridloom/kit'
import { z } from 'zod'

export type TrustWatch = Readonly<{
  /** The share of a device's capacity that counts; 1 for whom the DTM does not know, 0 from level 3 on. */
  of(lfdi: string | undefined): number
  run(signal: AbortSignal): Promise<void>
}>

const blockedFrom = 3
const lfdiLength = 40

/** Keeps asking the DTM how its subjects stand: trusted capacity = capacity × Te. */
export function createTrustWatch(
  options: Readonly<{ client: Client; clock: Clock; random: Random; log: Logger; lookSeconds: number }> | undefined,
): TrustWatch {
  let shares: ReadonlyMap<string, number> = new Map()
  const look = async ({ client }: NonNullable<typeof options>, signal: AbortSignal): Promise<void> => {
    const reply = await client.get('/dtm/subjects', signal)
    if (reply.status !== 200) throw new Error(`the DTM answered ${reply.status}`)
    const subjects = z.array(TrustSubject).parse(JSON.parse(reply.body.toString()))
    shares = sharesOf(subjects)
  }
  return {
    of: (lfdi) => (lfdi === undefined ? 1 : (shares.get(lfdi) ?? 1)),
    async run(signal) {
      if (!options) return
      const { clock, random, log, lookSeconds } = options
      for (let failures = 0; !signal.aborted;) {
        try {
          await look(options, signal)
          failures = 0
        } catch (err) {
          if (signal.aborted) return
          if (failures === 0) log.warn({ err }, 'trust not known, last word kept')
          failures += 1
        }
        const seconds = failures > 0 ? 1 + backoffSeconds(failures, random) : lookSeconds
        await clock.sleep(seconds, signal).catch(() => undefined)
      }
    },
  }
}

/** A device is trusted as little as the least trusted of its DCM and its DERs, whose ids begin with its LFDI. */
function sharesOf(subjects: readonly TrustSubject[]): ReadonlyMap<string, number> {
  const least = new Map<string, number>()
  for (const { id, role, vector } of subjects) {
    if (role !== 'DCM' && role !== 'DER') continue
    const lfdi = id.slice(0, lfdiLength)
    const share = vector.level >= blockedFrom ? 0 : vector.Te
    least.set(lfdi, Math.min(share, least.get(lfdi) ?? 1))
  }
  return least
}
