import type { Random } from '@gridloom/kit'
import type { DispatchInput } from '../dispatch-file.ts'

/** Bases that ramps, stores and bounds do not allow, ends that cannot be reached, blocks and distrust. */
export function oddFleet(random: Random): DispatchInput {
  const between = (least: number, most: number) => least + (most - least) * random.next()
  const steps = random.integer(1, 6)
  const each = <T>(make: (t: number) => T) => Array.from({ length: steps }, (_, t) => make(t))
  const fleet = Array.from({ length: random.integer(0, 6) }, (_, n) => {
    const minW = each(() => -between(0, 5000))
    const maxW = each(() => between(0, 5000))
    const baseW = each((t) => [0, minW[t] ?? 0, between(minW[t] ?? 0, maxW[t] ?? 0)][random.integer(0, 2)] ?? 0)
    const block = random.next() < 0.15
    const storage = {
      energyWh: between(0, 2000),
      capacityWh: between(2000, 6000),
      chargeEfficiency: between(0.8, 1),
      dischargeEfficiency: between(0.8, 1),
      ...(random.next() < 0.4 && { finalWh: between(0, 8000) }),
    }
    return {
      id: `der-${n}`,
      baseW,
      minW,
      maxW,
      block,
      nowW: between(-6000, 6000),
      upPrice: random.next(),
      downPrice: random.next(),
      ...(!block && random.next() < 0.4 && { rampWPerSecond: between(0.05, 2) }),
      ...(!block && random.next() < 0.6 && { storage }),
      trust: { Te: random.next() < 0.5 ? 1 : random.next(), level: random.integer(0, 4) },
    }
  })
  const limit = { kind: 'limit' as const, importLimitW: between(0, 6000), exportLimitW: between(0, 6000) }
  const target = { kind: 'target' as const, targetW: between(-9000, 9000) }
  return {
    format: 'dispatch/1',
    horizon: { stepSeconds: 3600, steps },
    request: random.next() < 0.5 ? limit : target,
    fairness: (['price', 'equal', 'rotation'] as const)[random.integer(0, 2)] ?? 'price',
    fleet,
  }
}
