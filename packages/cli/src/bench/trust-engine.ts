import type { Observation } from '@gridloom/contracts'
import { createTrustEngine } from '@gridloom/dtm'
import {
  DERControlList,
  DERProgramList,
  encode,
  MirrorMeterReadingList,
  MirrorUsagePoint,
  type Element,
  type ReadingType,
} from '@gridloom/sep2030'
import { XMLParser } from 'fast-xml-parser'
import { hash } from 'node:crypto'
import { byTurns } from './by-turns.ts'
import type { BenchFigure } from './figure.ts'

const rounds = 15
const roundMs = 120
const devices = 200
const minutes = 30
const batch = 50

const gsp = 'A'.repeat(40)
const lfdiOf = (n: number): string => n.toString(16).toUpperCase().padStart(40, '0')
const mRID = (n: number): string => n.toString(16).toUpperCase().padStart(32, '0')
const controlsPath = (n: number): string => `/edev/${n}/fsa/1/derp/1/derc`

type Input = Readonly<{ t: number; observations: readonly Observation[] }>

/** The engine, fed by both ends of a fleet that polls controls and posts readings, against reading each body once by fast-xml-parser. */
export function benchTrustEngine(): BenchFigure {
  const traffic = trafficOf()
  const bodies = traffic.map(({ observations }) =>
    observations.flatMap(({ body, reporter }) => (reporter === gsp ? (body ?? []) : [])),
  )
  const parser = new XMLParser({ ignoreAttributes: false })
  const ours = inTurn(traffic, engineForFleet)
  let at = 0
  return byTurns({
    bench: 'trust',
    metric: 'engine',
    unit: 'observations/s',
    reference: 'fast-xml-parser XMLParser.parse of each body once',
    rounds,
    roundMs,
    ours,
    theirs: () => {
      const index = at++ % bodies.length
      for (const body of bodies[index] ?? []) parser.parse(body)
      return traffic[index]?.observations.length ?? 0
    },
  })
}

/** Gives one batch after the other to an engine; to a new one when all have been given. */
function inTurn(traffic: readonly Input[], make: () => ReturnType<typeof createTrustEngine>): () => number {
  let engine = make()
  let at = 0
  return () => {
    const input = traffic[at++]
    if (!input) {
      engine = make()
      at = 0
      return 0
    }
    engine.observe(input.observations, input.t)
    return input.observations.length
  }
}

function engineForFleet() {
  const engine = createTrustEngine()
  const members = Array.from({ length: devices }, (_, n) => ({ lfdi: lfdiOf(n), role: 'DCM', rtgMaxW: 5000 }) as const)
  engine.register([{ lfdi: gsp, role: 'GSP' }, ...members], 0)
  return engine
}

/** A fleet for half an hour: each device polls its controls each minute and posts its readings each five. */
function trafficOf(): readonly Input[] {
  const inputs: Input[] = []
  const seqs = new Map<string, number>()
  const lists = text(DERControlList, controls())
  const template = text(MirrorMeterReadingList, readings())
  for (let n = 0; n < devices; n++) {
    const programs = text(DERProgramList, programsOf(n))
    add(inputs, seqs, exchange({ n, t: 1, method: 'GET', path: `/edev/${n}/fsa/1/derp`, answer: programs, id: 'p' }))
    add(
      inputs,
      seqs,
      exchange({ n, t: 1, method: 'POST', path: '/mup', body: text(MirrorUsagePoint, mirror(n)), id: 'm' }),
    )
  }
  for (let minute = 0; minute < minutes; minute++) {
    for (let n = 0; n < devices; n++) {
      const t = 60 + minute * 60 + n * 0.25
      add(inputs, seqs, exchange({ n, t, method: 'GET', path: controlsPath(n), answer: lists, id: `g${minute}` }))
      if ((minute + n) % 5 !== 0) continue
      const body = template
        .replaceAll('>1111<', `>${1000 + ((n * 37 + minute * 11) % 900)}<`)
        .replaceAll('>7777<', `>${Math.floor(t)}<`)
      add(inputs, seqs, exchange({ n, t, method: 'POST', path: `/mup/${n}`, body, id: `r${minute}` }))
    }
  }
  return inputs
}

type Exchange = Readonly<{
  n: number
  t: number
  method: string
  path: string
  body?: string
  answer?: string
  id: string
}>

/** The four reports of an exchange. */
function exchange({ n, t, method, path, body, answer, id }: Exchange): readonly Omit<Observation, 'seq'>[] {
  const [client, server] = [{ role: 'DCM', id: lfdiOf(n) } as const, { role: 'GSP', id: gsp } as const]
  const shared = {
    v: 1,
    observedAt: t,
    leg: 'GSP-DCM',
    corr: `${n}-${id}`,
    method,
    path,
    contentType: 'application/sep+xml',
  } as const
  return [client.id, server.id].flatMap((reporter) => [
    { ...shared, ...contentOf(body), reporter, from: client, to: server, kind: 'request' } as const,
    {
      ...shared,
      ...contentOf(answer),
      reporter,
      from: server,
      to: client,
      kind: 'response',
      status: method === 'GET' ? 200 : 201,
    } as const,
  ])
}

function contentOf(body: string | undefined) {
  return {
    length: body?.length ?? 0,
    sha256: hash('sha256', body ?? '', 'hex'),
    ...(body !== undefined && { body: `${body} `.slice(0, -1) }),
  }
}

/** Puts reports into batches, numbered by their reporter. */
function add(inputs: Input[], seqs: Map<string, number>, reports: readonly Omit<Observation, 'seq'>[]): void {
  for (const report of reports) {
    const seq = (seqs.get(report.reporter) ?? -1) + 1
    seqs.set(report.reporter, seq)
    const last = inputs.at(-1)
    const observation = { ...report, seq }
    if (last && last.observations.length < batch)
      inputs[inputs.length - 1] = { t: report.observedAt, observations: [...last.observations, observation] }
    else inputs.push({ t: report.observedAt, observations: [observation] })
  }
}

function text<T>(element: Element<T>, value: T): string {
  return new TextDecoder().decode(encode(element, value))
}

function programsOf(n: number): DERProgramList {
  const program = {
    href: `/edev/${n}/fsa/1/derp/1`,
    mRID: mRID(9),
    primacy: 1,
    DERControlListLink: { href: controlsPath(n), all: 3 },
  }
  return { href: `/edev/${n}/fsa/1/derp`, all: 1, results: 1, pollRate: 60, DERProgram: [program] }
}

function controls(): DERControlList {
  const DERControl = Array.from({ length: 3 }, (_, n) => ({
    href: `/derp/1/derc/${n}`,
    replyTo: '/rsps/1/rsp',
    responseRequired: '00',
    mRID: mRID(100 + n),
    creationTime: 0,
    EventStatus: { currentStatus: n === 0 ? 1 : 0, dateTime: 0, potentiallySuperseded: false },
    interval: { duration: 3600, start: n * 3600 },
    DERControlBase: { opModMaxLimW: 9000 },
  }))
  return { href: '/derp/1/derc', all: 3, results: 3, DERControl }
}

const series: readonly ReadingType[] = [
  { commodity: 1, kind: 37, dataQualifier: 2, flowDirection: 19, powerOfTenMultiplier: 0, uom: 38 },
  { commodity: 1, kind: 37, dataQualifier: 2, flowDirection: 19, powerOfTenMultiplier: 0, uom: 63 },
  { commodity: 1, kind: 0, dataQualifier: 2, flowDirection: 0, powerOfTenMultiplier: -1, uom: 29 },
  { commodity: 1, kind: 0, dataQualifier: 2, flowDirection: 0, powerOfTenMultiplier: -2, uom: 33 },
]

function mirror(n: number): MirrorUsagePoint {
  const MirrorMeterReading = series.map((ReadingType, index) => ({ mRID: mRID(index + 1), ReadingType }))
  return {
    mRID: mRID(n),
    roleFlags: '0049',
    serviceCategoryKind: 0,
    status: 1,
    deviceLFDI: lfdiOf(n),
    MirrorMeterReading,
  }
}

function readings(): MirrorMeterReadingList {
  const MirrorMeterReading = series.map((_, index) => ({
    mRID: mRID(index + 1),
    lastUpdateTime: 7777,
    nextUpdateTime: 7777,
    Reading: { qualityFlags: '0000', timePeriod: { duration: 300, start: 7777 }, value: 1111 },
  }))
  return { all: series.length, results: series.length, MirrorMeterReading }
}
