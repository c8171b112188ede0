import { z } from 'zod'
import { parseWith } from '../parse-with.ts'
import { areaSchema, fleetSchema } from './area-schema.ts'
import { atRest, defaultArea, hertzOf, stepArea, type AreaState } from './area.ts'

const Positive = z.number().positive()

const FrequencyFile = z.object({
  format: z.literal('gridloom.frequency/1'),
  // a scenario may say more than this model reads
  parameters: areaSchema(defaultArea)
    .extend({ fleet: fleetSchema(defaultArea.fleet).strip().prefault({}) })
    .strip()
    .prefault({}),
  integrator: z
    .object({ method: z.literal('rk4').default('rk4'), dt: Positive.default(0.02), rowEvery: Positive.default(0.1) })
    .prefault({}),
  events: z.array(z.object({ t: z.number().nonnegative(), loadStepPu: z.number() })).default([]),
  durationSeconds: Positive.optional(),
})
type FrequencyFile = z.infer<typeof FrequencyFile>

type FrequencyRow = Readonly<{ t: number; hertz: number; loadPu: number; state: AreaState }>
export type FrequencyTrace = Readonly<{ rows: readonly FrequencyRow[]; nadir: Readonly<{ t: number; hertz: number }> }>

/** How long a trace runs that does not say: two minutes, and half a minute past its last event. */
const usualSeconds = 120
const settleSeconds = 30

/** Runs a frequency scenario; a load step counts from the step that begins at its time, a row shows the state before the step. */
export function traceFrequency(document: unknown): FrequencyTrace {
  const { parameters: area, integrator, events, durationSeconds } = parseWith(FrequencyFile, document, 'scenario')
  const { dt, rowEvery } = integrator
  const seconds = durationSeconds ?? Math.max(usualSeconds, ...events.map(({ t }) => t + settleSeconds))
  const [last, stride] = [Math.round(seconds / dt), Math.max(1, Math.round(rowEvery / dt))]
  const loads = loadSteps(events, dt)
  const rows: FrequencyRow[] = []
  let nadir = { t: 0, hertz: area.f0 }
  let [state, loadPu] = [atRest, 0]
  for (let k = 0; k <= last; k += 1) {
    loadPu += loads.get(k) ?? 0
    const at = { t: k * dt, hertz: hertzOf(area, state) }
    if (at.hertz < nadir.hertz) nadir = at
    if (k % stride === 0) rows.push({ ...at, loadPu, state })
    state = stepArea(area, state, loadPu, dt)
  }
  return { rows, nadir }
}

/** The load steps by the number of the first integration step that does not begin before them. */
function loadSteps(events: FrequencyFile['events'], dt: number): Map<number, number> {
  const loads = new Map<number, number>()
  for (const { t, loadStepPu } of events) {
    const k = Math.ceil(t / dt - 1e-6)
    loads.set(k, (loads.get(k) ?? 0) + loadStepPu)
  }
  return loads
}

export function traceCsv({ rows }: FrequencyTrace): string {
  const lines = rows.map(({ t, hertz, loadPu, state: { valve, mech, fleet, setpoint } }) =>
    [
      t.toFixed(2),
      hertz.toFixed(6),
      loadPu.toFixed(4),
      ...[valve, mech, fleet, setpoint].map((pu) => pu.toFixed(7)),
    ].join(','),
  )
  return `t,fHz,loadPu,valvePu,mechPu,fleetPu,setpointPu\n${lines.join('\n')}\n`
}
