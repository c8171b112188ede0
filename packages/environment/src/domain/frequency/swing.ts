import { atRest, hertzOf, stepArea, type AreaParameters } from './area.ts'

/** An area whose frequency goes on in its own small steps, however far apart it is asked. */
export type Swing = Readonly<{
  /** Lets `seconds` pass under so many megawatts more than at the balanced start. */
  pass(seconds: number, loadMw: number): void
  hertz(): number
}>

const stepSeconds = 0.02
// After so long under one load the area is at rest again.
const longestPass = 30

export function createSwing(area: AreaParameters): Swing {
  let state = atRest
  let owed = 0
  return {
    pass(seconds, loadMw) {
      owed += Math.min(Math.max(seconds, 0), longestPass)
      const steps = Math.floor(owed / stepSeconds + 1e-6)
      owed -= steps * stepSeconds
      for (let step = 0; step < steps; step += 1) state = stepArea(area, state, loadMw / area.sBaseMva, stepSeconds)
    },
    hertz: () => hertzOf(area, state),
  }
}
