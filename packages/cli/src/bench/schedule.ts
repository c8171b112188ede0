import { createEngine, createLife, enable, type Life, type Placed, statusOf } from '@gridloom/scheduler'
import { byTurns } from './by-turns.ts'
import type { BenchFigure } from './figure.ts'

const devices = 1000
const schedulesEach = 10
const entries = 100
const start = Date.UTC(2027, 2, 1, 12) / 1000

/**
 * One second of 1,000 devices with 10 schedules of 100 values each, in seconds worked through per second: by an agenda of what is
 * due, against a look at every schedule.
 */
export async function benchSchedule(): Promise<readonly BenchFigure[]> {
  const plants = Array.from({ length: devices }, (_, device) =>
    Array.from({ length: schedulesEach }, (__, schedule) => placed(device, schedule)),
  )
  agree(plants)
  return [
    byTurns({
      bench: 'schedule',
      metric: `tick ${devices * schedulesEach}x${entries}`,
      unit: 'ticks/s',
      reference: 'a linear scan of all schedules',
      rounds: 5,
      roundMs: 400,
      ours: ticker(plants),
      theirs: scanner(plants),
    }),
  ]
}

type Plants = readonly (readonly Placed[])[]

function ticker(plants: Plants): () => void {
  const engine = engineOf(plants)
  let now = start
  return () => {
    now += 1
    engine.advance(now)
  }
}

function scanner(plants: Plants): () => void {
  let now = start
  return () => {
    now += 1
    for (const list of plants) strongest(list, now)
  }
}

function engineOf(plants: Plants) {
  const engine = createEngine()
  for (const [device, list] of plants.entries()) engine.add(String(device), list, start)
  return engine
}

/** What a controller says when every schedule is looked at. */
function strongest(list: readonly Placed[], now: number): Readonly<{ source: string; value: unknown }> | undefined {
  let best: Readonly<{ ref: string; life: Life; value: unknown; since: number }> | undefined
  for (const { ref, life } of list) {
    const { value, actStrTm } = statusOf(life, now)
    if (actStrTm === null) continue
    const above = best ? life.parameters.prio - best.life.parameters.prio || actStrTm - best.since : 1
    if (above > 0) best = { ref, life, value, since: actStrTm }
  }
  return best && { source: best.ref, value: best.value }
}

function placed(device: number, schedule: number): Placed {
  const number = device * schedulesEach + schedule
  const isCyclic = schedule % 2 === 0
  const life = createLife(
    { allocatedEntries: entries, valueType: 'number' },
    {
      prio: 11 + ((number * 7) % 20),
      numEntr: entries,
      intervalS: 300 + ((number * 37) % 600),
      values: Array.from({ length: entries }, (_, entry) => (number * 31 + entry * 17) % 5000),
      startTimes: isCyclic ? [] : [start - ((number * 997) % 14_400), start + 3600 + ((number * 13) % 3600)],
      calendars: isCyclic ? [{ occ: 1, occType: 'Time', occPer: 'Day', hr: number % 24, mn: number % 60 }] : [],
    },
  )
  return { ref: String(number), life: enable(life, start).life }
}

/** A figure is worth nothing when the two do not say the same. */
function agree(plants: Plants): void {
  const engine = engineOf(plants)
  const now = start + 7000
  for (let at = start; at <= now; at += 500) engine.advance(at)
  for (const [device, list] of plants.entries()) {
    const { source, value } = engine.outputOf(String(device)) ?? {}
    const expected = strongest(list, now)
    if (source === (expected?.source ?? null) && value === (expected?.value ?? null)) continue
    throw new Error(`device ${device}: "${source}" says ${value}, a look at all says ${JSON.stringify(expected)}`)
  }
}
