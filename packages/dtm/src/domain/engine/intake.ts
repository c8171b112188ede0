import type { Observation } from '@gridloom/contracts'
import { clockOf, inSequence } from '../rules/reports.ts'
import { fired, type RuleFinding } from '../rules/rule-finding.ts'
import type { Memory } from '../world/memory.ts'
import { plan } from '../world/timers.ts'
import { memoryOf, type World } from '../world/world.ts'
import { judge } from './judge.ts'
import { judgeAtOnce } from './judge-at-once.ts'
import { judgeMessage, linkOf, type Court } from './judge-message.ts'
import { inTime } from './message-kind.ts'
import { pair, type Waiting } from './pairing.ts'
import { judgeProbe } from './probe.ts'
import type { TrustEvent } from './trust-event.ts'

export type Intake = Court & Readonly<{ waiting: Waiting }>

const timely = clockOf()
const numbered = inSequence()

/** Takes a batch of reports: first what the reports themselves show of their reporter, then what they tell. */
export function takeIn(
  observations: readonly Observation[],
  { t, peer, sentAt }: Readonly<{ t: number; peer: string | undefined; sentAt: number | undefined }>,
  intake: Intake,
): readonly TrustEvent[] {
  const own = observations.filter(
    ({ reporter }) => (peer === undefined || reporter === peer) && intake.world.registry.has(reporter),
  )
  const impostor =
    peer !== undefined && observations.some(({ reporter }) => reporter !== peer)
      ? blame(peer, t, { findings: [fired('ID-4', 'critical')], of: [] }, intake)
      : []
  const batches = Map.groupBy(own, ({ reporter }) => reporter)
  return [
    ...impostor,
    ...[...batches].flatMap(([reporter, batch]) => takeBatch(batch, { reporter, t, sentAt }, intake)),
  ]
}

function takeBatch(
  observations: readonly Observation[],
  { reporter, t, sentAt }: Readonly<{ reporter: string; t: number; sentAt: number | undefined }>,
  intake: Intake,
): readonly TrustEvent[] {
  const { clock, registry } = intake.world
  // what the DTM saw itself needs no doubt
  if (registry.get(reporter)?.role === 'DTM')
    return observations.flatMap((observation) => takeOne(observation, t, intake))
  const memory = reporterOf(intake.world, reporter)
  // while the DTM was away, reports had to wait
  const excusedBefore = Math.max(t <= clock.awayUntil + excusedSeconds ? clock.awayUntil : -1, heldUntil(t, sentAt))
  const batch = { t, observations, memory, excusedBefore }
  const { findings, fresh } = numbered(batch)
  memory.front = fresh.reduce((latest, { observedAt }) => Math.max(latest, observedAt), memory.front ?? 0)
  const foreign = fresh.filter((observation) => !concerns(observation, reporter))
  const all = [
    ...findings,
    ...timely({ ...batch, observations: fresh }),
    ...(foreign.length > 0 ? [fired('ID-4', 'critical', { evidence: { foreign: foreign.length } })] : []),
  ]
  const blamed = all.length === 0 ? [] : blame(reporter, t, { findings: all, of: observations }, intake)
  const told = foreign.length === 0 ? fresh : fresh.filter((observation) => concerns(observation, reporter))
  return [...blamed, ...told.flatMap((observation) => takeOne(observation, t, intake))]
}

const excusedSeconds = 600

/** Until when reports waited at their reporter, on the disk or for company: as it says itself, if its clock is right. */
function heldUntil(t: number, sentAt: number | undefined): number {
  return sentAt !== undefined && Math.abs(t - sentAt) <= timelySeconds ? sentAt - 1 : -1
}

const timelySeconds = 30

function reporterOf(world: World, reporter: string): NonNullable<Memory['reporter']> {
  const memory = memoryOf(world, reporter)
  memory.reporter ??= { last: -1, batch: { first: -1, last: -1, at: -1, isRetried: false }, missing: [], skewed: 0 }
  return memory.reporter
}

/** The reports of a batch are one message to the DTM: it counts once, and the DTM saw it itself. */
function blame(
  reporter: string,
  t: number,
  { findings, of }: Readonly<{ findings: readonly RuleFinding[]; of: readonly Observation[] }>,
  intake: Intake,
): readonly TrustEvent[] {
  const observationIds = of.slice(0, 3).map(({ seq }) => `${reporter}:${seq}`)
  return judge({ subject: reporter, t, g: 0, delta: 1, tests: [], findings, observationIds }, intake)
}

/** One reports what it said or heard itself, or what the device behind it did. */
function concerns({ from, to }: Observation, reporter: string): boolean {
  return [from.id, to.id].some((id) => id === reporter || id.startsWith(`${reporter}/`))
}

function takeOne(observation: Observation, t: number, intake: Intake): readonly TrustEvent[] {
  const { world, waiting } = intake
  if (observation.probe === true) return judgeProbe(observation, t, intake)
  if (observation.kind === 'heartbeat') return beat(observation, t, intake)
  if (observation.polls) rememberSum(observation, intake)
  if (!isWitnessedTwice(observation, world)) return judgeMessage({ at: t, observation }, intake, t)
  const pairing = pair(observation, { world, waiting, t })
  if (pairing.kind === 'told') return judgeMessage(pairing.testimony, intake, t)
  if (world.registry.get(observation.reporter)?.role !== 'GSP') return []
  const { events, blamed } = judgeAtOnce(observation, intake, t)
  const pending = world.pending.get(pairing.id)
  if (pending) world.pending.set(pairing.id, { ...pending, blamed })
  return events
}

function beat({ reporter, seq }: Observation, t: number, intake: Intake): readonly TrustEvent[] {
  const { world, settings } = intake
  const memory = reporterOf(world, reporter)
  if (memory.heartbeatAt === undefined) {
    world.clock.count += 1
    plan(world.timers, {
      kind: 'heartbeat',
      due: t + 3 * settings.heartbeatSeconds,
      order: world.clock.count,
      subject: reporter,
    })
  }
  memory.heartbeatAt = t
  return judge(
    { subject: reporter, t, delta: 1, findings: [], observationIds: [`${reporter}:${seq}`], ...inTime },
    intake,
  )
}

const mostSums = 32

/** For an interval, one end summed up its polls: those of the other end have no counterpart. */
function rememberSum({ from, to, observedAt, polls }: Observation, { world, settings }: Intake): void {
  const memory = memoryOf(world, linkOf(from.id, to.id))
  // a report that came in time, and waits for its counterpart, is at most twice that old
  const oldest = world.clock.now - 3 * settings.pairSeconds
  const recent = (memory.summarised ?? []).filter((one) => one.to >= oldest)
  memory.summarised = [...recent, { from: observedAt - (polls?.seconds ?? 0), to: observedAt }].slice(-mostSums)
}

const exchanged: ReadonlySet<string> = new Set(['request', 'response', 'notification'])

/** Between a server and its client both report, unless one is known to have no observer, or had none then. */
function isWitnessedTwice({ leg, kind, polls, from, to, observedAt }: Observation, world: World): boolean {
  if (leg !== 'GSP-DCM' || polls !== undefined || !exchanged.has(kind)) return false
  const ends = [from.id, to.id].map((id) => world.registry.get(id))
  if (!ends.some((end) => end?.role === 'GSP')) return false
  return ends.every((end) => {
    if (end === undefined || end.reports === false) return false
    return observedAt >= (world.memories.get(end.lfdi)?.reportsSince ?? -Infinity)
  })
}
