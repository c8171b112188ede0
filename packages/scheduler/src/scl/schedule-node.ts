import { SetCal } from '@gridloom/contracts'
import { cyclicOf, longestPeriod } from '../domain/calendar.ts'
import type { Parameters } from '../domain/enabling.ts'
import type { LogicalNode } from './logical-node.ts'
import type { Finding, PlantSchedule } from './plant.ts'

/** SchdPrio of a reserve schedule: all others are above it. */
const reservePriority = 10

export type ScheduleContext = Readonly<{
  ref: string
  isReserve: boolean
  valueType: 'number' | 'boolean'
  /** Watts in one unit of the file. */
  scale: number
  find: (severity: Finding['severity'], path: string, message: string) => void
}>

/** The schedule that a node with class FSCH is; undefined when it cannot be used. */
export function scheduleOf(node: LogicalNode, context: ScheduleContext): PlantSchedule | undefined {
  const { ref, isReserve, valueType, find } = context
  const names = node.objects?.map(({ name }) => name)
  if (!names) {
    find('error', `${ref}/lnType`, `the file has no LNodeType "${node.nodeType}"`)
    return undefined
  }
  const kinds = { ValMV: 'number', ValSPS: 'boolean', ValINS: 'number', ValENS: 'number' } as const
  const values = Object.entries(kinds).filter(([name]) => names.includes(name))
  const [[valueObject, kind] = ['', undefined], another] = values
  if (another || !kind) {
    find('error', ref, `expected one of ValMV, ValSPS, ValINS, ValENS, found ${values.length}`)
    return undefined
  }
  if (kind !== valueType) {
    find('error', `${ref}.${valueObject}`, `the quantity is a ${valueType}, the schedule holds ${kind}s`)
    return undefined
  }
  const entries = entriesOf(names, entryPrefixes[valueObject] ?? '')
  if (entries.length === 0)
    find('error', ref, `no ${entryPrefixes[valueObject]}001: the schedule has room for no value`)
  const starts = names.filter((name) => /^StrTm\d{1,4}$/.test(name)).toSorted()
  const calendars = starts.filter((name) => node.has(`${name}.setCal.occPer`))
  const initial = parametersOf(node, { starts, entries, context })
  const schedule: PlantSchedule = {
    ref,
    id: isReserve ? 'reserve' : String(Number(node.inst)),
    slot: {
      allocatedEntries: entries.length,
      valueType,
      startTimes: starts.length,
      calendars: calendars.length,
      ...(isReserve && { isReserve }),
    },
    isEventDriven: names.includes('EvTrg'),
    initial: isReserve ? alwaysRunning(initial) : initial,
  }
  if (isReserve) checkReserve(schedule, initial, context)
  return schedule
}

/** The priority of a reserve schedule is fixed, and its calendar has no beginning. */
function alwaysRunning(initial: Partial<Parameters>): Partial<Parameters> {
  const calendars = (initial.calendars ?? []).map((setCal) => {
    const { notBefore: _, ...beginningless } = setCal
    return beginningless
  })
  return { ...initial, prio: reservePriority, startTimes: [], calendars }
}

const entryPrefixes: Readonly<Record<string, string>> = {
  ValMV: 'ValASG',
  ValSPS: 'ValSPG',
  ValINS: 'ValING',
  ValENS: 'ValENG',
}

// the index may be padded to one to four digits
function entriesOf(names: readonly string[], prefix: string): readonly string[] {
  const index = (name: string): number => Number(name.slice(prefix.length))
  return names
    .filter((name) => name.startsWith(prefix) && /^\d{1,4}$/.test(name.slice(prefix.length)))
    .toSorted((a, b) => index(a) - index(b))
}

type Names = Readonly<{ starts: readonly string[]; entries: readonly string[]; context: ScheduleContext }>

function parametersOf(node: LogicalNode, { starts, entries, context }: Names): Partial<Parameters> {
  const { ref, valueType, scale, find } = context
  const numEntr = node.numberAt('NumEntr.setVal') ?? 0
  const values = entries.slice(0, numEntr).map((name) => {
    const text = node.textAt(`${name}.setMag.f`) ?? node.textAt(`${name}.setVal`)
    if (text === undefined) return null
    if (valueType === 'boolean') return isTrue(text)
    if (Number.isFinite(Number(text))) return Number(text) * scale
    find('error', `${ref}.${name}`, `"${text}" is no number`)
    return null
  })
  const unit = node.numberAt('SchdIntv.units.SIUnit') ?? secondsUnit
  const seconds = unitSeconds[unit]
  if (seconds === undefined) find('error', `${ref}.SchdIntv.units.SIUnit`, `${unit} is no unit of time: 4, 84 or 85`)
  const prio = node.numberAt('SchdPrio.setVal')
  const reuse = node.textAt('SchdReuse.setVal')
  const evTrg = node.textAt('EvTrg.setVal')
  const inSyn = node.textAt('InSyn.setSrcRef')
  return {
    numEntr,
    values,
    intervalS: (node.numberAt('SchdIntv.setVal') ?? 0) * (seconds ?? 1),
    startTimes: [],
    calendars: starts.flatMap((name) => calendarOf(node, name, context) ?? []),
    ...(prio !== undefined && { prio }),
    ...(reuse !== undefined && { reuse: isTrue(reuse) }),
    ...(evTrg !== undefined && { evTrg: isTrue(evTrg) }),
    ...(inSyn !== undefined && { inSyn }),
  }
}

function isTrue(text: string): boolean {
  return text === 'true' || text === '1'
}

const secondsUnit = 4
const unitSeconds: Readonly<Record<number, number>> = { 4: 1, 84: 3600, 85: 60 }

function calendarOf(node: LogicalNode, name: string, { ref, find }: ScheduleContext): SetCal | undefined {
  const number = (attribute: string): number | undefined => node.numberAt(`${name}.setCal.${attribute}`)
  const occPer = number('occPer')
  if (occPer === undefined) return undefined
  const [weekDay, month, day] = [number('weekDay'), number('month'), number('day')]
  const setTm = node.textAt(`${name}.setTm`)
  const notBefore = setTm === undefined ? undefined : instantOf(setTm)
  const setCal = SetCal.safeParse({
    occ: number('occ') || 1,
    occType: ['Time', 'WeekDay', 'WeekOfYear', 'DayOfMonth', 'DayOfYear'][number('occType') ?? 0],
    occPer: ['Hour', 'Day', 'Week', 'Month', 'Year'][occPer],
    ...(weekDay && { weekDay }),
    ...(month && { month }),
    ...(day && { day }),
    hr: number('hr') ?? 0,
    mn: number('mn') ?? 0,
    ...(notBefore && { notBefore }),
  })
  if (!setCal.success) {
    const [issue] = setCal.error.issues
    find('error', `${ref}.${name}.setCal.${issue?.path.join('.') ?? ''}`, issue?.message ?? 'is not valid')
    return undefined
  }
  if (!cyclicOf(setCal.data)) find('error', `${ref}.${name}.setCal`, 'such a calendar is not followed')
  return setCal.data
}

// a time without a zone is UTC
function instantOf(text: string): number | undefined {
  const milliseconds = Date.parse(/Z|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`)
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000)
}

/** A reserve schedule has no gap: something always runs. */
function checkReserve({ ref, slot }: PlantSchedule, initial: Partial<Parameters>, { find }: ScheduleContext): void {
  const { numEntr = 0, values = [], intervalS = 0, calendars = [], prio } = initial
  if (numEntr < 1) find('error', `${ref}.NumEntr`, 'a reserve schedule has at least one entry')
  if (numEntr > slot.allocatedEntries) {
    find('error', `${ref}.NumEntr`, `${numEntr} entries, but there is room for ${slot.allocatedEntries}`)
  }
  const missing = values.findIndex((value) => value === null)
  if (missing >= 0) find('error', `${ref}.entry ${missing + 1}`, 'the value is missing')
  const [setCal] = calendars
  const cyclic = setCal && cyclicOf(setCal)
  if (!setCal) find('error', `${ref}.StrTm01.setCal`, 'a reserve schedule is cyclic')
  if (cyclic && numEntr * intervalS < longestPeriod(cyclic.cal)) {
    const length = numEntr * intervalS
    find('error', `${ref}.SchdIntv`, `leaves a gap: ${length} s of values for ${longestPeriod(cyclic.cal)} s`)
  }
  if (prio !== undefined && prio !== reservePriority) {
    find('warning', `${ref}.SchdPrio`, `${prio} is taken as ${reservePriority}, which reserve schedules have`)
  }
}
