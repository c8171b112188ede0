import { assign } from '../assign.ts'
import { createState, type DerState, step } from '../der.ts'
import { type DerInput, gridAt } from '../input.ts'
import { createModel, withSettings } from '../model.ts'
import { defaultSettings, type DerSettings } from '../settings.ts'

type Around = Partial<DerInput> & { volts?: number }

/** A DER that a test takes through its steps. */
export type Run = Readonly<{
  state: DerState
  set: (changes: Partial<DerSettings>) => void
  /** So many steps of `ts` seconds at nominal voltage and frequency but for what is said. */
  step: (around?: Around, count?: number, ts?: number) => DerState
}>

export function createRun(kind: DerSettings['KIND'], settings: Partial<DerSettings> = {}): Run {
  let model = createModel(assign(defaultSettings(kind), settings))
  const state = createState(model)
  return {
    state,
    set(changes) {
      model = withSettings(model, changes)
    },
    step({ volts = 1, ...around } = {}, count = 1, ts = 1) {
      const { settings: now } = model
      const input = { ...gridAt(now, volts, now.NP_F_NOM), ...around }
      for (let k = 0; k < count; k++) step(model, state, input, ts)
      return state
    },
  }
}
