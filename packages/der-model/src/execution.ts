import type { DerModel } from './model.ts'

/** The settings that were asked for last, those in force, and those on their way there. */
export type Execution = { asked: DerModel; inForce: DerModel; readonly pending: { model: DerModel; left: number }[] }

export const createExecution = (model: DerModel): Execution => ({ asked: model, inForce: model, pending: [] })

/** The settings in force in this step. R1: in the reference NP_SET_EXE_TIME has no effect. */
export function inForce(execution: Execution, asked: DerModel, ts: number): DerModel {
  const { pending } = execution
  for (const change of pending) change.left -= ts
  while (pending[0] && pending[0].left <= 0) execution.inForce = pending.shift()?.model ?? asked
  if (asked === execution.asked) return execution.inForce
  execution.asked = asked
  const { strict1547, NP_SET_EXE_TIME } = asked.settings
  if (strict1547 && NP_SET_EXE_TIME >= ts) pending.push({ model: asked, left: NP_SET_EXE_TIME })
  else {
    pending.length = 0
    execution.inForce = asked
  }
  return execution.inForce
}
