import { noise } from '../../emulated/noise.ts'

/** Litres per hour that a household draws on an ordinary day; each draw begins within twenty minutes of its time, by the seed. */
export function householdDraw(seed: number, now: number, utcOffsetSeconds = 0): number {
  const local = now + utcOffsetSeconds
  const day = Math.floor(local / 86_400)
  const open = draws.filter(({ hour, litres }, index) => {
    const shift = (2 * noise(seed + index, day) - 1) * 1200
    const since = local - day * 86_400 - hour * 3600 - shift
    return since >= 0 && since < (litres / litresPerMinute) * 60
  })
  return open.length * litresPerMinute * 60
}

const litresPerMinute = 6
const draws = [
  { hour: 6.5, litres: 60 },
  { hour: 7.25, litres: 40 },
  { hour: 12, litres: 15 },
  { hour: 18.5, litres: 35 },
  { hour: 21, litres: 30 },
]
