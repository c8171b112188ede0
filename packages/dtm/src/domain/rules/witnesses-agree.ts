import { fired, type RuleFinding } from './rule-finding.ts'

/** What one end of an exchange says of a message. */
export type Testimony = Readonly<{
  sha256: string
  status?: number | undefined
  path?: string | undefined
  method?: string | undefined
  from?: string
  to?: string
}>

/** PR-8: the two ends tell of different messages. One of them lies, or someone between them does. */
export function witnessesAgree({ q = 0.5 } = {}) {
  return (one: Testimony, other: Testimony): readonly RuleFinding[] => {
    if (told.every((part) => one[part] === other[part])) return []
    return [
      fired('PR-8', 'major', { on: 'link' }),
      fired('PR-8', 'major', { on: 'sender', q }),
      fired('PR-8', 'major', { on: 'receiver', q }),
    ]
  }
}

const told = ['sha256', 'status', 'path', 'method', 'from', 'to'] as const
