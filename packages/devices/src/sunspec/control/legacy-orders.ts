import { receiptCap } from '../../emulated/caps.ts'
import type { Settings } from '../../device.ts'
import type { DeviceSetpoint, PowerFactorSetpoint } from '../../setpoint.ts'
import { immediateControls, storageControls } from '../models/legacy.ts'
import { view } from '../registers.ts'
import { has, type View, valueOf } from '../view.ts'
import { type Asked, capOf, capWithPower, powerOf } from './asked-power.ts'
import { type Context, given, type Order, release, type Step, steps } from './order.ts'

export type ImmediateView = View<keyof typeof immediateControls.points>
export type BatteryView = View<keyof typeof storageControls.points>

/** The orders to models 123 and 124 (csip-client.md section 12, mapping). */
export function legacyOrders(setpoint: DeviceSetpoint, context: Context): Order[] {
  const controls = view(context.registers, immediateControls)
  if (!controls) return []
  const battery = view(context.registers, storageControls)
  const { settings, revertSeconds } = context
  const modes = (['opModConnect'] as const).filter((mode) => mode in setpoint)
  return [
    { key: 'Conn', modes, steps: connectSteps(controls, setpoint.opModConnect !== false), isTimed: false },
    limitOrder(controls, setpoint, battery ? capOf(setpoint, settings) : capWithPower(setpoint, settings), context),
    powerFactorOrder(controls, setpoint.opModFixedPFInjectW, revertSeconds),
    varOrder(controls, setpoint, context),
    ...(battery ? [batteryOrder(battery, setpoint, context)] : []),
  ]
}

export function connectSteps(controls: ImmediateView, isConnected: boolean): Step[] {
  return steps(controls, [['Conn', isConnected ? 1 : 0]])
}

/** To de-energise is to hold at nothing with the contactor closed. */
function limitOrder(
  controls: ImmediateView,
  setpoint: DeviceSetpoint,
  cap: Asked | undefined,
  { settings, revertSeconds }: Context,
): Order {
  const modes = [...(cap?.modes ?? []), ...(['opModEnergize'] as const).filter((mode) => mode in setpoint)]
  const isOff = setpoint.opModEnergize === false
  if (!cap && !isOff) return { ...release('WMaxLim_Ena', controls, 'WMaxLim_Ena'), modes }
  const fraction = isOff || !cap ? 0 : cap.watts / settings.maxW
  const now = valueOf(controls, 'WMaxLim_Ena') === 1 ? (valueOf(controls, 'WMaxLimPct') ?? 100) / 100 : 1
  const rampSeconds = rampOf(setpoint, Math.abs(fraction - now))
  const limit = limitSteps(controls, fraction, { revertSeconds, rampSeconds })
  return { key: 'WMaxLim_Ena', modes, steps: limit, isTimed: true }
}

type Timing = Readonly<{ revertSeconds?: number | undefined; rampSeconds?: number | undefined }>

export function limitSteps(controls: ImmediateView, fraction: number, { revertSeconds, rampSeconds }: Timing): Step[] {
  return steps(controls, [
    ['WMaxLimPct', 100 * Math.min(1, Math.max(0, fraction)), 'down'],
    ...present(controls, ['WMaxLimPct_RvrtTms', revertSeconds], ['WMaxLimPct_RmpTms', rampSeconds]),
    ['WMaxLim_Ena', 1],
  ])
}

// signs after EEI: over-excited, in quadrants 1 and 3, is negative
function powerFactorOrder(
  controls: ImmediateView,
  wanted: PowerFactorSetpoint | undefined,
  revertSeconds: number | undefined,
): Order {
  if (!wanted) return release('OutPFSet_Ena', controls, 'OutPFSet_Ena')
  const value = wanted.underExcited ? wanted.displacement : -wanted.displacement
  return {
    key: 'OutPFSet_Ena',
    modes: ['opModFixedPFInjectW'],
    steps: steps(controls, [
      ['OutPFSet', value],
      ...present(controls, ['OutPFSet_RvrtTms', revertSeconds]),
      ['OutPFSet_Ena', 1],
    ]),
    isTimed: true,
  }
}

const varPoints = { maxW: ['VArWMaxPct', 1], maxVar: ['VArMaxPct', 2], availableVar: ['VArAvalPct', 3] } as const

function varOrder(controls: ImmediateView, setpoint: DeviceSetpoint, { settings, revertSeconds }: Context): Order {
  const wanted = fixedVarOf(setpoint, settings)
  if (!wanted) return release('VArPct_Ena', controls, 'VArPct_Ena')
  const [point, mode] = varPoints[wanted.of]
  const order = {
    key: 'VArPct_Ena',
    modes: (['opModTargetVar', 'opModFixedVar'] as const).filter((one) => one in setpoint),
    isTimed: true,
  }
  if (!has(controls, point)) return { ...order, steps: [], impossible: `the device has no ${point}` }
  const values = [
    ...present(controls, ['VArPct_Mod', mode]),
    [point, 100 * wanted.fraction] as const,
    ...present(controls, ['VArPct_RvrtTms', revertSeconds]),
  ]
  return { ...order, steps: steps(controls, [...values, ['VArPct_Ena', 1]]) }
}

/** Vars are asked for in percent of the most that the device may inject, or absorb. */
function fixedVarOf({ opModTargetVar, opModFixedVar }: DeviceSetpoint, { maxVar = 0, maxVarNeg = 0 }: Settings) {
  if (opModTargetVar === undefined) return opModFixedVar
  const most = opModTargetVar < 0 ? maxVarNeg : maxVar
  return { fraction: most > 0 ? opModTargetVar / most : 0, of: 'maxVar' as const }
}

function batteryOrder(battery: BatteryView, setpoint: DeviceSetpoint, context: Context): Order {
  const { settings, revertSeconds, grantedW } = context
  const power = powerOf(setpoint, settings, grantedW)
  const chargeCap = receiptCap(setpoint)
  const { maxW, maxChargeRateW = maxW, maxDischargeRateW = maxW } = settings
  const caps = (['opModImpLimW', 'opModLoadLimW'] as const).filter((mode) => mode in setpoint)
  const order = { key: 'StorCtl_Mod', modes: [...(power?.modes ?? []), ...caps], isTimed: true }
  const rates = { maxChargeRateW, maxDischargeRateW }
  if (power) {
    const now = valueOf(battery, 'StorCtl_Mod') === 3 ? (valueOf(battery, 'OutWRte') ?? 0) / 100 : 0
    const rampSeconds = rampOf(setpoint, Math.abs(power.watts / maxDischargeRateW - now))
    return { ...order, steps: batterySteps(battery, power.watts, rates, { revertSeconds, rampSeconds }) }
  }
  if (chargeCap === undefined) return release('StorCtl_Mod', battery, 'StorCtl_Mod')
  const values = [
    ['InWRte', (100 * Math.min(chargeCap, maxChargeRateW)) / maxChargeRateW, 'down'] as const,
    ...present(battery, ['InOutWRte_RvrtTms', revertSeconds]),
  ]
  return { ...order, steps: steps(battery, [...values, ['StorCtl_Mod', 1]]) }
}

type Rates = Readonly<{ maxChargeRateW: number; maxDischargeRateW: number }>

/** Holds a power: the least and the most that may flow are the same, so the one rate is the other's opposite. */
export function batterySteps(
  battery: BatteryView,
  watts: number,
  { maxChargeRateW, maxDischargeRateW }: Rates,
  { revertSeconds, rampSeconds }: Timing,
): Step[] {
  return steps(battery, [
    ['OutWRte', (100 * watts) / maxDischargeRateW],
    ['InWRte', (-100 * watts) / maxChargeRateW],
    ...present(battery, ['InOutWRte_RvrtTms', revertSeconds], ['InOutWRte_RmpTms', rampSeconds]),
    ['StorCtl_Mod', 3],
  ])
}

/** Seconds for a change of so much of the rating; what is only said again goes on with the ramp that it began. */
function rampOf({ rampSeconds, gradient = 0 }: DeviceSetpoint, change: number): number | undefined {
  if (change < leastChange) return undefined
  if (rampSeconds !== undefined) return Math.ceil(rampSeconds)
  return gradient > 0 ? Math.ceil(change / gradient) : 0
}

// above what rounding to a register makes
const leastChange = 0.01

/** The values that are there, of points that the device has. */
function present<Name extends string>(
  target: View<Name>,
  ...pairs: readonly (readonly [name: Name, value: number | undefined])[]
) {
  return given(...pairs).filter(([name]) => has(target, name))
}
