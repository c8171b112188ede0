import { linearModel, type Term } from '@gridloom/derms'
import highsModule from 'highs'
import { type Flexibility, lostLoadPrice } from './homes.ts'
import type { Offer, Study } from './simulate.ts'

const loadHighs = highsModule as unknown as typeof highsModule.default

/** What a run came to, and what it could have come to had everybody known all of it beforehand. */
export type Foresight = Readonly<{ realised: Outcome; optimal: Outcome }>
/** In price units of a Wh; the cost is that of what the grid and the roofs gave, less what the grid took back. */
type Outcome = Readonly<{ surplus: number; cost: number }>

/** The optimum was not looked for, or not found. */
export type Unsolved = Readonly<{ reason: string }>

/** Storages and needs times intervals that HiGHS solves in seconds. */
const mostCells = 25_000

type Asked = Pick<Study, 'options' | 'offers' | 'flexibility'>

/**
 * The largest surplus of a whole run, exactly, as one linear program (HiGHS): storages and needs move their energy over all intervals and
 * the others trade what they tendered. Storages end no emptier than they did; what a need gets is worth what lost load costs.
 */
export async function foresightOf(study: Asked, seconds = 60): Promise<Foresight | Unsolved> {
  const cells = study.flexibility.length * study.offers.length
  if (cells > mostCells) return { reason: `${cells} storages and needs times intervals are more than ${mostCells}` }
  const highs = await loadHighs()
  const { data, outcomeOf } = programOf(study)
  using model = highs.createModel(data)
  model.options.set({ output_flag: false, time_limit: seconds, solver: 'ipm' })
  const { modelStatus } = model.run()
  if (modelStatus === outOfTime) return { reason: `no optimum within ${seconds} s` }
  if (modelStatus !== optimal) throw new Error(`HiGHS found no optimum (model status ${modelStatus})`)
  return { realised: realisedIn(study.offers), optimal: outcomeOf(model.getSolution().colValue) }
}

const optimal = 7
const outOfTime = 13

/** What the trades came to: those of storages only move energy. */
function realisedIn(offers: readonly (readonly Offer[])[]): Outcome {
  const all = offers.flat()
  const worthOf = ({ side, price, traded }: Offer): number => (side === 'BUY' ? price : -price) * traded
  const served = sumOf(all.filter(({ kind }) => kind === 'household').map(worthOf))
  const needed = sumOf(all.filter(({ kind }) => kind === 'flexible').map(({ traded }) => traded * lostLoadPrice))
  const cost = -sumOf(all.filter(({ kind }) => kind === 'grid' || kind === 'pv').map(worthOf))
  return { surplus: served + needed - cost, cost }
}

// energies are kWh in the program: HiGHS is at its best with numbers that are neither large nor small
const unit = 1000
// tenders are whole watt-hours
const rounding = 1 / unit

function programOf({ options: { intervalSeconds }, offers, flexibility }: Asked) {
  const model = linearModel()
  const worth: number[] = []
  const supplied = new Set<number>()
  const hours = intervalSeconds / 3600
  const column = (most: number, value: number, least = 0): number => {
    worth.push(value)
    return model.column(least, most, -value)
  }
  /** What is bought in each interval is sold there. */
  const balances: Term[][] = offers.map((interval) =>
    groupsOf(interval).map(({ kind, side, price, quantity }) => {
      const taken = column(quantity / unit, side === 'BUY' ? price : -price)
      if (kind !== 'household') supplied.add(taken)
      return [taken, side === 'BUY' ? 1 : -1]
    }),
  )
  for (const one of flexibility) {
    if (one.kind === 'storage') addStorage(one)
    else addNeed(one)
  }
  for (const terms of balances) model.row(0, 0, terms)
  const outcomeOf = (values: ArrayLike<number>): Outcome => {
    const parts = worth.map((value, index) => value * (values[index] ?? 0) * unit)
    return { surplus: sumOf(parts), cost: -sumOf(parts.filter((_, index) => supplied.has(index))) }
  }
  return { data: model.data(), outcomeOf }

  function addStorage({ powerW, efficiency, leastWh, mostWh, startWh, endWh }: Storage): void {
    const most = (powerW * hours) / unit + rounding
    let before: number | undefined
    for (const [at, balance] of balances.entries()) {
      const least = at === balances.length - 1 ? Math.max(endWh, Math.min(leastWh, endWh)) : leastWh
      const [bought, sold] = [column(most, 0), column(most, 0)]
      const held = column(mostWh / unit, 0, Math.min(least, mostWh) / unit - rounding)
      balance.push([bought, 1], [sold, -1])
      const from = before === undefined ? startWh / unit : 0
      const carried: Term[] = before === undefined ? [] : [[before, -1]]
      model.row(from, from, [[held, 1], ...carried, [bought, -efficiency], [sold, 1]])
      before = held
    }
  }

  function addNeed({ powerW, energyWh, windowSeconds }: Need): void {
    const most = (powerW * hours) / unit + rounding
    const windows = Map.groupBy(balances.entries(), ([at]) => Math.floor((at * intervalSeconds) / windowSeconds))
    for (const intervals of windows.values()) {
      const taken = intervals.map(([, balance]) => {
        const energy = column(most, lostLoadPrice)
        balance.push([energy, 1])
        return [energy, 1] as const
      })
      model.row(0, energyWh / unit + rounding, taken)
    }
  }
}

type Storage = Extract<Flexibility, { kind: 'storage' }>
type Need = Extract<Flexibility, { kind: 'need' }>

/** Those who can move nothing; tenders of one kind, side and price are one. */
function groupsOf(offers: readonly Offer[]): readonly Offer[] {
  const fixed = offers.filter(({ kind }) => kind !== 'battery' && kind !== 'flexible')
  const groups = Map.groupBy(fixed, ({ kind, side, price }) => `${kind} ${side} ${price}`)
  return [...groups.values()].flatMap((same) => {
    const [one] = same
    return one ? [{ ...one, quantity: sumOf(same.map(({ quantity }) => quantity)) }] : []
  })
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
