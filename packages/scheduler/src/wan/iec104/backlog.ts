import { causeOf, causes } from './asdu.ts'

/** Changes that nobody was there to hear, the oldest first. */
export type Backlog = Readonly<{
  /** Keeps those of the messages that tell a change; an answer is for its asker alone. */
  keep(asdus: readonly Buffer[]): void
  /** Hands all over, and forgets them. */
  take(): readonly Buffer[]
}>

// beyond it the oldest are lost: an interrogation tells what holds now
const mostKept = 500

export function createBacklog(): Backlog {
  let kept: readonly Buffer[] = []
  return {
    keep(asdus) {
      kept = [...kept, ...asdus.filter((asdu) => causeOf(asdu) === causes.spontaneous)].slice(-mostKept)
    },
    take() {
      const all = kept
      kept = []
      return all
    },
  }
}
