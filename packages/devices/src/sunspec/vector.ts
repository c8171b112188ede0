import { limitSteps, permitSteps, powerSteps } from './control/ac-orders.ts'
import { batterySteps, connectSteps, limitSteps as legacyLimitSteps } from './control/legacy-orders.ts'
import { release, type Step } from './control/order.ts'
import { common } from './models/common.ts'
import { acControls, capacity, directCurrent, enterService, measurement, storage } from './models/der.ts'
import type { Model } from './models/layout.ts'
import {
  basicSettings,
  extendedStatus,
  immediateControls,
  inverters,
  nameplate,
  storageControls,
} from './models/legacy.ts'
import { textAt, type View, valueOf, viewOf } from './view.ts'
import { wordsOf } from './codec.ts'

/** One write to a device: where, counted from the model's id register, and what. */
export type RegisterWrite = Readonly<{ offset: number; words: readonly number[] }>

/** A model and quantity ("704.MaxPow"), a set point, and the ratings and scale factors that it needs. */
export type WriteTask = Readonly<{ kind: string } & Record<string, number | boolean | string | null>>

/** The writes that bring a device with every point of a model to a set point, in their order (scheduling.md §7). */
export function registerWrites(task: WriteTask): readonly RegisterWrite[] {
  return stepsOf(task).flatMap((step) =>
    step.kind === 'write' ? [{ offset: step.write.address, words: step.write.words }] : [],
  )
}

/** The points of a model in registers that begin with its id, scaled; null is not implemented. */
export function decodeRegisters(registers: readonly number[]): Readonly<Record<string, number | string | null>> {
  const model = models.find(({ id }) => id === registers[0])
  if (!model) throw new Error(`no SunSpec model that is known here: "${registers[0]}"`)
  const view = viewOf(model, registers, 0)
  return Object.fromEntries(
    Object.entries(model.points).map(([name, { type }]) => [
      name,
      type === 'string' ? textAt(view, name) : (valueOf(view, name) ?? null),
    ]),
  )
}

const models: readonly Model[] = [
  common,
  ...inverters,
  nameplate,
  basicSettings,
  extendedStatus,
  immediateControls,
  storageControls,
  measurement,
  capacity,
  enterService,
  acControls,
  storage,
  directCurrent,
]

function stepsOf(task: WriteTask): readonly Step[] {
  const number = (name: string): number => numberIn(task, name)
  const revertSeconds = typeof task['revertS'] === 'number' ? task['revertS'] : undefined
  switch (task.kind) {
    case '704.MaxPow':
      return limitSteps(device(acControls, task), number('limitW') / number('WMax'), { revertSeconds })
    case '704.ActPow':
      return powerSteps(device(acControls, task), number('setW'), { revertSeconds })
    case '704.Release':
      return released(device(acControls, task), ['WMaxLimPctEna', 'WSetEna'])
    case '703.OnOff':
      return permitSteps(device(enterService, task), isOn(task))
    case '123.OnOff':
      return connectSteps(device(immediateControls, task), isOn(task))
    case '123.MaxPow':
      return legacyLimitSteps(device(immediateControls, task), number('limitW') / number('WMax'), { revertSeconds })
    case '123.ActPow': // what only generates is bounded by the power that it is asked for
      return legacyLimitSteps(device(immediateControls, task), number('setW') / number('WMax'), { revertSeconds })
    case '123.Release':
      return released(device(immediateControls, task), ['WMaxLim_Ena'])
    case '124.ActPow': {
      const rates = { maxChargeRateW: number('WChaMax'), maxDischargeRateW: number('WDisChaMax') }
      return batterySteps(device(storageControls, task), number('setW'), rates, { revertSeconds })
    }
    case '124.Release':
      return released(device(storageControls, task), ['StorCtl_Mod'])
    default:
      throw new Error(`no SunSpec write that is known here: "${task.kind}"`)
  }
}

function released<Name extends string>(view: View<Name>, names: readonly Name[]): readonly Step[] {
  return names.flatMap((name) => release(name, view, name).steps)
}

function numberIn(task: WriteTask, name: string): number {
  const value = task[name]
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new Error(`"${task.kind}" needs a number ${name}, found ${JSON.stringify(value)}`)
}

function isOn(task: WriteTask): boolean {
  if (typeof task['on'] === 'boolean') return task['on']
  throw new Error(`"${task.kind}" needs true or false in on, found ${JSON.stringify(task['on'])}`)
}

/** A device that has every point of the model, with the scale factors that are given. */
function device<Name extends string>(model: Model<Name>, task: WriteTask): View<Name> {
  const words = Array<number>(model.size).fill(0)
  for (const [name, point] of Object.entries<Model['points'][string]>(model.points)) {
    if (point.type !== 'sunssf' || !(name in task)) continue
    words.splice(point.at, point.size, ...wordsOf(numberIn(task, name), point))
  }
  return viewOf(model, words, 0)
}
