import { hash } from 'node:crypto'
import { Observation, observationBatch, type ObservationReceipt } from '@gridloom/contracts'
import { SepError } from '@gridloom/sep2030'
import type { Answered } from '../store/journal.ts'
import type { Judge } from './judge.ts'

/** Takes batches: what it answers is on the disk. */
export type Intake = Readonly<{ take(peer: string, body: Buffer, sentAt?: number): Promise<ObservationReceipt> }>

type Reply = Readonly<{ sha256: string; receipt: Promise<ObservationReceipt> }>
type Batch = Readonly<{ peer: string; body: Buffer; sha256: string; sentAt: number | undefined }>
type Sorted = Readonly<{ judged: readonly Observation[]; receipt: ObservationReceipt }>

export function createIntake(judge: Judge, answered: readonly Answered[]): Intake {
  const replies = new Map<string, Reply>(
    answered.map(({ peer, sha256, receipt }) => [peer, { sha256, receipt: Promise.resolve(receipt) }]),
  )
  const enter = async ({ peer, body, sha256, sentAt }: Batch): Promise<ObservationReceipt> => {
    const text = body.toString()
    const { judged, receipt } = sorted(parsed(text), peer)
    if (judged.length === 0) return receipt
    const kept = { peer, sha256, receipt }
    const input = { peer, observations: judged, ...(sentAt !== undefined && { sentAt }) }
    if (receipt.accepted < judged.length || receipt.rejected.length > 0) await judge.submit(input, kept)
    else await judge.submitText(input, `${sentAtText(sentAt)}"peer":"${peer}","observations":${text}}`, kept)
    return receipt
  }
  return {
    take: (peer, body, sentAt) => {
      const sha256 = hash('sha256', body)
      // the answer to this batch was lost on its way: whoever sends it again has not said it twice
      const last = replies.get(peer)
      if (last?.sha256 === sha256) return last.receipt
      const receipt = enter({ peer, body, sha256, sentAt })
      replies.set(peer, { sha256, receipt })
      receipt.catch(() => replies.delete(peer))
      return receipt
    },
  }
}

function sentAtText(sentAt: number | undefined): string {
  return sentAt === undefined ? '' : `"sentAt":${sentAt},`
}

function parsed(text: string): readonly unknown[] {
  let batch: unknown
  try {
    batch = JSON.parse(text)
  } catch (error) {
    throw new SepError('invalid', `the batch is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (!Array.isArray(batch)) throw new SepError('invalid', 'the batch is no array of observations')
  if (batch.length > 0 && batch.length <= observationBatch) return batch
  throw new SepError('invalid', `the batch has ${batch.length} observations, not 1 to ${observationBatch}`)
}

/** What is well formed is judged; what somebody reports in another's name is judged against the peer (ID-4), and rejected. */
function sorted(batch: readonly unknown[], peer: string): Sorted {
  const judged: Observation[] = []
  const rejected: { index: number; reason: string }[] = []
  for (const [index, item] of batch.entries()) {
    const result = Observation.safeParse(item)
    if (!result.success) {
      const [issue] = result.error.issues
      rejected.push({ index, reason: `${issue?.path.join('.') || 'observation'}: ${issue?.message ?? 'not valid'}` })
      continue
    }
    judged.push(result.data)
    if (result.data.reporter === peer) continue
    rejected.push({ index, reason: `reporter: "${result.data.reporter}" is not the TLS peer` })
  }
  return { judged, receipt: { accepted: batch.length - rejected.length, rejected } }
}
