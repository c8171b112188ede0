import { hash } from 'node:crypto'
import type { TrustRole } from '@gridloom/contracts'
import { handshakeSighting, type Clock, type Handshake } from '@gridloom/kit'
import type { Lfdi } from '@gridloom/sep2030'
import type { Numbers } from '../store/numbers.ts'
import type { Judge } from './judge.ts'

/** What the DTM sees itself: who connects to it, and how that went. Nobody has to be believed for it. */
export type OwnSightings = Readonly<{ handshake(handshake: Handshake): void }>

type Options = Readonly<{
  judge: Judge
  numbers: Numbers
  clock: Clock
  lfdi: Lfdi
  roleOf: (lfdi: string) => TrustRole
}>

const nothing = hash('sha256', '')

export function createOwnSightings({ judge, numbers, clock, lfdi, roleOf }: Options): OwnSightings {
  const self = { role: 'DTM', id: lfdi } as const
  return {
    handshake: (handshake) => {
      const seq = numbers.next(lfdi)
      const { body: _body, observedAt: _at, ...seen } = handshakeSighting(handshake, { self, roleOf })
      const stamped = { v: 1, seq, reporter: lfdi, observedAt: clock.exact(), length: 0, sha256: nothing } as const
      const input = { peer: lfdi, observations: [{ ...seen, ...stamped }] }
      // a failure to store it is the judge's to tell
      judge.submit(input, undefined, (sql) => numbers.store(sql, lfdi, seq)).catch(() => {})
    },
  }
}
