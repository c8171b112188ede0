import type { DeviceStatus } from '@gridloom/devices'
import type { FlowProgress } from './power-status.ts'
import { isOpen, type Reservation } from './reservation.ts'
import type { Schedule } from './scheduling/schedule.ts'

/** What the energy meter showed when the running grants began. */
export type FlowStart = Readonly<{ id: string; receivedWh: number }>

/** The running grants, or that a request waits for one; undefined when no flow is asked for. */
export function flowId(flows: Schedule, reservations: readonly Reservation[], now: number): string | undefined {
  const running = flows.events.filter(({ state }) => state === 'Active').map(({ key }) => key)
  if (running.length > 0) return running.join('+')
  return reservations.some((one) => isOpen(one, now)) ? 'waiting' : undefined
}

/** How far the flow has come that is needed first. */
export function flowProgress(
  begun: FlowStart | undefined,
  reservations: readonly Reservation[],
  { status, now }: Readonly<{ status: DeviceStatus | undefined; now: number }>,
): FlowProgress | undefined {
  const [first] = reservations
    .filter((one) => isOpen(one, now))
    .toSorted((a, b) => a.start + a.windowSeconds - (b.start + b.windowSeconds))
  if (!begun || !first) return undefined
  const received = begun.id === 'waiting' ? 0 : Math.max(0, (status?.receivedWh ?? 0) - begun.receivedWh)
  return {
    id: begun.id,
    wantedWh: Math.max(0, first.energyWh - received),
    powerW: first.powerW,
    overheadSeconds: first.overheadSeconds,
    neededAt: first.start + first.windowSeconds,
  }
}
