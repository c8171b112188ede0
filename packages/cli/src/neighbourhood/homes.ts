import { createRandom, type Random } from '@gridloom/kit'
import {
  flexibleLoad,
  priceTaker,
  pvSeller,
  storageArbitrage,
  type DeviceOutlook,
  type Rules,
  type Strategy,
} from '@gridloom/teua'

export const kinds = ['household', 'pv', 'battery', 'flexible'] as const
export type Kind = (typeof kinds)[number]

/** What could be moved in time, and what was asked of it in the end; energies in Wh, at the meter. */
export type Flexibility = Readonly<
  | {
      kind: 'storage'
      powerW: number
      efficiency: number
      leastWh: number
      mostWh: number
      startWh: number
      endWh: number
    }
  | { kind: 'need'; powerW: number; energyWh: number; windowSeconds: number }
>

/** One agent of the neighbourhood: how it trades, and what it physically does with what it traded. */
export type Home = Readonly<{
  partyId: string
  kind: Kind
  /** What it wants now depends on what comes later. */
  looksAhead: boolean
  strategy: Strategy
  outlook(): DeviceOutlook
  /** Net energy into the premises in an interval, in Wh, given what was traded for it. */
  act(dtStart: number, tradedWh: number): number
  /** The same on a day without a market. */
  without(dtStart: number): number
  /** Of those who can move energy in time. */
  flexibility?(): Flexibility
}>

/** Of every twenty: nine households, five roofs, three batteries, three flexible loads. */
const mix = (
  'household pv household battery household pv flexible household household pv ' +
  'household battery household flexible pv household household battery flexible pv'
).split(' ') as Kind[]

const day = 86_400
/** Local time is six hours behind UTC: a run begins at six in the evening, when people come home and their cars want to be charged. */
export const eveningHour = 18
/** What is not delivered to a household costs it, in thousandths of a dollar per kWh: nobody pays more. */
export const lostLoadPrice = 1000

/** The agents of a neighbourhood; the same seed gives the same one. */
export function homesOf(count: number, seed: number, rules: Rules): Home[] {
  return Array.from({ length: count }, (_, index) => {
    const kind = mix[index % mix.length] ?? 'household'
    const partyId = `${kind}-${index + 1}`
    return makers[kind]({ partyId, random: createRandom(`${seed}/${partyId}`), rules, seed })
  })
}

type Site = Readonly<{ partyId: string; random: Random; rules: Rules; seed: number }>

const makers: Readonly<Record<Kind, (site: Site) => Home>> = {
  household({ partyId, random, rules: { intervalSeconds } }) {
    const size = 300 + 500 * random.next()
    const shift = random.next() - 0.5
    const wattsAt = (dtStart: number): number => size * householdShape(hourOf(dtStart) + shift)
    const actual = noisy(partyId, random, wattsAt, 0.15)
    const act = (dtStart: number): number => (actual(dtStart) * intervalSeconds) / 3600
    const strategy = priceTaker({ forecast: wattsAt, buyPrice: lostLoadPrice })
    return { partyId, kind: 'household', looksAhead: false, strategy, outlook: () => ({}), act, without: act }
  },
  pv({ partyId, random, rules: { intervalSeconds }, seed }) {
    const peakW = 3000 + 5000 * random.next()
    const wattsAt = (dtStart: number): number => peakW * sunshine(hourOf(dtStart)) * dayShare(dtStart, seed)
    const actual = noisy(partyId, random, wattsAt, 0.1)
    const act = (dtStart: number): number => (-actual(dtStart) * intervalSeconds) / 3600
    const strategy = pvSeller({ forecast: wattsAt, floorPrice: 5 })
    return { partyId, kind: 'pv', looksAhead: false, strategy, outlook: () => ({}), act, without: act }
  },
  battery({ partyId, random }) {
    const capacityWh = 7000 + 7000 * random.next()
    const powerW = 3000 + 2000 * random.next()
    const [efficiency, reserve] = [0.92, 0.1]
    let chargeWh = capacityWh / 2
    return {
      partyId,
      kind: 'battery',
      looksAhead: true,
      strategy: storageArbitrage({ efficiency, reserve, margin: 4 }),
      outlook: () => ({ capacityWh, chargeW: powerW, dischargeW: powerW, chargeWh }),
      act(_, tradedWh) {
        chargeWh += tradedWh > 0 ? tradedWh * efficiency : tradedWh
        return tradedWh
      },
      without: () => 0,
      flexibility: () => {
        const [leastWh, startWh] = [reserve * capacityWh, capacityWh / 2]
        return { kind: 'storage', powerW, efficiency, leastWh, mostWh: capacityWh, startWh, endWh: chargeWh }
      },
    }
  },
  flexible({ partyId, random, rules: { intervalSeconds } }) {
    const powerW = random.next() < 0.5 ? 3700 : 7400
    const energyWh = 4000 + 8000 * random.next()
    const perInterval = (powerW * intervalSeconds) / 3600
    // without a market it begins at a time of its own in the evening, and goes on until it is done
    const arrival = random.integer(0, 11) * 900
    const without = (dtStart: number): number => {
      const since = (dtStart % day) - arrival
      return since < 0 ? 0 : Math.max(0, Math.min(perInterval, energyWh - (since / intervalSeconds) * perInterval))
    }
    const strategy = flexibleLoad({ powerW, energyWh, windowSeconds: day, worth: 150 })
    return {
      partyId,
      kind: 'flexible',
      looksAhead: true,
      strategy,
      outlook: () => ({}),
      act: (_, tradedWh) => tradedWh,
      without,
      flexibility: () => ({ kind: 'need', powerW, energyWh, windowSeconds: day }),
    }
  },
}

/** Local solar time in hours. */
export function hourOf(dtStart: number): number {
  return ((dtStart % day) / 3600 + eveningHour) % 24
}

function householdShape(hour: number): number {
  return 0.6 + 1.1 * bump(hour, 7.5, 1.6) + 2.4 * bump(hour, 19.5, 2.4) + 0.3 * bump(hour, 13, 3)
}

export function bump(hour: number, at: number, width: number): number {
  const distance = Math.min(Math.abs(hour - at), 24 - Math.abs(hour - at))
  return Math.exp(-((distance / width) ** 2))
}

function sunshine(hour: number): number {
  return Math.max(0, Math.sin(((hour - 6) / 12) * Math.PI)) ** 1.3
}

/** How fine a day is, the same for all roofs. */
function dayShare(dtStart: number, seed: number): number {
  return 0.55 + 0.45 * drawOf(`${seed}/sky/${Math.floor((dtStart + eveningHour * 3600) / day)}`)
}

const draws = new Map<string, number>()

/** The one number that a name draws. */
export function drawOf(name: string): number {
  const drawn = draws.get(name) ?? createRandom(name).next()
  draws.set(name, drawn)
  return drawn
}

/** What really flows: the forecast, missed by a share that stays for a while. */
function noisy(name: string, random: Random, forecast: (dtStart: number) => number, spread: number) {
  const noise = random.fork(`${name}/noise`)
  const shares = new Map<number, number>()
  return (dtStart: number): number => {
    const known = shares.get(dtStart) ?? 1 + spread * (2 * noise.next() - 1)
    shares.set(dtStart, known)
    return forecast(dtStart) * known
  }
}
