import { isTrace, parseTrace, replayTrace, replayTrust, type TraceOutcome } from '@gridloom/dtm'
import { readFileSync } from 'node:fs'
import { parse, single } from '../command.ts'
import { readJson, writeJson } from '../io.ts'
import { table } from '../table.ts'

/** `trust replay FILE`: a vector of scored messages, or a trace of observations. */
export function replay(argv: readonly string[]): number {
  const { values, positionals } = parse(argv, { json: { type: 'boolean' } })
  const file = single(positionals, 'FILE')
  const text = readFileSync(file, 'utf8')
  if (!isTrace(text)) writeJson(replayTrust(readJson(file)), values.json)
  else if (values.json) writeJson(replayTrace(parseTrace(text)), true)
  else process.stdout.write(`${shown(replayTrace(parseTrace(text)))}\n`)
  return 0
}

function shown({ subjects, links, levels, findings, groups, selfTests }: TraceOutcome): string {
  const troubled = links.filter(({ vector }) => vector.s > 0)
  const files = table(
    ['subject', 'role', 'level', 'Te', 'T', 'C', 'r', 's', 'n24'],
    [...subjects, ...troubled].map(({ id, role, vector: { level, Te, T, C, r, s, n24 } }) => [
      short(id),
      id.includes('~') ? 'link' : role,
      level,
      Te.toFixed(4),
      T.toFixed(4),
      C.toFixed(4),
      r.toFixed(2),
      s.toFixed(2),
      n24,
    ]),
  )
  const rules = Map.groupBy(findings, ({ rule, subject, severity }) => `${rule} ${severity} ${short(subject)}`)
  const found = table(
    ['rule', 'severity', 'subject', 'times', 'first', 'last'],
    [...rules].map(([key, all]) => [...key.split(' '), all.length, all[0]?.at ?? 0, all.at(-1)?.at ?? 0]),
  )
  const course = table(
    ['at', 'subject', 'from', 'to', 'why'],
    levels.map(({ at, subject, from, to, cause }) => [at, short(subject), from, to, cause]),
  )
  const alerts = [...groups, ...selfTests].map(({ at, text }) => `${at}  ${text}`)
  return [files, found, course, ...alerts].filter((part) => part.includes('\n') || part.includes('  ')).join('\n\n')
}

/** Enough of an LFDI to tell two apart. */
function short(id: string): string {
  return id.replaceAll(/[0-9A-F]{40}/g, (lfdi) => `${lfdi.slice(0, 8)}…`)
}
