import { byId } from './order.ts'
import { deficitOf, lowerContinuous, note, setDischarge, stateOfCharge, type Round } from './round.ts'

/** Uses up a surplus (§3); `headroom` is what stochastic consumption may still ask for and is not given away. */
export function useSurplus(round: Round, headroom: number): void {
  release(round)
  lowerStorages(round)
  lowerContinuous(round)
  startStoring(round, headroom)
  stopFixed(round, headroom)
}

function release(round: Round): void {
  const shed = round.consumers.filter((consumer) => consumer.shed)
  const order = shed.toSorted((a, b) => a.class - b.class || a.sheddable - b.sheddable || byId(a, b))
  for (const consumer of order) {
    if (consumer.sheddable > surplusOf(round)) continue
    consumer.shed = false
    note(round, 'release', consumer.id, consumer.sheddable)
  }
}

function lowerStorages(round: Round): void {
  const order = round.storages.toSorted((a, b) => a.availableKwh - b.availableKwh || byId(a, b))
  for (const storage of order) {
    const cut = Math.min(storage.discharge, surplusOf(round))
    if (cut > 0) setDischarge(round, storage, storage.discharge - cut)
  }
}

function startStoring(round: Round, headroom: number): void {
  const ready = round.storages.filter(({ mode }) => mode === 'idle' || mode === 'sleeping')
  const withRoom = ready.filter(({ availableKwh, capacityKwh }) => availableKwh < capacityKwh)
  for (const storage of withRoom.toSorted((a, b) => stateOfCharge(a) - stateOfCharge(b) || byId(a, b))) {
    if (storage.chargingRate > surplusOf(round) - headroom) continue
    storage.mode = 'charging'
    note(round, 'startStoring', storage.id, storage.chargingRate)
  }
}

function stopFixed(round: Round, headroom: number): void {
  const online = round.fixed.filter((unit) => unit.online)
  for (const unit of online.toSorted((a, b) => b.usable - a.usable || byId(a, b))) {
    if (unit.usable > surplusOf(round) - headroom) continue
    unit.online = false
    note(round, 'stopFixed', unit.id, unit.usable)
  }
}

function surplusOf(round: Round): number {
  return -deficitOf(round)
}
