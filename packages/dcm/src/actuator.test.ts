import { DeviceError, type ApplyResult, type Device, type DeviceSetpoint } from '@gridloom/devices'
import { createLogger } from '@gridloom/kit'
import { expect, it } from 'vitest'
import { createActuator } from './actuator.ts'

const half = { opModMaxLimW: 0.5 }

it('writes a set point once', async () => {
  const { actuator, written } = withDevice(() => accepted)
  for (const _ of [1, 2]) await actuator.bring(() => half, false)
  expect(written).toEqual([half])
})

it('leaves out what is refused, and says so', async () => {
  const { actuator } = withDevice((setpoint) => ('opModFixedW' in setpoint ? refused : accepted))
  const brought = await actuator.bring(
    (without) => ({ ...half, ...(!without.has('opModFixedW') && { opModFixedW: 1 }) }),
    false,
  )
  expect(brought).toEqual({ kind: 'done', refused: new Set(['opModFixedW']) })
  expect(actuator.setpoint()).toEqual(half)
})

it('asks again for what was refused only when it is told to', async () => {
  const { actuator, written } = withDevice((setpoint) => ('opModFixedW' in setpoint ? refused : accepted))
  const target = (without: ReadonlySet<string>) => (without.has('opModFixedW') ? half : { ...half, opModFixedW: 1 })
  for (const anew of [false, false, true]) await actuator.bring(target, anew)
  expect(written).toHaveLength(4)
})

it('writes again to a device that was lost', async () => {
  let answers = false
  const { actuator, written } = withDevice(() => {
    if (!answers) throw new DeviceError('unreachable', 'no answer')
    return accepted
  })
  expect(await actuator.bring(() => half, false)).toEqual({ kind: 'lost' })
  answers = true
  expect(await actuator.bring(() => half, false)).toMatchObject({ kind: 'done' })
  actuator.forget()
  await actuator.bring(() => half, false)
  expect(written).toHaveLength(3)
})

const accepted: ApplyResult = { kind: 'accepted' }
const refused: ApplyResult = { kind: 'refused', fields: ['opModFixedW'], reason: 'not now' }

/** A device that answers as it is told and remembers what was written to it. */
function withDevice(answer: (setpoint: DeviceSetpoint) => ApplyResult) {
  const written: DeviceSetpoint[] = []
  const apply = async (setpoint: DeviceSetpoint): Promise<ApplyResult> => {
    written.push(setpoint)
    return answer(setpoint)
  }
  const device = { apply } as Device
  return { actuator: createActuator(device, createLogger('dcm', 'silent')), written }
}
