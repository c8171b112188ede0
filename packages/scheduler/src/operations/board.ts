import type { Quantity } from '@gridloom/contracts'
import { readFileSync } from 'node:fs'
import type { Slot } from '../domain/enabling.ts'
import { SchedulingError } from '../domain/scheduling-error.ts'
import type { Plant, PlantController, PlantDevice, PlantSchedule } from '../scl/plant.ts'
import { readPlant } from '../scl/read-plant.ts'

/** Where a schedule stands. */
export type Place = Readonly<{
  ref: string
  id: string
  device: string
  quantity: Quantity
  controller: string
  slot: Slot
  origin: 'slot' | 'reserve' | '2030.5'
}>

export type BoardDevice = Readonly<{
  name: string
  logicalDevice: string
  controllers: ReadonlyMap<Quantity, PlantController>
}>

/** The devices of the configuration with what the SCL file says of their schedules. */
export type Board = Readonly<{
  plant: Plant
  devices: readonly BoardDevice[]
  device(name: string): BoardDevice
  controller(device: string, quantity: Quantity): PlantController
  place(device: string, quantity: Quantity, id: string): Place
  placeBy(ref: string): Place | undefined
  /** The device and quantity of a controller. */
  ownerOf(controller: string): Readonly<{ device: string; quantity: Quantity }> | undefined
}>

/** The part of the configuration that says what is scheduled. */
export type BoardConfig = Readonly<{
  scl: string
  ied?: string | undefined
  reserve: readonly string[]
  quantities: Readonly<Record<string, Quantity>>
  devices: readonly Readonly<{ name: string; logicalDevice?: string | undefined }>[]
}>

/** Reads the SCL file that the configuration names; all that is wrong with it is in the error. */
export function readBoard({ scl, ied, reserve, quantities, devices }: BoardConfig): Board {
  const { plant, findings } = readPlant(readFileSync(scl, 'utf8'), { ied, reserve, quantities })
  const errors = findings.filter(({ severity }) => severity === 'error')
  if (!plant || errors.length > 0) {
    const lines = errors.map(({ path, message }) => `${path}: ${message}`)
    throw new SchedulingError('bad-configuration', `${scl} cannot be used:\n${lines.join('\n')}`)
  }
  return boardOf(
    plant,
    devices.map(({ name, logicalDevice = name }) => ({ name, host: hostOf(plant, logicalDevice, name) })),
  )
}

function hostOf({ devices }: Plant, wanted: string, name: string): PlantDevice {
  const found = devices.find((one) => [one.name, one.inst, one.ldName].includes(wanted))
  if (found) return found
  const known = devices.map((one) => one.name).join(', ')
  throw new SchedulingError('bad-configuration', `device "${name}": no logical device "${wanted}" among ${known}`)
}

function boardOf(plant: Plant, hosts: readonly Readonly<{ name: string; host: PlantDevice }>[]): Board {
  const devices = hosts.map(({ name, host }) => ({
    name,
    logicalDevice: host.name,
    controllers: new Map(host.controllers.map((controller) => [controller.quantity, controller])),
  }))
  const owners = new Map(
    devices.flatMap(({ name, controllers }) =>
      [...controllers.values()].map(({ ref, quantity }) => [ref, { device: name, quantity }] as const),
    ),
  )
  const places = new Map(
    devices.flatMap(({ name, controllers }) =>
      [...controllers.values()].flatMap((own) =>
        own.schedules.map((schedule) => [schedule.ref, placeOf(schedule, own, name)] as const),
      ),
    ),
  )
  const device = (name: string): BoardDevice => {
    const found = devices.find((one) => one.name === name)
    if (!found) throw new SchedulingError('missing', `no device "${name}"`)
    return found
  }
  const controller = (name: string, quantity: Quantity): PlantController => {
    const found = device(name).controllers.get(quantity)
    if (!found) throw new SchedulingError('missing', `${quantity} of "${name}" is not scheduled`)
    return found
  }
  return {
    plant,
    devices,
    device,
    controller,
    place(name, quantity, id) {
      const own = controller(name, quantity)
      const schedule = own.schedules.find((one) => one.id === id)
      if (!schedule) throw new SchedulingError('missing', `${quantity} of "${name}" has no schedule "${id}"`)
      return placeOf(schedule, own, name)
    },
    placeBy: (ref) => places.get(ref),
    ownerOf: (ref) => owners.get(ref),
  }
}

export function placeOf(
  { ref, id, slot }: PlantSchedule,
  { ref: controller, quantity }: PlantController,
  device: string,
): Place {
  return { ref, id, device, quantity, controller, slot, origin: slot.isReserve ? 'reserve' : 'slot' }
}
