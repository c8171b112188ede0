import type { KeptOrder, LocalOrder } from '@gridloom/contracts'
import type { Capability, DeviceSetpoint, Mode, Settings } from '@gridloom/devices'
import type { Schedule } from './scheduling/schedule.ts'

/** What the utility says about active power: while it rules the power itself, a local target waits. */
export type Rule = Readonly<{ holdsPower: boolean }>

/** The device that orders are turned into set points for. */
export type Ordered = Readonly<{ kind: Capability['kind']; settings: Settings; modes: readonly string[] }>

const powerModes = ['opModTargetW', 'opModFixedW', 'opModStorageTargetW'] as const satisfies readonly Mode[]

/** An event that sets the power, a granted flow and one that is waited for come before any local target. */
export function ruleOf(
  { controls, flows }: Readonly<{ controls: Schedule; flows: Schedule }>,
  awaitsFlow: boolean,
): Rule {
  const isSet = powerModes.some((mode) => controls.fields[mode]?.kind === 'event')
  return { holdsPower: isSet || awaitsFlow || Object.values(flows.fields).some(({ kind }) => kind === 'event') }
}

export function stateAt(order: KeptOrder, now: number): KeptOrder['state'] {
  if (order.state === 'withdrawn') return 'withdrawn'
  if (now < order.start) return 'scheduled'
  return now < endOf(order) ? 'active' : 'completed'
}

/** The orders that run, those of the market first, then the one that began last; of two at once the greater mRID. */
export function runningAt(orders: readonly KeptOrder[], now: number): LocalOrder[] {
  return orders
    .filter((order) => stateAt(order, now) === 'active')
    .toSorted((a, b) => ranks[a.source] - ranks[b.source] || b.start - a.start || (a.mRID < b.mRID ? 1 : -1))
}

// What was bought and sold is owed; a region that is short of power says so by limits, and they hold for all.
const ranks = { market: 0, region: 1 } as const satisfies Record<LocalOrder['source'], number>

/** Whether the power of a device is owed to the market now: nobody else sets it meanwhile. */
export function isOwed(running: readonly LocalOrder[]): boolean {
  return running.some(({ source, targetW }) => source === 'market' && targetW !== undefined)
}

/** The next instant at which an order begins or ends. */
export function nextTurn(orders: readonly KeptOrder[], now: number): number {
  const turns = orders.filter(({ state }) => state !== 'withdrawn').flatMap((order) => [order.start, endOf(order)])
  return Math.min(Infinity, ...turns.filter((turn) => turn > now))
}

/** Those that the device can follow at all: a mere target is void while the utility rules the power. */
export function inForce(running: readonly LocalOrder[], { holdsPower }: Rule): LocalOrder[] {
  return running.filter(
    ({ targetW, maxExportW, maxImportW }) =>
      (maxExportW ?? maxImportW) !== undefined || (targetW !== undefined && !holdsPower),
  )
}

/** Adds the running orders to what the utility asks: their limits only ever tighten its own, which clip their target. */
export function withOrders(
  utility: DeviceSetpoint,
  running: readonly LocalOrder[],
  device: Ordered,
  { holdsPower }: Rule,
): DeviceSetpoint {
  const limited = running.reduce((setpoint, { maxExportW, maxImportW }) => {
    const exporting = maxExportW === undefined ? setpoint : capped(setpoint, 'export', maxExportW, device)
    return maxImportW === undefined ? exporting : capped(exporting, 'import', maxImportW, device)
  }, utility)
  const target = running.find(({ targetW }) => targetW !== undefined)?.targetW
  return target === undefined || holdsPower ? limited : targeted(limited, target, device)
}

function endOf({ start, durationSeconds }: LocalOrder): number {
  return start + durationSeconds
}

type Direction = 'export' | 'import'

const limitModes = {
  export: ['opModGenLimW', 'opModExpLimW'],
  import: ['opModLoadLimW', 'opModImpLimW'],
} as const satisfies Record<Direction, readonly Mode[]>

function capped(
  setpoint: DeviceSetpoint,
  direction: Direction,
  watts: number,
  { kind, settings: { maxW }, modes }: Ordered,
): DeviceSetpoint {
  const mode = limitModes[direction].find((each) => modes.includes(each))
  if (mode) return { ...setpoint, [mode]: Math.min(setpoint[mode] ?? Infinity, watts) }
  // what opModMaxLimW caps depends on the device: a load reads it as a cap on what it draws
  const isMeant = (kind === 'load') === (direction === 'import')
  if (!isMeant || !modes.includes('opModMaxLimW')) return setpoint
  return { ...setpoint, opModMaxLimW: Math.min(setpoint.opModMaxLimW ?? 1, watts / maxW) }
}

function targeted(setpoint: DeviceSetpoint, targetW: number, device: Ordered): DeviceSetpoint {
  const mode = powerModes.find((each) => device.modes.includes(each))
  const watts = clipped(setpoint, targetW, device)
  // what cannot be told how much to draw or to deliver can still be told how much at most
  if (!mode) {
    const exporting = device.kind === 'load' ? setpoint : capped(setpoint, 'export', Math.max(0, watts), device)
    return capped(exporting, 'import', Math.max(0, -watts), device)
  }
  const { opModTargetW: _, opModFixedW: __, opModStorageTargetW: ___, ...rest } = setpoint
  return { ...rest, [mode]: mode === 'opModFixedW' ? shareOf(watts, device.settings) : watts }
}

function clipped(setpoint: DeviceSetpoint, watts: number, { kind, settings: { maxW } }: Ordered): number {
  const { opModGenLimW, opModExpLimW, opModLoadLimW, opModImpLimW, opModMaxLimW } = setpoint
  const cap = opModMaxLimW === undefined ? Infinity : opModMaxLimW * maxW
  const isLoad = kind === 'load'
  const most = Math.min(opModGenLimW ?? Infinity, opModExpLimW ?? Infinity, isLoad ? Infinity : cap)
  const least = Math.min(opModLoadLimW ?? Infinity, opModImpLimW ?? Infinity, isLoad ? cap : Infinity)
  return Math.max(-least, Math.min(most, watts))
}

function shareOf(watts: number, { maxW, maxChargeRateW = maxW, maxDischargeRateW = maxW }: Settings): number {
  const share = watts / (watts < 0 ? maxChargeRateW : maxDischargeRateW)
  return Math.max(-1, Math.min(1, share))
}
