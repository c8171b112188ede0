/** A device that is to change its output: its rating, and its ramp in hundredths of a percent of that per second. */
export type Ramped = Readonly<{ ratedWatts: number; setGradW?: number }>

const usualGradW = 100
const leastSeconds = 10
const allowance = 1.2

/** How long a device may take to change its power by so much before it is judged. */
export function settleSeconds({ ratedWatts, setGradW = usualGradW }: Ramped, changeWatts: number): number {
  // 2030.5: 0 means that there is no limit
  if (setGradW === 0) return leastSeconds
  const wattsPerSecond = (ratedWatts * setGradW) / 10_000
  return Math.max(leastSeconds, (allowance * Math.abs(changeWatts)) / wattsPerSecond)
}
