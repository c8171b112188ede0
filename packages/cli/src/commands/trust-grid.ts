import { TrustAlert, TrustRegistration, TrustSubject } from '@gridloom/contracts'
import type { Admin } from '@gridloom/devnet'
import { createClient, readCredentials } from '@gridloom/kit'
import { z } from 'zod'
import { openAdmin } from '../admin.ts'
import { parse, single, UsageError } from '../command.ts'
import { addressOf, openGrid } from '../grid.ts'
import { writeJson } from '../io.ts'
import { table } from '../table.ts'

type Verb = (argv: readonly string[]) => Promise<number>

export const gridUsage = `gridloom trust list [--level N] [--grid FILE] [--json]
gridloom trust show SUBJECT [--grid FILE] [--json]
gridloom trust release SUBJECT [--grid FILE] [--json]
gridloom trust alerts [--since N] [--grid FILE] [--json]
gridloom trust verify [--grid FILE] [--json]
gridloom trust trace [--grid FILE] > FILE
    ask the trust module of the running grid. A subject is a name or an LFDI, NAME/der/1 or a link NAME~NAME;
    --level lists those at a level or worse. "release" ends a block; "verify" checks the hash chain of the event log and
    exits with 1 when it is broken; "trace" prints all that was reported, for "replay".`

/** What an operator asks the trust module of a running grid. */
export const gridVerbs: Readonly<Record<string, Verb>> = { list, show, release, alerts, verify, trace }

const shared = { grid: { type: 'string' }, json: { type: 'boolean' } } as const
const levels = ['normal', 'watch', 'suspect', 'distrusted', 'blocked']

async function list(argv: readonly string[]): Promise<number> {
  const { values } = parse(argv, { ...shared, level: { type: 'string' } })
  const level = Number(values.level ?? 0)
  if (!Number.isInteger(level) || level < 0 || level > 4) throw new UsageError('--level is 0 to 4')
  await using dtm = openAdmin(values.grid, 'dtm', 'url')
  const subjects = await dtm.get(`/dtm/subjects?level>=${level}`, z.array(TrustSubject))
  if (values.json) for (const subject of subjects) writeJson(subject, true)
  else process.stdout.write(`${listed(subjects, namesIn(values.grid))}\n`)
  return 0
}

async function show(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, shared)
  await using dtm = openAdmin(values.grid, 'dtm', 'url')
  const id = subjectOf(single(positionals, 'SUBJECT'), await namesOf(dtm, values.grid))
  const subject = await dtm.get(pathOf(id), TrustSubject)
  if (values.json) writeJson(subject, true)
  else process.stdout.write(`${shown(subject, namesIn(values.grid))}\n`)
  return 0
}

async function release(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, shared)
  await using dtm = openAdmin(values.grid, 'dtm', 'url')
  const id = subjectOf(single(positionals, 'SUBJECT'), await namesOf(dtm, values.grid))
  const subject = await dtm.post(`/dtm/subjects/${encodeURIComponent(id)}/release`, undefined, TrustSubject)
  if (values.json) writeJson(subject, true)
  else process.stdout.write(`${nameOf(id, namesIn(values.grid))} is at ${levelName(subject.vector.level)}\n`)
  return 0
}

async function alerts(argv: readonly string[]): Promise<number> {
  const { values } = parse(argv, { ...shared, since: { type: 'string' } })
  await using dtm = openAdmin(values.grid, 'dtm', 'url')
  const told = await dtm.get(`/dtm/alerts?limit=1000&since=${Number(values.since ?? 0)}`, z.array(TrustAlert))
  if (values.json) for (const alert of told) writeJson(alert, true)
  else {
    process.stdout.write(`${toldOf(told, await namesOf(dtm, values.grid))}\n`)
  }
  return 0
}

const Verdict = z.object({
  ok: z.boolean(),
  records: z.int(),
  head: z.string(),
  broken: z.object({ position: z.int(), id: z.string() }).optional(),
})

async function verify(argv: readonly string[]): Promise<number> {
  const { values } = parse(argv, shared)
  await using dtm = openAdmin(values.grid, 'dtm', 'url')
  const verdict = await dtm.get('/dtm/verify', Verdict)
  const { ok, records, head, broken } = verdict
  if (values.json) writeJson(verdict, true)
  else if (ok) process.stdout.write(`${records} records follow each other unbroken; the last has the hash ${head}\n`)
  else process.stdout.write(`record ${broken?.position} (${broken?.id}) is not what it was\n`)
  return ok ? 0 : 1
}

async function trace(argv: readonly string[]): Promise<number> {
  const { values } = parse(argv, { grid: shared.grid })
  const grid = openGrid(values.grid)
  const certs = readCredentials({ ...grid.certs.operator, ca: grid.certs.ca })
  await using client = createClient({ origin: addressOf(grid, 'dtm'), certs, mediaType: '*/*', ...patient })
  const { status, body } = await client.get('/dtm/trace')
  if (status !== 200) throw new Error(body.toString())
  process.stdout.write(body)
  return 0
}

// A trace is as long as the journal.
const patient = { totalSeconds: 600, bodyBytes: 2 ** 30 }

/** The trust module knows LFDIs; the names are the local grid's own. */
function namesIn(gridFile: string | undefined): ReadonlyMap<string, string> {
  return new Map(openGrid(gridFile).certs.devices.map(({ lfdi, name }) => [lfdi, name]))
}

/** The names of the local grid, and those that actors have in the trust module's register. */
async function namesOf(dtm: Admin, gridFile: string | undefined): Promise<ReadonlyMap<string, string>> {
  const registered = await dtm.get('/dtm/registry', z.array(TrustRegistration))
  const names = registered.flatMap(({ lfdi, name }) => (name === undefined ? [] : [[lfdi, name] as const]))
  return new Map([...namesIn(gridFile), ...names])
}

/** The key of a subject, in which an LFDI may be given by its name. */
function subjectOf(given: string, names: ReadonlyMap<string, string>): string {
  const lfdis = new Map([...names].map(([lfdi, name]) => [name, lfdi]))
  return given.replaceAll(/[^~/]+/g, (part) => lfdis.get(part) ?? part)
}

function pathOf(id: string): string {
  return `/dtm/${id.includes('~') ? 'links' : 'subjects'}/${encodeURIComponent(id)}`
}

function listed(subjects: readonly TrustSubject[], names: ReadonlyMap<string, string>): string {
  const worstFirst = subjects.toSorted((a, b) => b.vector.level - a.vector.level || a.vector.Te - b.vector.Te)
  return table(
    ['subject', 'role', 'level', 'Te', 'T', 'C', 'n24', 'last seen'],
    worstFirst.map(({ id, role, name, vector, lastAt, held }) => [
      name ?? nameOf(id, names),
      role,
      levelName(vector.level) + (held ? ' (held)' : ''),
      vector.Te.toFixed(4),
      vector.T.toFixed(4),
      vector.C.toFixed(4),
      vector.n24,
      timeOf(lastAt),
    ]),
  )
}

function shown({ id, role, vector, ...facts }: TrustSubject, names: ReadonlyMap<string, string>): string {
  const { name, serial, group, rtgMaxW, levelSince, lastAt, provisional, held } = facts
  const rows: readonly (readonly (string | number)[])[] = [
    ['subject', name ?? nameOf(id, names)],
    ['id', id],
    ['role', role],
    ...(serial === undefined ? [] : [['serial', serial]]),
    ...(group === undefined ? [] : [['group', group]]),
    ...(rtgMaxW === undefined ? [] : [['rtgMaxW', String(rtgMaxW)]]),
    ['level', `${levelName(vector.level)}${provisional ? ', provisional' : ''}${held ? ', held' : ''}`],
    ['since', timeOf(levelSince)],
    ['last seen', timeOf(lastAt)],
    ...Object.entries(vector).map(([entry, value]) => [entry, String(value)]),
  ]
  return table(['', ''], rows).trimStart()
}

function toldOf(told: readonly TrustAlert[], names: ReadonlyMap<string, string>): string {
  return table(
    ['no', 'time', 'type', 'subject', 'level', 'rule', 'severity', 'count', 'text'],
    told.map(({ seq, at, type, subject, levelFrom, levelTo, rule = '', severity = '', count, text }) => [
      seq,
      timeOf(at),
      type,
      nameOf(subject, names),
      levelTo === undefined ? '' : `${levelFrom} → ${levelTo}`,
      rule,
      severity,
      count,
      text,
    ]),
  )
}

function nameOf(id: string, names: ReadonlyMap<string, string>): string {
  return id.replaceAll(/[0-9A-F]{40}/g, (lfdi) => names.get(lfdi) ?? lfdi)
}

function levelName(level: number): string {
  return `${level} ${levels[level]}`
}

function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19)
}
