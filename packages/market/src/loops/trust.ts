import { TrustSubject } from '@gridloom/contracts'
import { type Client, ClientError, type Clock, type Logger } from '@gridloom/kit'
import { z } from 'zod'
import { trustTerms, type TrustTerms } from '../domain/trust-terms.ts'

const Subjects = z.union([
  z.array(TrustSubject),
  z.object({ subjects: z.array(TrustSubject) }).transform(({ subjects }) => subjects),
])

/** What the trust module last said, by LFDI. While it is away the last word holds. */
export type TrustBook = Map<string, TrustTerms>

/** Reads the subjects of the trust module again and again. */
export async function followTrust(
  deps: Readonly<{
    client: Client
    book: TrustBook
    clock: Clock
    log: Logger
    pollSeconds: number
    refuseLevel: number
  }>,
  signal: AbortSignal,
): Promise<void> {
  const { client, book, clock, log, pollSeconds, refuseLevel } = deps
  let isReached = true
  for (;;) {
    try {
      const { status, body } = await client.get('/dtm/subjects', signal)
      const subjects = Subjects.safeParse(status === 200 ? JSON.parse(body.toString()) : undefined)
      if (!subjects.success) throw new ClientError('protocol', `the trust module answered ${status}`)
      book.clear()
      for (const { id, vector } of subjects.data) {
        const terms = trustTerms(vector, refuseLevel)
        if (terms) book.set(id, terms)
      }
      isReached = true
    } catch (err) {
      if (signal.aborted) return
      if (isReached) log.warn({ err }, 'trust module not reached, last levels kept')
      isReached = false
    }
    try {
      await clock.sleep(pollSeconds, signal)
    } catch (error) {
      if (signal.aborted) return
      throw error
    }
  }
}
