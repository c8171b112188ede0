import { coveringSet } from './covering-set.ts'
import { byId } from './order.ts'
import {
  byMerit,
  deficitOf,
  dischargeLimitOf,
  lowerContinuous,
  note,
  setDischarge,
  setOutput,
  stateOfCharge,
} from './round.ts'
import type { Round, Storage } from './round.ts'

/** Covers a deficit (§3): storage, fixed units, continuous units, and as the last resort shedding. */
export function coverDeficit(round: Round): void {
  stopStoring(round)
  const raised = raiseStorages(round)
  startFixed(round)
  raiseContinuous(round)
  lowerContinuous(round)
  cutBack(round, raised)
  shed(round)
}

function stopStoring(round: Round): void {
  const charging = round.storages.filter(({ mode, settling }) => mode === 'charging' && !settling)
  for (const storage of charging.toSorted((a, b) => stateOfCharge(b) - stateOfCharge(a) || byId(a, b))) {
    if (deficitOf(round) <= 0) return
    storage.mode = 'idle'
    const { id, chargingRate: power } = storage
    note(round, { op: 'stopStoring', id, power, relief: power })
  }
}

type Raised = Readonly<{ storage: Storage; by: number }>

function raiseStorages(round: Round): readonly Raised[] {
  const raised: Raised[] = []
  const ready = round.storages.filter(({ mode, settling }) => mode === 'discharging' || (mode === 'idle' && !settling))
  for (const storage of ready.toSorted((a, b) => b.availableKwh - a.availableKwh || byId(a, b))) {
    const by = Math.min(dischargeLimitOf(storage) - storage.discharge, deficitOf(round))
    if (by <= 0) continue
    setDischarge(round, storage, storage.discharge + by)
    raised.push({ storage, by })
  }
  return raised
}

function startFixed(round: Round): void {
  const need = deficitOf(round)
  if (need <= 0) return
  const offline = round.fixed.filter(({ online, settling }) => !online && !settling)
  for (const unit of coveringSet(offline, need)) {
    unit.online = true
    note(round, { op: 'startFixed', id: unit.id, power: unit.usable, relief: unit.usable })
  }
}

function raiseContinuous(round: Round): void {
  for (const unit of byMerit(round)) {
    const by = Math.min(unit.usable - unit.output, deficitOf(round))
    if (by > 0) setOutput(round, unit, unit.output + by)
  }
}

/** Takes back what storages were asked for in this round and is too much now, the last one first. */
function cutBack(round: Round, raised: readonly Raised[]): void {
  for (const { storage, by } of raised.toReversed()) {
    const cut = Math.min(by, -deficitOf(round))
    if (cut > 0) setDischarge(round, storage, storage.discharge - cut)
  }
}

function shed(round: Round): void {
  const candidates = round.consumers.filter((consumer) => !consumer.isShed && consumer.sheddable > 0)
  const order = candidates.toSorted((a, b) => b.class - a.class || b.sheddable - a.sheddable || byId(a, b))
  for (const consumer of order) {
    if (deficitOf(round) <= 0) return
    consumer.isShed = true
    consumer.shed = consumer.sheddable
    note(round, { op: 'shed', id: consumer.id, power: consumer.sheddable, relief: consumer.sheddable })
  }
}
