import type { TrustAlert } from '@gridloom/contracts'
import type { FindingEvent, GroupEvent, LevelEvent, SelfTestEvent, TrustEvent } from './engine/trust-event.ts'

/** What an alert says of an event, before it has its number. */
export type AlertWords = Omit<TrustAlert, 'id' | 'seq'>

/** The alert that an event gives rise to; findings that are only information give none. */
export function alertOf(event: TrustEvent, eventHash: string): AlertWords | undefined {
  switch (event.kind) {
    case 'finding':
      return event.weight > 0 ? findingAlert(event, eventHash) : undefined
    case 'level':
      return levelAlert(event, eventHash)
    case 'group':
      return { ...commonOf(event, eventHash), type: 'group', ...groupParts(event) }
    case 'self-test':
      return { ...commonOf(event, eventHash), type: 'self-test', severity: 'major', text: short(event.text) }
    default:
      return event satisfies never
  }
}

function findingAlert(event: FindingEvent, eventHash: string): AlertWords {
  const { rule, severity, subject, evidence, merged } = event
  const seen = Object.entries(evidence).map(([name, value]) => `${name} ${value}`)
  const text = short([`${rule} on ${subject}`, ...seen].join(', '))
  return { ...commonOf(event, eventHash), type: 'finding', rule, severity, text, ...merged }
}

function levelAlert(event: LevelEvent, eventHash: string): AlertWords {
  const { from, to, cause, severity, recommended, vector, text } = event
  return {
    ...commonOf(event, eventHash),
    type: 'level-change',
    levelFrom: from,
    levelTo: to,
    rule: cause,
    ...(severity && { severity }),
    text: short(text),
    vector,
    recommended: [...recommended],
  }
}

function groupParts({ rule, severity, recommended, text }: GroupEvent) {
  return { ...(rule && { rule }), severity, recommended: [...recommended], text: short(text) }
}

function commonOf({ at, subject, role }: TrustEvent | SelfTestEvent, eventHash: string) {
  return { at, subject, role, recommended: [], count: 1, firstAt: at, lastAt: at, eventHash }
}

function short(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 199)}…`
}
