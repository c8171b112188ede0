import type { Observation } from '@gridloom/contracts'
import { learnOfServer } from '../world/learn.ts'
import { messageOf } from '../world/message-of.ts'
import { sentence, subjectOfFinding, type Court } from './judge-message.ts'
import { foundBy } from './rule-list.ts'
import type { TrustEvent } from './trust-event.ts'

/** What was found at once, and whom it was held against. */
export type AtOnce = Readonly<{ events: readonly TrustEvent[]; blamed: readonly string[] }>

const nobody: AtOnce = { events: [], blamed: [] }

/** Judges what a server alone has told so far by the rules that need no second witness. */
export function judgeAtOnce(report: Observation, court: Court, t: number): AtOnce {
  const { world, rules, read } = court
  const testimony = { at: t, observation: withWhatMatters(report) }
  const { message } = messageOf(testimony, { world, read, t })
  learnOfServer(message, world)
  const findings = foundBy(rules.atOnce, message, world)
  if (findings.length === 0) return nobody
  const blamed = [...new Set(findings.map((finding) => subjectOfFinding(finding, message)))]
  return { events: sentence(findings, { message, testimony, court }), blamed }
}

const naming: ReadonlySet<string | undefined> = new Set(['EndDevice', 'EndDeviceList', 'MirrorUsagePointList'])

/** Only what a client writes, and who owns what, is read before the other end has told. */
function withWhatMatters(report: Observation): Observation {
  const isWritten = report.kind === 'request' && report.method !== 'GET'
  if (report.body === undefined || isWritten || naming.has(report.resource)) return report
  const { body: _, ...bare } = report
  return bare
}
