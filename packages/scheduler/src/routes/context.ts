import type { ScheduledDevice } from '@gridloom/contracts'
import { Quantity } from '@gridloom/contracts'
import type { Clock, Feed } from '@gridloom/kit'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Caller } from '../domain/rights.ts'
import type { Drive } from '../lan/drive.ts'
import type { Scheduling, SchedulingEvent } from '../operations/scheduling.ts'

/** What the routes are made of. */
export type RouteContext = Readonly<{
  clock: Clock
  scheduling: Scheduling
  callerOf: (request: FastifyRequest) => Caller
  driveOf: (device: string) => Drive
  kindOf: (device: string) => string
  feed: Feed<SchedulingEvent>
  /** Reads the SCL file again; an operator asks for it. */
  reload: (caller: Caller) => Promise<void>
  /** Asks the DCM of a device anew what it decided; false when it has none. */
  refresh: (device: string) => Promise<boolean>
  maySignal: (name: string, caller: Caller, lfdi: string) => boolean
}>

export const deviceParams = z.object({ device: z.string() })
export const quantityParams = deviceParams.extend({ quantity: Quantity })
export const scheduleParams = quantityParams.extend({ id: z.string().describe('number of the slot, or `reserve`') })

export function deviceViewOf({ scheduling, driveOf, kindOf }: RouteContext, name: string): ScheduledDevice {
  const { logicalDevice, controllers } = scheduling.board().device(name)
  const drive = driveOf(name)
  return {
    name,
    logicalDevice,
    quantities: [...controllers.keys()],
    kind: kindOf(name),
    deviceKind: drive.kind,
    ratings: drive.ratings(),
    outputs: [...scheduling.outputs(name)],
    limits: scheduling.limits(name),
    reached: drive.reached(),
    alarm: drive.alarm(),
    measured: drive.measured(),
  }
}
