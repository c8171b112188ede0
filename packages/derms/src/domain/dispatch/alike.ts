// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import type { Problem } from './problem.ts'

const features = 10

/** Puts rows that are alike together, in so many groups at most: those that differ most in something are parted first. */
export function alike(problem: Problem, rows: Uint32Array, most: number): readonly Uint32Array[] {
  if (rows.length <= most) return Array.from(rows, (_, n) => rows.subarray(n, n + 1))
  const traits = new Float64Array(rows.length * features)
  rows.forEach((row, n) => traits.set(traitsOf(problem, row), n * features))
  for (let trait = 0; trait < features; trait++) {
    const { spread } = spreadOf(
      trait,
      Uint32Array.from(rows, (_, n) => n),
    )
    const scale = spread > 1e-12 ? 1 / Math.sqrt(spread) : 0
    for (let n = 0; n < rows.length; n++) traits[n * features + trait]! *= scale
  }
  const places = Uint32Array.from(rows, (_, n) => n)
  const groups: Uint32Array[] = []
  part(places, most)
  return groups

  function part(members: Uint32Array, into: number): void {
    const { trait, mean, spread } = widest(members)
    if (into <= 1 || spread === 0) return void groups.push(members.map((n) => rows[n]!))
    let left = 0
    for (let n = 0; n < members.length; n++) {
      const member = members[n]!
      if (traits[member * features + trait]! > mean) continue
      members[n] = members[left]!
      members[left++] = member
    }
    if (left === members.length) return void groups.push(members.map((n) => rows[n]!))
    const share = Math.min(Math.max(Math.round((into * left) / members.length), 1), into - 1)
    part(members.subarray(0, left), share)
    part(members.subarray(left), into - share)
  }

  function widest(members: Uint32Array) {
    let best = { trait: 0, mean: 0, spread: 0 }
    for (let trait = 0; trait < features; trait++) {
      const { mean, spread } = spreadOf(trait, members)
      if (spread > best.spread + 1e-12) best = { trait, mean, spread }
    }
    return best
  }

  function spreadOf(trait: number, members: Uint32Array) {
    let [sum, squares] = [0, 0]
    for (const member of members) {
      const value = traits[member * features + trait]!
      sum += value
      squares += value * value
    }
    const mean = sum / members.length
    return { mean, spread: squares / members.length - mean * mean }
  }
}

/** What makes two DERs alike: prices, hours that a store lasts, and powers as shares of the greatest, each about 0 to 1. */
function traitsOf(problem: Problem, row: number): readonly number[] {
  const { steps, stepHours, fairness, base, min, max, now, storage, upPrice, downPrice, ramp } = problem
  const [first, middle, end] = [row * steps, row * steps + Math.ceil(steps / 2), (row + 1) * steps]
  let power = 1e-9
  for (let cell = first; cell < end; cell++) power = Math.max(power, Math.abs(min[cell]!), Math.abs(max[cell]!))
  const store = storage[row]
  const lasts = (energy: number) => Math.max(Math.min(energy / (power * stepHours * steps), 1), -1)
  const share = (values: Float64Array, from: number, to: number) => {
    let sum = 0
    for (let cell = from; cell < to; cell++) sum += values[cell]!
    return sum / (power * Math.max(to - from, 1))
  }
  return [
    fairness === 'equal' ? 0 : upPrice[row]!,
    fairness === 'equal' ? 0 : downPrice[row]!,
    store ? lasts(store.energyWh - store.minWh) : 0,
    store ? lasts(store.capacityWh - store.energyWh) : 0,
    store?.finalWh === undefined ? -1 : lasts(store.finalWh - store.energyWh),
    share(base, first, middle),
    share(base, middle, end),
    share(min, first, end) - share(max, first, end),
    store ? store.chargeEfficiency * store.dischargeEfficiency : 0,
    Math.min(ramp[row]! / power, 1) + now[row]! / power,
  ]
}
