import type { Clock, Logger } from '@gridloom/kit'
import { EndDevice, type Lfdi, type Sfdi } from '@gridloom/sep2030'
import type { View } from '../domain/view.ts'
import type { Session } from '../session.ts'

export type RegisterOptions = Readonly<{
  session: Session
  clock: Clock
  log: Logger
  lfdi: Lfdi
  sfdi: Sfdi
  deviceCategory: string
  /** Whether this DCM may register itself. */
  inBand: boolean
  serverNow: () => number
  /** Told when the list of end devices is worth a look. */
  changed: () => void
}>

// A server that wants to hear of its devices from people is asked again after a while, ever more rarely.
const firstWait = 60
const longestWait = 3600

/** Registers the device where the server does not know it, and once only: a restart finds the entry that is there. */
export function createRegister(options: RegisterOptions) {
  const { session, clock, log, lfdi, sfdi } = options
  let refusals = 0
  let notBefore = 0

  return async ({ listed, self, capability }: View, signal: AbortSignal): Promise<void> => {
    const list = capability?.EndDeviceListLink?.href
    if (self || !listed || list === undefined || clock.exact() < notBefore) return
    notBefore = clock.exact() + Math.min(firstWait * 2 ** refusals, longestWait)
    if (!options.inBand) return void log.warn({ lfdi, sfdi }, 'device not registered: to be entered by the operator')
    const { deviceCategory, serverNow } = options
    const entry = { changedTime: serverNow(), deviceCategory, lFDI: lfdi, sFDI: sfdi }
    const outcome = await session.post(EndDevice, list, entry, signal)
    // Known already (conflict): the next reading of the list adopts the entry.
    if (outcome.kind === 'ok' || outcome.kind === 'conflict') {
      notBefore = clock.exact() + firstWait
      refusals = 0
      log.info({ lfdi, sfdi, location: outcome.kind === 'ok' ? outcome.location : undefined }, 'device registered')
      return options.changed()
    }
    refusals += 1
    log.warn({ lfdi, sfdi, outcome }, 'registration refused')
  }
}
