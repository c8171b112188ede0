import { kwOf, milliwattsOf } from './milliwatts.ts'
import { byId, sum } from './order.ts'
import type { BalanceGiven } from './region-file.ts'

type Op =
  | 'stopStoring'
  | 'transition'
  | 'setDischarge'
  | 'startFixed'
  | 'stopFixed'
  | 'setOutput'
  | 'shed'
  | 'release'
  | 'startDeferred'
  | 'startStoring'

export type Action = Readonly<{ op: Op; id: string; kw: number }>

/** How long a storage has to last at the power it is asked for. */
const horizonHours = 0.25

/** What live operation knows of a unit beyond a vector. */
type Unit = Readonly<{
  /** It changed its mode, started or stopped a moment ago, and does not change it again yet (§3, dwell). */
  settling?: boolean
  feeder?: string | undefined
}>

/** What live operation knows of a consumer beyond a vector. */
type Living = Readonly<{
  /** Really shed, when that is not all of drKw. */
  shedKw?: number
  /** Does not acknowledge at present. */
  isDeaf?: boolean
  /** It was shed or released a moment ago: no unit is started for it yet. */
  settling?: boolean
  /** No tree could carry more of it: it is not released and not let begin in this round. */
  isHeld?: boolean
  /** A deferrable load that waits for its start. */
  waiting?: Readonly<{ kw: number; since: number }> | undefined
  feeder?: string | undefined
}>

/** What a round begins with: the form of a vector, and more in live operation. */
export type RoundGiven = Readonly<{
  safety: number
  stochasticHeadroom: number
  generators: readonly (BalanceGiven['generators'][number] & Unit)[]
  storages: readonly (BalanceGiven['storages'][number] & Unit)[]
  consumers: readonly (BalanceGiven['consumers'][number] & Living)[]
}>

/** The units of a round, and what is missing at the moment: kept along, so that an action costs the same in a large region. */
export type Round = Units & { gap: number }
type Units = ReturnType<typeof openUnits>
export type Storage = Round['storages'][number]
export type Continuous = Round['continuous'][number]

/** The working copy of one balancing round, in milliwatts; it dies with the round. */
export function openRound(given: RoundGiven): Round {
  const units = openUnits(given)
  return { ...units, gap: demandOf(units) - supplyOf(units) }
}

function openUnits({ safety, generators, storages, consumers }: RoundGiven) {
  const usableOf = (kw: number) => milliwattsOf((1 - safety) * kw)
  return {
    actions: new Array<Action>(),
    stochastic: sum(generators, (unit) => (unit.kind === 'stochastic' ? usableOf(unit.availableKw) : 0)),
    fixed: generators
      .filter((unit) => unit.kind === 'fixed')
      .map(({ id, capacityKw, online, settling = false }) => ({ id, online, settling, usable: usableOf(capacityKw) })),
    continuous: generators
      .filter((unit) => unit.kind === 'continuous')
      .map(({ id, capacityKw, outputKw, merit }) => ({
        id,
        merit,
        output: milliwattsOf(outputKw),
        usable: usableOf(capacityKw),
      })),
    storages: storages.map(({ chargingRateKw, dischargeRateKw, dischargeKw, settling = false, ...storage }) => ({
      ...storage,
      settling,
      chargingRate: milliwattsOf(chargingRateKw),
      dischargeRate: milliwattsOf(dischargeRateKw),
      discharge: storage.mode === 'discharging' ? milliwattsOf(dischargeKw) : 0,
    })),
    consumers: consumers.map(openConsumer),
  }
}

function openConsumer(consumer: RoundGiven['consumers'][number]) {
  const {
    id,
    stochasticKw,
    deferrableKw,
    stochasticMaxKw = stochasticKw,
    drKw,
    waiting,
    isDeaf = false,
    settling = false,
    isHeld = false,
  } = consumer
  return {
    id,
    class: consumer.class,
    load: milliwattsOf(stochasticKw) + milliwattsOf(deferrableKw),
    isShed: consumer.shed,
    /** What is shed now. */
    shed: consumer.shed ? milliwattsOf(consumer.shedKw ?? drKw) : 0,
    isDeaf,
    settling,
    isHeld,
    sheddable: isDeaf ? 0 : milliwattsOf(drKw),
    headroom: milliwattsOf(stochasticMaxKw) - milliwattsOf(stochasticKw),
    waiting: milliwattsOf(waiting?.kw ?? 0),
    since: waiting?.since ?? 0,
  }
}

export function demandOf({ consumers, storages }: Units): number {
  const load = sum(consumers, (consumer) => consumer.load - consumer.shed)
  return load + sum(storages, (storage) => (storage.mode === 'charging' ? storage.chargingRate : 0))
}

export function supplyOf({ stochastic, fixed, continuous, storages }: Units): number {
  const started = sum(fixed, (unit) => (unit.online ? unit.usable : 0))
  const discharged = sum(storages, (storage) => storage.discharge)
  return stochastic + started + sum(continuous, (unit) => unit.output) + discharged
}

/** What is missing; below zero what is too much. */
export function deficitOf({ gap }: Round): number {
  return gap
}

/** Writes an action down; `relief` is how much less is missing by it. */
export function note(round: Round, { op, id, power, relief }: Step): void {
  round.actions.push({ op, id, kw: kwOf(power) })
  round.gap -= relief
}

type Step = Readonly<{ op: Op; id: string; power: number; relief: number }>

/** The most that a storage may be asked for: it has to last. */
export function dischargeLimitOf({ dischargeRate, availableKwh, reserveKwh }: Storage): number {
  return Math.min(dischargeRate, milliwattsOf((availableKwh - reserveKwh) / horizonHours))
}

export function setDischarge(round: Round, storage: Storage, power: number): void {
  const op = storage.mode === 'discharging' ? 'setDischarge' : 'transition'
  note(round, { op, id: storage.id, power, relief: power - storage.discharge })
  storage.discharge = power
  storage.mode = power > 0 ? 'discharging' : 'idle'
}

/** Lowers continuous units, the last in merit first, until nothing is too much or all stand at zero. */
export function lowerContinuous(round: Round): void {
  for (const unit of byMerit(round).toReversed()) {
    const cut = Math.min(unit.output, -deficitOf(round))
    if (cut > 0) setOutput(round, unit, unit.output - cut)
  }
}

export function setOutput(round: Round, unit: Continuous, power: number): void {
  note(round, { op: 'setOutput', id: unit.id, power, relief: power - unit.output })
  unit.output = power
}

export function byMerit({ continuous }: Round): readonly Continuous[] {
  return continuous.toSorted((a, b) => a.merit - b.merit || byId(a, b))
}

export function stateOfCharge({ availableKwh, capacityKwh }: Storage): number {
  return availableKwh / capacityKwh
}
