import { createRandom, type Random } from '@gridloom/kit'
import type { Lfdi } from '@gridloom/sep2030'
import type { Act } from './act.ts'
import { createAgenda } from './agenda.ts'
import { converse, type Exchange, type Tamper } from './exchange.ts'
import { drawLfdi, fleetOf, type Member } from './member.ts'
import { momentOf, type Moment, type Order } from './plant.ts'
import { createReporter, type Batch, type Reporter } from './reporter.ts'
import type { ProgramName, Published } from './server-documents.ts'

/** How a party departs from what is right, as long as it does. */
export type Behaviour = Readonly<{
  /** What the meter says in place of the truth, and whether that can be told from it. */
  meter?: (truth: Moment, at: number) => Readonly<{ moment: Moment; act?: Act | undefined }>
  /** Whether the device heeds its orders, and answers for them. */
  optsOut?: boolean
  tamper?: Tamper
}>

export type Party = Readonly<{
  member: Member
  reporter: Reporter
  /** What it knows of the events in its programs. */
  known: Map<string, Known>
  behaviour: { current: Behaviour }
}>

type Known = Readonly<{ program: ProgramName; event: Published }>

/** Everything that a trace tells of, as it happens. */
export type World = Readonly<{
  start: number
  end: number
  random: Random
  gsp: Reporter & Readonly<{ lfdi: Lfdi }>
  parties: readonly Party[]
  /** Does something at a time; what lies beyond the end is left out. */
  later(at: number, task: (at: number) => void): void
  /** A request of a party and its answer, as both ends report it. */
  exchange(party: Party, at: number, exchange: Exchange): void
  publish(event: Published, to: Readonly<{ program: 'system' } | { program: 'own'; party: Party }>): void
  published(party: Party, program: ProgramName): readonly Published[]
  /** Plays it all, batch by batch in the order in which the trust module receives them. */
  play(): Generator<Batch, void, undefined>
}>

export type WorldOptions = Readonly<{ fleet: number; start: number; seconds: number; seed: string }>

export function createWorld({ fleet, start, seconds, seed }: WorldOptions): World {
  const agenda = createAgenda<(at: number) => void>()
  const random = createRandom(`${seed}/world`)
  const end = start + seconds
  const sent: Batch[] = []
  const later = (at: number, task: (at: number) => void): void => agenda.add(at, task)
  const reporterOf = (lfdi: Lfdi, role: 'GSP' | 'DCM'): Reporter =>
    createReporter({ lfdi, role, clockOffset: random.next() - 0.5, later, send: (batch) => void sent.push(batch) })

  const gspLfdi = drawLfdi(random)
  const gsp = { ...reporterOf(gspLfdi, 'GSP'), lfdi: gspLfdi }
  const parties = fleetOf(fleet, seed).map((member): Party => {
    return { member, reporter: reporterOf(member.lfdi, 'DCM'), known: new Map(), behaviour: { current: {} } }
  })
  const system: Published[] = []
  const own = new Map<Party, Published[]>()

  return {
    start,
    end,
    random,
    gsp,
    parties,
    later,
    exchange({ member, reporter: client, behaviour }, at, exchange) {
      converse({ client, server: gsp, random: member.random }, at, exchange, behaviour.current.tamper)
    },
    publish(event, to) {
      if (to.program === 'system') system.push(event)
      else own.set(to.party, [...(own.get(to.party) ?? []), event])
    },
    published: (party, program) => (program === 'system' ? system : (own.get(party) ?? [])),
    *play() {
      for (let entry = agenda.next(); entry && entry.at < end; entry = agenda.next()) {
        entry.item(entry.at)
        yield* sent.splice(0)
      }
    },
  }
}

/** What a device is to keep to by the events that it knows: field by field, and its own program comes first. */
export function orderAt({ member, known, behaviour }: Party, at: number): Order {
  if (behaviour.current.optsOut) return {}
  const running = [...known.values()].filter(({ event: { start, duration } }) => start <= at && at < start + duration)
  const strongestLast = running.toSorted((a, b) => Number(a.program === 'own') - Number(b.program === 'own'))
  return Object.assign({}, ...strongestLast.map(({ event }) => orderOf(event, member)))
}

function orderOf({ base: { opModMaxLimW: limit, opModTargetW: target } }: Published, { rtgMaxW }: Member): Order {
  return {
    ...(limit !== undefined && { limitW: (limit / 10_000) * rtgMaxW }),
    ...(target !== undefined && { targetW: target.value * 10 ** target.multiplier }),
  }
}

const sampleSeconds = 15

/** The mean over a period of what a device did. */
export function meanOf(party: Party, { start, duration }: Readonly<{ start: number; duration: number }>): Moment {
  const count = Math.ceil(duration / sampleSeconds)
  const samples = Array.from({ length: count }, (_, index) => {
    const at = start + ((index + 0.5) * duration) / count
    return momentOf(party.member, at, orderAt(party, at))
  })
  const mean = (of: (moment: Moment) => number) => samples.reduce((sum, sample) => sum + of(sample), 0) / count
  return {
    watts: mean(({ watts }) => watts),
    vars: mean(({ vars }) => vars),
    volts: mean(({ volts }) => volts),
    hertz: mean(({ hertz }) => hertz),
    ...(party.member.kind === 'battery' && { soc: mean(({ soc = 0 }) => soc) }),
  }
}
