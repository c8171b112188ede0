import { fired, type RuleFinding } from './rule-finding.ts'

/** What one end of an exchange says of a message. */
export type Testimony = Readonly<{ sha256: string; status?: number; path?: string }>

/** PR-8: the two ends tell of different messages. One of them lies, or someone between them does. */
export function witnessesAgree({ q = 0.5 } = {}) {
  return (one: Testimony, other: Testimony): readonly RuleFinding[] => {
    if (one.sha256 === other.sha256 && one.status === other.status && one.path === other.path) return []
    return [
      fired('PR-8', 'major', { on: 'link' }),
      fired('PR-8', 'major', { on: 'sender', q }),
      fired('PR-8', 'major', { on: 'receiver', q }),
    ]
  }
}
