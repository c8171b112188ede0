import { statusOf, SepError } from '@gridloom/sep2030'
import type { Failure } from '@gridloom/kit'

/** What is wrong with a batch, item by item; nothing of it was done. */
class RefusedItems extends Error {
  override readonly name = 'RefusedItems'
  readonly code: 'invalid' | 'conflict'
  readonly issues: NonNullable<Failure['issues']>
  constructor(refusals: readonly SepError[]) {
    super(`${refusals.length} of the batch cannot be`)
    this.code = refusals.every(({ code }) => code === 'conflict') ? 'conflict' : 'invalid'
    this.issues = refusals.map(({ path = '', message }) => ({ path, message }))
  }
}

/** Does the same for every item in its turn; when some are refused, all refusals are told together. */
export async function eachItem<Item, Done>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Done>,
): Promise<readonly Done[]> {
  const done: Done[] = []
  const refusals: SepError[] = []
  for (const [index, item] of items.entries()) {
    try {
      done.push(await work(item, index))
    } catch (error) {
      if (!(error instanceof SepError)) throw error
      refusals.push(error)
    }
  }
  if (refusals.length > 0) throw new RefusedItems(refusals)
  return done
}

/** A refused batch in the words of its face; undefined for every other error. */
export function explainItems(error: unknown): Failure | undefined {
  if (!(error instanceof RefusedItems)) return undefined
  const { code, message, issues } = error
  return { status: statusOf[code], code, message, issues }
}
