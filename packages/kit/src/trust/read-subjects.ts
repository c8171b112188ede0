import { TrustSubject } from '@gridloom/contracts'
import { z } from 'zod'
import type { Client } from '../client/create-client.ts'
import { backoffSeconds } from '../time/backoff.ts'
import type { Clock } from '../time/clock.ts'
import type { Random } from '../time/random.ts'

export type ReadSubjectsOptions = Readonly<{ client: Client; clock: Clock; random: Random }>

/** All that stand at level 2 or worse, from the DTM itself; tries until it answers or the signal ends it. */
export async function readSubjects(
  { client, clock, random }: ReadSubjectsOptions,
  signal: AbortSignal,
): Promise<readonly TrustSubject[]> {
  for (let failures = 0; ; failures += 1) {
    const answer = await client.get('/dtm/subjects?level>=2', signal).catch(() => undefined)
    signal.throwIfAborted()
    const subjects = answer?.status === 200 ? parsed(answer.body) : undefined
    if (subjects) return subjects
    await clock.sleep(backoffSeconds(failures, random), signal)
  }
}

function parsed(body: Buffer): readonly TrustSubject[] | undefined {
  try {
    return z.array(TrustSubject).parse(JSON.parse(body.toString()))
  } catch {
    return undefined
  }
}
