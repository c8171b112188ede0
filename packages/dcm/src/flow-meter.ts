import type { DeviceStatus } from '@gridloom/devices'
import { flowId, flowProgress, type FlowStart } from './domain/flow-progress.ts'
import type { FlowProgress } from './domain/power-status.ts'
import type { Reservation } from './domain/reservation.ts'
import type { Schedule } from './domain/scheduling/schedule.ts'

type Now = Readonly<{ status: DeviceStatus | undefined; now: number }>

/** Remembers what the energy meter showed when the running grants began, and so how far they have come. */
export function createFlowMeter() {
  let begun: FlowStart | undefined
  return (flows: Schedule, reservations: readonly Reservation[], at: Now): FlowProgress | undefined => {
    const id = flowId(flows, reservations, at.now)
    if (id !== begun?.id) begun = id === undefined ? undefined : { id, receivedWh: at.status?.receivedWh ?? 0 }
    return flowProgress(begun, reservations, at)
  }
}
