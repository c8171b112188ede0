import type { MeteredEnergy } from '@gridloom/contracts'

/** What a meter has counted up to an instant, and for how many seconds of that time it was read. */
export type Register = Readonly<{ at: number; deliveredWh: number; receivedWh: number; coveredSeconds: number }>

export const emptyRegister: Register = { at: 0, deliveredWh: 0, receivedWh: 0, coveredSeconds: 0 }

type Reading = Pick<Register, 'at' | 'deliveredWh' | 'receivedWh'>

/** Goes on from one reading of a device to the next; one that counts from nothing again was not seen in between. */
export function counted(register: Register, before: Reading | undefined, next: Reading): Register {
  const isGap =
    !before || next.at < before.at || next.deliveredWh < before.deliveredWh || next.receivedWh < before.receivedWh
  if (isGap) return { ...register, at: Math.max(register.at, next.at) }
  return {
    at: next.at,
    deliveredWh: register.deliveredWh + next.deliveredWh - before.deliveredWh,
    receivedWh: register.receivedWh + next.receivedWh - before.receivedWh,
    coveredSeconds: register.coveredSeconds + next.at - before.at,
  }
}

/** The register at an instant between two: power is taken as steady from the one to the other. */
export function registerBetween(a: Register, b: Register, at: number): Register {
  const share = b.at > a.at ? Math.min(1, Math.max(0, (at - a.at) / (b.at - a.at))) : 0
  const between = (from: number, to: number): number => from + share * (to - from)
  return {
    at,
    deliveredWh: between(a.deliveredWh, b.deliveredWh),
    receivedWh: between(a.receivedWh, b.receivedWh),
    coveredSeconds: between(a.coveredSeconds, b.coveredSeconds),
  }
}

export function energyBetween(from: Register, to: Register): MeteredEnergy {
  const deliveredWh = to.deliveredWh - from.deliveredWh
  const receivedWh = to.receivedWh - from.receivedWh
  return {
    start: from.at,
    end: to.at,
    deliveredWh: thousandths(deliveredWh),
    receivedWh: thousandths(receivedWh),
    netWh: thousandths(deliveredWh - receivedWh),
    coveredSeconds: thousandths(to.coveredSeconds - from.coveredSeconds),
  }
}

const thousandths = (value: number): number => Math.round(value * 1000) / 1000
