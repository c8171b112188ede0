import { backoffSeconds, type Backoff } from '../time/backoff.ts'
import { createRandom } from '../time/random.ts'

/** With whoever does not answer: waits longer after each failure, and lets one try at a time until one went well. */
export type Patience = Readonly<{
  mayTry(at: number): boolean
  /** Takes the turn to try: true for everybody while all is well, for one alone after a failure. */
  claim(at: number): boolean
  /** True for the first failure of a row. */
  failed(at: number, askedSeconds?: number): boolean
  /** True when failures went before. */
  succeeded(): boolean
}>

const backoff: Backoff = { firstSeconds: 2, capSeconds: 60 }
// The next in turn tries when one who took the turn has not come back for so long.
const turnSeconds = 15

export function createPatience(name: string): Patience {
  const random = createRandom(`patience/${name}`)
  let failures = 0
  let retryAt = 0
  const mayTry = (at: number): boolean => at >= retryAt
  return {
    mayTry,
    claim: (at) => {
      if (!mayTry(at)) return false
      if (failures > 0) retryAt = at + turnSeconds
      return true
    },
    failed: (at, askedSeconds = 0) => {
      retryAt = at + Math.max(askedSeconds, 0.5 + backoffSeconds(failures, random, backoff))
      failures += 1
      return failures === 1
    },
    succeeded: () => {
      const hadFailed = failures > 0
      failures = 0
      retryAt = 0
      return hadFailed
    },
  }
}
