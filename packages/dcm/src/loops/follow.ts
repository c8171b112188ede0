import type { Logger } from '@gridloom/kit'
import { fullMrid } from '../domain/scheduling/event.ts'
import { controlInputs, flowInputs } from '../domain/schedule-inputs.ts'
import type { Reservation } from '../domain/reservation.ts'
import type { View } from '../domain/view.ts'
import type { Knowledge } from '../knowledge.ts'
import type { News } from './drive.ts'
import type { Walk } from './walk.ts'

export type FollowOptions = Readonly<{
  walk: Walk
  knowledge: Knowledge
  log: Logger
  /** Tells events of this server from those of others. */
  server: string
  register: (view: View, signal: AbortSignal) => Promise<void>
  reservations: () => readonly Reservation[]
  isTrusted: () => boolean
  take: (news: News) => void
  /** Told after each sweep; `isNew` when the server has only now an entry for the device. */
  swept: (isNew: boolean) => Promise<void>
}>

/** Takes each sweep in: what it says is remembered, the device registered where it is missing, the schedules fed. */
export async function follow(options: FollowOptions, signal: AbortSignal): Promise<void> {
  const { walk, knowledge, log, server, register, isTrusted } = options
  let wasTrusted = true
  for await (const sweep of walk.sweeps(signal)) {
    const { self: before } = knowledge.view()
    await knowledge.learn(sweep)
    const view = knowledge.view()
    await register(view, signal)
    if (isTrusted() !== wasTrusted) {
      wasTrusted = isTrusted()
      if (wasTrusted) log.info('registration PIN matches again')
      else log.error({ server }, 'registration PIN does not match: the controls of this server are ignored')
    }
    // A server that lost our entry is no reason to abort what it had planned: the known schedule goes on.
    if (view.self) options.take(newsOf(view, server, options.reservations()))
    await options.swept(view.self !== undefined && before === undefined)
  }
}

function newsOf(view: View, server: string, reservations: readonly Reservation[]): News {
  const subjects = new Set(reservations.map(({ mRID }) => fullMrid(mRID)))
  return { controls: view.knowsAssigned ? controlInputs(server, view) : [], flows: flowInputs(server, view, subjects) }
}
