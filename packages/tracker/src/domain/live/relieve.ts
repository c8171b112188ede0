import { byId, sum } from '../order.ts'
import { deficitOf, dischargeLimitOf, note, type Round } from '../round.ts'

/**
 * Releases shed consumers for whom units could be started or raised: in one round shedding is the last resort, in live operation
 * it has to stay so when such units come or come back. Answers whether anybody was released; the balance then raises the units.
 */
export function relieve(round: Round): boolean {
  let room = idlePowerOf(round) - deficitOf(round)
  const shed = round.consumers.filter((one) => one.isShed && !one.isDeaf && !one.settling && !one.isHeld)
  const actions = round.actions.length
  for (const consumer of shed.toSorted((a, b) => a.class - b.class || a.shed - b.shed || byId(a, b))) {
    if (consumer.shed > room) continue
    room -= consumer.shed
    note(round, { op: 'release', id: consumer.id, power: consumer.shed, relief: -consumer.shed })
    consumer.isShed = false
    consumer.shed = 0
  }
  return round.actions.length > actions
}

/** What a deficit would be covered by before anybody is shed (§3, steps 1 to 4). */
function idlePowerOf({ storages, fixed, continuous }: Round): number {
  const stored = sum(storages, (storage) => {
    if (storage.mode === 'charging' && !storage.settling) return storage.chargingRate
    const isReady = storage.mode === 'discharging' || (storage.mode === 'idle' && !storage.settling)
    return isReady ? Math.max(0, dischargeLimitOf(storage) - storage.discharge) : 0
  })
  const started = sum(fixed, ({ online, settling, usable }) => (online || settling ? 0 : usable))
  return stored + started + sum(continuous, ({ output, usable }) => Math.max(0, usable - output))
}
