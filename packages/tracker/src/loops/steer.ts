import { ShedAnswer, type ShedAsk } from '@gridloom/contracts'
import type { Clock, Logger } from '@gridloom/kit'
import type { DirectCommand } from '../dispatch.ts'
import type { Hosts } from '../hosts.ts'
import type { Region } from '../region.ts'
import type { Steering } from '../steering.ts'
import { lendAmong, type Neighbour } from './lend.ts'

export type SteerOptions = Readonly<{
  region: Region
  steering: Steering
  hosts: Hosts
  self: Readonly<{ host: string }>
  neighbours: readonly Neighbour[]
  clock: Clock
  log: Logger
  periodSeconds: number
  ackSeconds: number
  leaseSeconds: number
}>

/** Decides round after round, every period and whenever the bell rings, until the signal ends it. */
export async function steer(options: SteerOptions, signal: AbortSignal): Promise<void> {
  const { region, steering, neighbours, clock, log, periodSeconds, leaseSeconds } = options
  let lending: Promise<void> | undefined
  while (!signal.aborted) {
    const bell = steering.bell(region.number)
    const round = region.round()
    for (const command of round?.direct ?? []) void tell(command, options, signal)
    if (round && !lending && neighbours.length > 0) {
      lending = lendAmong({ region, neighbours, wanting: round.wanting, leaseSeconds, log }, signal).finally(
        () => void (lending = undefined),
      )
    }
    try {
      await clock.sleep(periodSeconds, AbortSignal.any([signal, bell]))
    } catch (error) {
      if (!signal.aborted && !bell.aborted) throw error
    }
  }
  await lending
}

/** Tells a consumer to shed or release in place of its generator: two tries, then the next candidate's turn (§5). */
async function tell(
  { seq, op, consumer, deadline }: DirectCommand,
  options: SteerOptions,
  signal: AbortSignal,
): Promise<void> {
  const { region, steering, hosts, self, clock, ackSeconds } = options
  const { id, url, host, kw } = consumer
  const version = { region: region.number, epoch: region.epoch, seq }
  const ask: ShedAsk = {
    ...version,
    generator: 'tracker',
    id,
    kw,
    reason: op === 'shed' ? 'deficit' : 'surplus',
    deadline,
  }
  const began = clock.exact()
  for (let attempt = 0; attempt < 2 && !signal.aborted; attempt++) {
    try {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(1000 * ackSeconds)])
      const answer = await hosts.post({ url, host }, '/region/shed', ask, ShedAnswer, limit)
      const outcome = { ...version, id, status: 'done' as const, kw: answer.kw, seconds: clock.exact() - began }
      if (region.acknowledge([outcome], self.host)) steering.ring(region.number)
      return
    } catch (err) {
      options.log.debug({ err, region: region.number, id }, 'shed not acknowledged')
    }
  }
  if (region.acknowledge([{ ...version, id, status: 'silent', kw: 0 }], self.host)) steering.ring(region.number)
}
