import { seconds, unscaled, type DERControl, type FlowReservationResponse } from '@gridloom/sep2030'
import { fullMrid, type EventCopy, type Program } from './scheduling/event.ts'
import type { ScheduleInput } from './scheduling/schedule.ts'
import type { Assigned, View } from './view.ts'

/** What a sweep says about DER controls: the programs assigned now, and a copy of each of their events. */
export function controlInputs(server: string, { assigned }: View): ScheduleInput[] {
  return [
    { type: 'programs', server, programs: assigned.map((one) => programOf(server, one)) },
    ...assigned.flatMap((one) => one.controls.map((control) => seen(controlCopy(server, one, control)))),
  ]
}

/** What a sweep says about the flows that this device asked for: `subjects` are the mRIDs of its requests. */
export function flowInputs(server: string, { grants }: View, subjects: ReadonlySet<string>): ScheduleInput[] {
  return grants.filter(({ subject }) => subjects.has(fullMrid(subject))).map((grant) => seen(flowCopy(server, grant)))
}

function programOf(server: string, { program, defaultControl }: Assigned): Program {
  const { mRID, primacy } = program
  const base = defaultControl && controlsOf(defaultControl)
  return { id: programId(server, mRID), server, mRID, primacy, ...(base && { default: base }) }
}

function programId(server: string, mRID: string): string {
  return `${server}/${fullMrid(mRID)}`
}

// Ramp time is no mode: it goes with the modes of its control and is nobody's to supersede.
function controlsOf({ DERControlBase }: Pick<DERControl, 'DERControlBase'>) {
  const { rampTms: _, ...controls } = DERControlBase
  return controls
}

function controlCopy(server: string, { program, ahead }: Assigned, control: DERControl): EventCopy {
  const { randomizeStart, randomizeDuration, deviceCategory } = control
  return {
    ...eventCopy(server, control, ahead),
    program: programId(server, program.mRID),
    ...(randomizeStart !== undefined && { randomizeStart }),
    ...(randomizeDuration !== undefined && { randomizeDuration }),
    ...(deviceCategory !== undefined && { deviceCategory }),
    controls: controlsOf(control),
  }
}

function flowCopy(server: string, grant: FlowReservationResponse): EventCopy {
  const { multiplier, value } = grant.energyAvailable
  const energyWh = unscaled({ multiplier, value: Number(value) })
  const powerW = Math.abs(unscaled(grant.powerAvailable))
  return { ...eventCopy(server, grant, 0), subject: fullMrid(grant.subject), controls: { energyWh, powerW } }
}

// Events below an own Time resource are moved onto the server's own clock, by which everything here is counted.
function eventCopy(server: string, event: DERControl | FlowReservationResponse, ahead: number): EventCopy {
  const { mRID, creationTime, interval, EventStatus, responseRequired, replyTo } = event
  return {
    server,
    mRID,
    creationTime: seconds(creationTime) - ahead,
    start: seconds(interval.start) - ahead,
    duration: interval.duration,
    status: { currentStatus: EventStatus.currentStatus, dateTime: seconds(EventStatus.dateTime) - ahead },
    ...(responseRequired !== undefined && { responseRequired }),
    ...(replyTo !== undefined && { replyTo }),
    controls: {},
  }
}

function seen(copy: EventCopy): ScheduleInput {
  return { type: 'see', copy }
}
