import { byId } from './order.ts'
import { deficitOf, lowerContinuous, note, setDischarge, stateOfCharge, type Round } from './round.ts'

/** Uses up a surplus (§3); `headroom` is what stochastic consumption may still ask for and is not given away. */
export function useSurplus(round: Round, headroom: number): void {
  release(round)
  startDeferred(round)
  lowerStorages(round)
  lowerContinuous(round)
  startStoring(round, headroom)
  stopFixed(round, headroom)
}

function release(round: Round): void {
  const shed = round.consumers.filter(({ isShed, isHeld }) => isShed && !isHeld)
  const order = shed.toSorted((a, b) => a.class - b.class || a.sheddable - b.sheddable || byId(a, b))
  for (const consumer of order) {
    if (consumer.shed > surplusOf(round)) continue
    note(round, { op: 'release', id: consumer.id, power: consumer.shed, relief: -consumer.shed })
    consumer.isShed = false
    consumer.shed = 0
  }
}

/** Lets deferred loads begin, the one that has waited longest first. */
function startDeferred(round: Round): void {
  const waiting = round.consumers.filter((consumer) => consumer.waiting > 0 && !consumer.isHeld)
  for (const consumer of waiting.toSorted((a, b) => a.since - b.since || byId(a, b))) {
    if (consumer.waiting > surplusOf(round)) continue
    note(round, { op: 'startDeferred', id: consumer.id, power: consumer.waiting, relief: -consumer.waiting })
    consumer.load += consumer.waiting
    consumer.waiting = 0
  }
}

function lowerStorages(round: Round): void {
  const order = round.storages.toSorted((a, b) => a.availableKwh - b.availableKwh || byId(a, b))
  for (const storage of order) {
    const cut = Math.min(storage.discharge, surplusOf(round))
    if (cut > 0 && !(storage.settling && cut === storage.discharge))
      setDischarge(round, storage, storage.discharge - cut)
  }
}

function startStoring(round: Round, headroom: number): void {
  const ready = round.storages.filter(({ mode, settling }) => !settling && (mode === 'idle' || mode === 'sleeping'))
  const withRoom = ready.filter(({ availableKwh, capacityKwh }) => availableKwh < capacityKwh)
  for (const storage of withRoom.toSorted((a, b) => stateOfCharge(a) - stateOfCharge(b) || byId(a, b))) {
    if (storage.chargingRate > surplusOf(round) - headroom) continue
    storage.mode = 'charging'
    const { id, chargingRate: power } = storage
    note(round, { op: 'startStoring', id, power, relief: -power })
  }
}

function stopFixed(round: Round, headroom: number): void {
  const online = round.fixed.filter((unit) => unit.online && !unit.settling)
  for (const unit of online.toSorted((a, b) => b.usable - a.usable || byId(a, b))) {
    if (unit.usable > surplusOf(round) - headroom) continue
    unit.online = false
    note(round, { op: 'stopFixed', id: unit.id, power: unit.usable, relief: -unit.usable })
  }
}

function surplusOf(round: Round): number {
  return -deficitOf(round)
}
