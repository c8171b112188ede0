import type { SimConsumer, World } from './world.ts'

const day = 86_400
const hour = 3600
/** How long an appliance runs, and how long it may wait for its start. */
const runSeconds = hour
const patienceSeconds = 4 * hour
const startsPerDay = 2

/** Lets `seconds` pass up to `now`: sun and wind change, loads follow the day, appliances want to start. */
export function passTime({ generators, consumers }: World, now: number, seconds: number, random: () => number): void {
  const drift = Math.sqrt(seconds / hour)
  for (const generator of generators) {
    if (generator.kind !== 'stochastic') continue
    generator.level = clamp(generator.level + 0.35 * drift * (random() - 0.5) + 0.02 * (0.6 - generator.level))
    const height = generator.source === 'sun' ? Math.max(0, Math.sin(((now % day) / day - 0.25) * 2 * Math.PI)) : 1
    generator.availableKw = generator.capacityKw * height * generator.level
  }
  const shape = shapeOfDay(now)
  for (const consumer of consumers) {
    const wanted = consumer.meanKw * shape * (0.85 + 0.3 * random())
    consumer.loadKw += 0.5 * (wanted - consumer.loadKw)
    startAppliance(consumer, now, (startsPerDay * seconds * shape) / day, random)
  }
}

function startAppliance(consumer: SimConsumer, now: number, chance: number, random: () => number): void {
  const { waitingSince, runsUntil } = consumer
  if (waitingSince !== undefined && now - waitingSince >= patienceSeconds) run(consumer, now)
  else if (waitingSince === undefined && runsUntil <= now && random() < chance) consumer.waitingSince = now
}

export function run(consumer: SimConsumer, now: number): void {
  consumer.waitingSince = undefined
  consumer.runsUntil = now + runSeconds
}

/** A quiet night, a morning and a higher evening; its mean is about one. */
function shapeOfDay(now: number): number {
  const at = (now % day) / hour
  const bump = (centre: number, width: number): number => Math.exp(-(((at - centre) / width) ** 2))
  return 0.55 + 0.5 * bump(8, 2) + 0.25 * bump(13, 3) + 0.95 * bump(19, 2.5)
}

function clamp(level: number): number {
  return Math.min(1, Math.max(0, level))
}
