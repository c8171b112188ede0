import type { EventVector } from '../event-vector.ts'
import { replayEvents, type Expect } from '../replay.ts'

type VectorEvent = Partial<EventVector['events'][string]>
type VectorProgram = Partial<EventVector['programs'][number]> & Readonly<{ id: string }>
type Step = Readonly<{ at: number; op: string }>

type Story = Readonly<{
  kind?: EventVector['kind']
  device?: Readonly<Record<string, unknown>>
  programs?: readonly VectorProgram[]
  events: Readonly<Record<string, VectorEvent>>
  steps?: readonly Step[]
  fields?: readonly string[]
  until?: number
}>

/** What became of a story, told for tests: responses as [time, status] by event, states and intervals by event. */
export type Told = Expect & Readonly<{ told: (event: string) => readonly (readonly [at: number, status: number])[] }>

/** Plays a short event vector; each event of the story that no step reads is read at second 0. */
export function play({
  kind = 'DERControl',
  device,
  programs,
  events,
  steps = [],
  fields = [],
  until = 2000,
}: Story): Told {
  const read = new Set(steps.flatMap((step) => ('event' in step ? [step.event] : [])))
  const first = Object.keys(events).filter((id) => !read.has(id))
  const expect = replayEvents({
    format: 'event-vector/1',
    name: 'story',
    kind,
    device: { lfdi: '3E4F45AB31EDFE5B67E343E5E4562E31984E23E5', ...device },
    programs: (programs ?? [{ id: 'P' }]).map((program, index) => ({ mRID: `9${index}`, primacy: index, ...program })),
    events: Object.fromEntries(Object.entries(events).map(([id, event], index) => [id, { ...usual(index), ...event }])),
    steps: [...first.map((id) => see(id, 0)), ...steps],
    fields,
    until,
  })
  const told: Told['told'] = (id) =>
    expect.responses.filter(({ event }) => event === id).map(({ at, status }) => [at, status] as const)
  return { ...expect, told }
}

/** A reading of an event at a time, with the status it shows. */
export function see(event: string, at: number, currentStatus = 0): Step & Readonly<{ event: string }> {
  return { at, op: 'see', event, currentStatus, dateTime: 0 } as Step & { event: string }
}

function usual(index: number): VectorEvent {
  return {
    program: 'P',
    mRID: `A${index}`,
    creationTime: index,
    start: 100,
    duration: 100,
    responseRequired: '07',
    controls: { opModMaxLimW: 5000 },
  }
}
