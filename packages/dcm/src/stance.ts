import type { Standing } from '@gridloom/kit'
import { defaultsAmong, type Defaults } from './domain/default-control.ts'
import { postureOf, type Posture } from './domain/posture.ts'
import type { Schedule } from './domain/scheduling/schedule.ts'
import type { Assigned } from './domain/view.ts'
import type { Journal } from './store/journal.ts'

/** How a DCM stands to its server and its device at present, by the last word of the DTM. */
export type Stance = Readonly<{
  posture(): Posture
  /** The default controls from before the server was distrusted; undefined while it is not. */
  frozen(): Defaults | undefined
  /** Takes the standings of all over; the defaults that hold now are kept once the server is distrusted. */
  settle(standings: readonly Standing[]): Promise<void>
}>

export type StanceOptions = Readonly<{
  journal: Journal
  self: string
  /** LFDI of the server, once it is known. */
  server: () => string | undefined
  controls: () => Pick<Schedule, 'programs'>
  assigned: () => readonly Assigned[]
}>

export function createStance({ journal, self, server, controls, assigned }: StanceOptions): Stance {
  let standings: readonly Standing[] = []
  let frozen = (journal.recall('frozen') as Defaults | null | undefined) ?? undefined
  const posture = (): Posture => postureOf(standings, { self, server: server() })

  return {
    posture,
    frozen: () => frozen,
    async settle(all) {
      standings = all
      const isDistrusted = ['guard', 'local'].includes(posture().server)
      if (isDistrusted === (frozen !== undefined)) return
      frozen = isDistrusted ? defaultsAmong(controls(), assigned()) : undefined
      await journal.remember({ documents: { frozen: frozen ?? null } })
    },
  }
}
