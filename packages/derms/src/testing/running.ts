import { ServiceRequest, type ServiceRequestInput } from '@gridloom/contracts'
import type { Running } from '../domain/services/running.ts'

/** A request as a test words it: of the feeder, for ten minutes. */
export type Asked = ServiceRequestInput extends infer Request
  ? Request extends unknown
    ? Omit<Request, 'where' | 'duration'>
    : never
  : never

type Changes = Readonly<{ now: number; members?: readonly string[] }> & Partial<Running>

/** A service that runs from now on and has done nothing yet. */
export function runningOf(asked: Asked, { now, members = ['a'], ...changes }: Changes): Running {
  return {
    service: {
      id: '1',
      request: ServiceRequest.parse({ where: 'feeder', duration: 600, ...asked }),
      operator: 'O',
      created: now,
      start: now,
      end: now + 600,
      status: 'active',
      history: [],
      devices: members.length,
      cost: 0,
      awards: [],
    },
    members,
    baselines: {},
    intervalSeconds: 60,
    trail: {},
    signals: [],
    held: {},
    closedUntil: now,
    pending: [],
    cancels: [],
    groupControls: {},
    ...changes,
  }
}
