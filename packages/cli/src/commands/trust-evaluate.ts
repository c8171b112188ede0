import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  attackNames,
  evaluateTrace,
  generateTrace,
  isAttackName,
  readTrace,
  verdictOf,
  writeTrace,
  type AttackName,
  type Trace,
  type TraceReport,
  type Verdict,
} from '@gridloom/attack'
import { createTrustEngine } from '@gridloom/dtm'
import { drawCourses, drawRoc } from '../chart/trust-charts.ts'
import { parse, UsageError } from '../command.ts'
import { writeJson } from '../io.ts'
import { numberIn } from '../number-in.ts'
import { table } from '../table.ts'

export const evaluateUsage = `gridloom trust evaluate [--fleet N] [--hours H] [--seed S] [--attack NAME]... [--svg DIR] [--write DIR] [--json] [FILE...]
    plays labelled traces to the trust engine and counts what it finds, misses and falsely suspects: a clean one and one for
    each attack of a fleet of N (20) over H hours (3) from a seed (1), or the files given. --attack takes some attacks alone,
    "clean" none; --svg draws trust over time and the ROC curve; --write keeps the traces. Exit code 1 when a target of
    docs/reference/attack.md is missed.`

/** Plays labelled traces to the trust engine and tells how well it parts attackers from the honest; 1 when a target is missed. */
export async function evaluate(argv: readonly string[]): Promise<number> {
  const { values, positionals: files } = parse(argv, {
    fleet: { type: 'string', default: '20' },
    hours: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    attack: { type: 'string', multiple: true },
    svg: { type: 'string' },
    write: { type: 'string' },
    json: { type: 'boolean', default: false },
  })
  const fleet = numberIn('fleet', values.fleet, 5, 10_000)
  const hours = numberIn('hours', values.hours, 2, 168)
  const seed = numberIn('seed', values.seed, 0, 2 ** 32 - 1)
  const chosen = values.attack?.map(attackOf)
  const reports: TraceReport[] = []
  for await (const [name, trace] of tracesOf({
    files,
    fleet,
    hours,
    seed,
    attacks: chosen ?? [undefined, ...attackNames],
  })) {
    if (values.write !== undefined) await keep(values.write, `${name}.trace.jsonl`, (file) => writeTrace(file, trace()))
    const report = evaluateTrace(trace(), createTrustEngine())
    reports.push(report)
    if (values.svg !== undefined) await draw(values.svg, name, report)
  }
  const verdict = verdictOf(reports)
  if (values.svg !== undefined) await keep(values.svg, 'roc.svg', drawRocOf(verdict))
  if (values.json) writeJson({ traces: reports.map(withoutCourses), ...verdict })
  else process.stdout.write(`${render(reports)}\n\n${renderVerdict(verdict)}\n`)
  return verdict.misses.length > 0 ? 1 : 0
}

function attackOf(name: string): AttackName | undefined {
  if (name === 'clean') return undefined
  if (!isAttackName(name)) throw new UsageError(`--attack "${name}" is none of ${attackNames.join(', ')}`)
  return name
}

type Source = Readonly<{
  files: readonly string[]
  fleet: number
  hours: number
  seed: number
  attacks: readonly (AttackName | undefined)[]
}>

/** A trace is played once: whoever needs it twice makes it twice. */
async function* tracesOf({ files, attacks, ...options }: Source): AsyncGenerator<readonly [string, () => Trace]> {
  for (const [index, file] of files.entries()) {
    const trace = await readTrace(file)
    yield [`${index + 1}`, () => trace]
  }
  if (files.length > 0) return
  for (const attack of attacks) yield [attack ?? 'clean', () => generateTrace({ ...options, attack })]
}

async function keep(folder: string, name: string, write: (file: string) => void | Promise<void>): Promise<void> {
  mkdirSync(folder, { recursive: true })
  await write(join(folder, name))
}

function draw(folder: string, name: string, { title, courses }: TraceReport): Promise<void> {
  return keep(folder, `${name}.svg`, (file) => writeFileSync(file, drawCourses(title, courses)))
}

function drawRocOf({ roc, equalErrorRate }: Verdict) {
  return (file: string) => writeFileSync(file, drawRoc('Trust module, all traces', roc, equalErrorRate))
}

function withoutCourses({ courses: _courses, scores: _scores, ...report }: TraceReport) {
  return report
}

const heads = ['trace', 'obs', 'TP', 'FP', 'TN', 'FN', 'found', 'missed', 'suspected', 'delay s', 'after msgs', 'rules']

function render(reports: readonly TraceReport[]): string {
  return table(
    heads,
    reports.map(({ attack, observations, messages, subjects, delays, rules, falseAlerts }) => [
      attack ?? 'clean',
      observations,
      messages.TP,
      messages.FP,
      messages.TN,
      messages.FN,
      subjects.TP,
      subjects.FN,
      falseAlerts.length,
      delays.length > 0 ? Math.round(Math.max(...delays.map(({ seconds }) => seconds))) : '',
      delays.length > 0 ? Math.max(...delays.map((delay) => delay.messages)) : '',
      Object.keys(attack ? rules.accused : rules.others)
        .toSorted()
        .join(' '),
    ]),
  )
}

function renderVerdict(verdict: Verdict): string {
  const { messages, subjects, equalErrorRate, delay, falseAlertsPer10000, misses } = verdict
  const line = (unit: string, of: Verdict['messages']) =>
    `${unit}: precision ${four(of.precision)}, recall ${four(of.recall)}, F1 ${four(of.f1)}, false-positive rate ${of.falsePositiveRate.toExponential(2)}`
  return [
    line('messages', messages),
    line('subjects', subjects),
    `equal error rate ${four(equalErrorRate)}, false alerts per 10,000 clean messages ${falseAlertsPer10000.toFixed(2)}`,
    ...(delay
      ? [
          `detection after ${Math.round(delay.seconds.median)} s and ${delay.messages.median} messages (median), at most ${Math.round(delay.seconds.worst)} s and ${delay.messages.worst} messages`,
        ]
      : []),
    ...(misses.length > 0 ? misses.map((miss) => `target missed: ${miss}`) : ['all targets are met']),
  ].join('\n')
}

function four(value: number): string {
  return value.toFixed(4)
}
