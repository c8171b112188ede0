import type { DeviceSetpoint } from '../../setpoint.ts'
import { acControls } from '../models/der.ts'
import type { Registers } from '../registers.ts'
import type { Write } from '../view.ts'
import { acOrders } from './ac-orders.ts'
import { curveOrders } from './curve-orders.ts'
import { legacyOrders } from './legacy-orders.ts'
import type { Context, Order } from './order.ts'
import { tripOrders } from './trip-orders.ts'

/** All orders that bring a device to a set point, by whichever models it has; `original` is what it had when it was met. */
export function ordersOf(setpoint: DeviceSetpoint, context: Context, original: Registers): Order[] {
  const own = context.registers.has(acControls.id) ? acOrders(setpoint, context) : legacyOrders(setpoint, context)
  return [...own, ...curveOrders(setpoint, context), ...tripOrders(setpoint, context, original)]
}

/** Whether the registers already say what would be written. */
export function isWritten({ address, words }: Write, registers: Registers): boolean {
  const block = registers.values().find((one) => one.address <= address && address < one.address + one.words.length)
  return block !== undefined && words.every((word, index) => block.words[address - block.address + index] === word)
}
