import type { GuestConsumer, Lease, TakeoverAnswer, TakeoverAsk } from '@gridloom/contracts'

type Guest = Readonly<{ guest: GuestConsumer; from: number; until: number }>
type Loan = Readonly<{ to: number; until: number; lease: Lease | undefined }>

/** Below zero: nothing, not even for those who are here. */
type Spare = Readonly<{ kw: number; until: number }>

/** Both sides of feeding consumers of a neighbour: the guests here, and the own ones that are away. */
export type Lending = Readonly<{
  guests(now: number): readonly GuestConsumer[]
  /** Takes in the guests of a neighbour as far as there is something to spare; whom it no longer names, goes. */
  host(ask: TakeoverAsk, spare: Spare): readonly string[]
  /** Sends all guests home: the region needs what it has. */
  close(): void
  /** They are offered to a neighbour, and may be there from now on: until it is known they are not fed here. */
  offer(to: number, ids: readonly string[], until: number): void
  /** Keeps what a neighbour has agreed to; whom it does not name, it does not feed. */
  lend(to: number, asked: readonly string[], answer: TakeoverAnswer): void
  /** Remembers, after a restart, by which lease of a neighbour a consumer lives. */
  recall(id: string, lease: Lease): void
  /** The consumers that live in a neighbour's trees now. */
  lent(now: number): ReadonlySet<string>
  loan(id: string, now: number): Loan | undefined
  lentTo(region: number, now: number): readonly string[]
  takeBack(ids: readonly string[]): void
  /** How the last call to a neighbour went; absent: none was made since the start. */
  readonly calls: Map<number, 'answered' | 'silent'>
}>

export function createLending(): Lending {
  const guests = new Map<string, Guest>()
  const loans = new Map<string, Loan>()
  const current = (now: number): readonly (readonly [string, Loan])[] => {
    for (const [id, { until }] of loans) if (until <= now) loans.delete(id)
    return [...loans]
  }
  return {
    guests(now) {
      for (const [id, { until }] of guests) if (until <= now) guests.delete(id)
      return [...guests.values()].map(({ guest }) => guest)
    },
    host({ from, consumers }, { kw, until }) {
      const known = new Set([...guests].filter(([, each]) => each.from === from).map(([id]) => id))
      for (const id of known) guests.delete(id)
      let left = kw
      // who is here already is part of the demand that the spare power is left after
      const rank = ({ id }: GuestConsumer): number => Number(!known.has(id))
      for (const guest of consumers.toSorted((a, b) => rank(a) - rank(b) || a.class - b.class || a.kw - b.kw)) {
        const more = known.has(guest.id) ? 0 : guest.kw
        if (left < more) continue
        left -= more
        guests.set(guest.id, { guest, from, until })
      }
      return consumers.filter(({ id }) => guests.has(id)).map(({ id }) => id)
    },
    close: () => guests.clear(),
    offer(to, ids, until) {
      for (const id of ids) loans.set(id, { to, until, lease: undefined })
    },
    lend(to, asked, { until, accepted }) {
      const leases = new Map(accepted.map(({ id, lease }) => [id, lease]))
      for (const id of asked) {
        if (leases.has(id)) loans.set(id, { to, until, lease: leases.get(id) })
        else if (loans.get(id)?.to === to) loans.delete(id)
      }
    },
    recall: (id, lease) => void loans.set(id, { to: lease.region, until: lease.validUntil, lease }),
    lent: (now) => new Set(current(now).map(([id]) => id)),
    loan(id, now) {
      const loan = loans.get(id)
      return loan && now < loan.until ? loan : undefined
    },
    lentTo: (region, now) => current(now).flatMap(([id, { to }]) => (to === region ? [id] : [])),
    takeBack(ids) {
      for (const id of ids) loans.delete(id)
    },
    calls: new Map(),
  }
}
