import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { limitSteps, permitSteps, powerSteps } from './control/ac-orders.ts'
import { batterySteps, connectSteps, limitSteps as legacyLimitSteps } from './control/legacy-orders.ts'
import { release, type Step } from './control/order.ts'
import { acControls, enterService } from './models/der.ts'
import { immediateControls, inverters, storageControls } from './models/legacy.ts'
import type { Model } from './models/layout.ts'
import { put } from './sim/image.ts'
import { has, type View, valueOf, viewOf } from './view.ts'

type Given = Readonly<{ kind: string } & Record<string, number | boolean | null | string>>
type Case = Readonly<{ given: Given; expect: readonly Readonly<{ offset: number; words: readonly number[] }>[] }>

const { cases } = read<{ cases: readonly Case[] }>('s12-sunspec-writes.json')

it.each(cases.map((one) => [JSON.stringify(one.given), one] as const))(
  'writes %s',
  (_, { given, expect: expected }) => {
    const written = stepsOf(given).map((step) => step.kind === 'write' && step.write)
    expect(written).toEqual(expected.map(({ offset, words }) => ({ address: offset, words })))
  },
)

it('reads a model 103, with undefined for what is not implemented', () => {
  const { given, expect: expected } = read<{
    given: { registers: number[] }
    expect: Record<string, number | null>
  }>('s13-sunspec-decode-103.json')
  const model = inverters.find(({ id }) => id === given.registers[0])
  const view: View | undefined = model && viewOf(model, given.registers, 0)
  for (const [name, value] of Object.entries(expected)) {
    expect.soft(view && valueOf(view, name), name).toBe(value ?? undefined)
  }
  expect(view && has(view, 'VA')).toBe(false)
})

function stepsOf(given: Given): readonly Step[] {
  const get = (name: string): number => Number(given[name])
  const revertSeconds = typeof given['revertS'] === 'number' ? given['revertS'] : undefined
  switch (given.kind) {
    case '704.MaxPow':
      return limitSteps(device(acControls, given), get('limitW') / get('WMax'), { revertSeconds })
    case '704.ActPow':
      return powerSteps(device(acControls, given), get('setW'), { revertSeconds })
    case '704.Release': {
      const controls = device(acControls, given)
      return (['WMaxLimPctEna', 'WSetEna'] as const).flatMap((name) => release(name, controls, name).steps)
    }
    case '703.OnOff':
      return permitSteps(device(enterService, given), given['on'] === true)
    case '123.OnOff':
      return connectSteps(device(immediateControls, given), given['on'] === true)
    case '123.MaxPow':
      return legacyLimitSteps(device(immediateControls, given), get('limitW') / get('WMax'), { revertSeconds })
    case '124.ActPow': {
      const rates = { maxChargeRateW: get('WChaMax'), maxDischargeRateW: get('WDisChaMax') }
      return batterySteps(device(storageControls, given), get('setW'), rates, { revertSeconds })
    }
    default:
      throw new Error(`unknown kind "${given.kind}"`)
  }
}

/** A device that has every point of the model, with the scale factors that are given. */
function device<Name extends string>(model: Model<Name>, given: Given): View<Name> {
  const view = viewOf(model, Array<number>(model.size).fill(0), 0)
  const scales = Object.entries(given).filter(([name]) => name.endsWith('_SF') && name in model.points)
  put<string>(view, Object.fromEntries(scales.map(([name, value]) => [name, Number(value)])))
  return view
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(`../../../../test/vectors/scheduling/${file}`, import.meta.url), 'utf8')) as T
}
