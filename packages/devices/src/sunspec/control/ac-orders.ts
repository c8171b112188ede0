import type { DeviceSetpoint, FixedVarSetpoint, PowerFactorSetpoint } from '../../setpoint.ts'
import { acControls, enterService } from '../models/der.ts'
import { view } from '../registers.ts'
import { has, type View, valueOf } from '../view.ts'
import { type Asked, capOf, capWithPower, powerOf } from './asked-power.ts'
import { type Context, given, type Order, release, type Step, steps } from './order.ts'

export type AcView = View<keyof typeof acControls.points>
export type Timer = Readonly<{ revertSeconds?: number | undefined }>

/** The orders to models 703 and 704 (csip-client.md section 12, mapping). */
export function acOrders(setpoint: DeviceSetpoint, context: Context): Order[] {
  const controls = view(context.registers, acControls)
  return [...serviceOrders(setpoint, context), ...(controls ? controlOrders(controls, setpoint, context) : [])]
}

function serviceOrders(setpoint: DeviceSetpoint, { registers }: Context): Order[] {
  const service = view(registers, enterService)
  if (!service) return []
  const { opModConnect, opModEnergize, enterService: criteria } = setpoint
  const modes = (['opModConnect', 'opModEnergize'] as const).filter((mode) => mode in setpoint)
  const isPermitted = opModConnect !== false && opModEnergize !== false
  const permit = has(service, 'ES') ? permitSteps(service, isPermitted) : []
  const values = given<keyof typeof enterService.points>(
    ['ESVHi', percent(criteria?.highVolts)],
    ['ESVLo', percent(criteria?.lowVolts)],
    ['ESHzHi', criteria?.highHertz],
    ['ESHzLo', criteria?.lowHertz],
    ['ESDlyTms', criteria?.delaySeconds],
    ['ESRndTms', criteria?.randomDelaySeconds],
    ['ESRmpTms', criteria?.rampSeconds],
  ).filter(([name]) => has(service, name))
  return [
    { key: 'criteria', modes: [], steps: steps(service, values), isTimed: false, mayFail: true },
    { key: 'service', modes, steps: permit, isTimed: false },
  ]
}

export function permitSteps(service: View<keyof typeof enterService.points>, isPermitted: boolean): Step[] {
  return steps(service, [['ES', isPermitted ? 1 : 0]])
}

function controlOrders(controls: AcView, setpoint: DeviceSetpoint, context: Context): Order[] {
  const { settings, revertSeconds } = context
  const holdsPower = has(controls, 'WSetEna')
  const cap = holdsPower ? capOf(setpoint, settings) : capWithPower(setpoint, settings)
  const power = holdsPower ? powerOf(setpoint, settings, context.grantedW) : undefined
  const timer = { revertSeconds }
  return [
    ...fallbackOrders(controls, context),
    ...rampOrders(controls, setpoint, cap, context),
    ...one(controls, 'WMaxLimPctEna', cap, (asked) => limitSteps(controls, asked.watts / settings.maxW, timer)),
    ...one(controls, 'WSetEna', power, (asked) =>
      'opModFixedW' in setpoint
        ? powerShareSteps(controls, asked.watts / settings.maxW, timer)
        : powerSteps(controls, asked.watts, timer),
    ),
    ...one(controls, 'VarSetEna', varsOf(setpoint), ({ write }) => write(controls, timer)),
    ...powerFactorOrders(controls, setpoint, timer),
  ]
}

type Switch = 'WMaxLimPctEna' | 'WSetEna' | 'VarSetEna' | 'PFWInjEna' | 'PFWAbsEna'

/** The order of one function, which ends with switching it on; switched off when nobody asks for it. */
function one<Wanted extends Pick<Asked, 'modes'>>(
  controls: AcView,
  key: Switch,
  asked: Wanted | undefined,
  stepsOf: (asked: Wanted) => Step[],
): Order[] {
  if (!has(controls, key)) return []
  return asked ? [{ key, modes: asked.modes, steps: stepsOf(asked), isTimed: true }] : [release(key, controls, key)]
}

/** What the device goes back to when the timers run out: said once, before the first timer leads there. */
function fallbackOrders(controls: AcView, { settings, revertSeconds, safeLimitW, safeSetW }: Context): Order[] {
  if (revertSeconds === undefined) return []
  const safeFraction = safeLimitW === undefined ? undefined : safeLimitW / settings.maxW
  const limit = has(controls, 'WMaxLimPctRvrt') && safeFraction !== undefined && limitFallback(controls, safeFraction)
  const power = has(controls, 'WSetRvrt') && safeSetW !== undefined && powerFallback(controls, safeSetW)
  return [limit, power].flatMap((own, index) =>
    own ? [{ key: `fallback ${index}`, modes: [], steps: own, isTimed: false, mayFail: true as const }] : [],
  )
}

function limitFallback(controls: AcView, fraction: number): Step[] {
  return steps(controls, [
    ['WMaxLimPctRvrt', 100 * held(fraction), 'down'],
    ['WMaxLimPctEnaRvrt', 1],
  ])
}

function powerFallback(controls: AcView, watts: number): Step[] {
  return steps(controls, [
    ['WSetRvrt', watts],
    ['WSetEnaRvrt', 1],
  ])
}

/** Limits generation to a fraction of WMax. */
export function limitSteps(controls: AcView, fraction: number, { revertSeconds }: Timer): Step[] {
  return steps(controls, [
    ['WMaxLimPct', 100 * held(fraction), 'down'],
    ...timed(controls, 'WMaxLimPctRvrtTms', revertSeconds),
    ['WMaxLimPctEna', 1],
  ])
}

/** Holds a power in watts. */
export function powerSteps(controls: AcView, watts: number, { revertSeconds }: Timer): Step[] {
  const values = [['WSetMod', 1], ['WSet', watts], ...timed(controls, 'WSetRvrtTms', revertSeconds)] as const
  return steps(controls, [...values, ['WSetEna', 1]])
}

/** Holds a power as a fraction of WMax. */
function powerShareSteps(controls: AcView, fraction: number, { revertSeconds }: Timer): Step[] {
  const values = [
    ['WSetMod', 0],
    ['WSetPct', 100 * fraction],
    ...timed(controls, 'WSetRvrtTms', revertSeconds),
  ] as const
  return steps(controls, [...values, ['WSetEna', 1]])
}

const varBases: Readonly<Record<FixedVarSetpoint['of'], number>> = { maxW: 0, maxVar: 1, availableVar: 2 }

function varsOf({ opModTargetVar, opModFixedVar }: DeviceSetpoint) {
  if (opModTargetVar !== undefined) {
    return {
      modes: ['opModTargetVar'] as const,
      write: (controls: AcView, { revertSeconds }: Timer) =>
        steps(controls, [
          ['VarSetMod', 4],
          ['VarSet', opModTargetVar],
          ...timed(controls, 'VarSetRvrtTms', revertSeconds),
          ['VarSetEna', 1],
        ]),
    }
  }
  if (opModFixedVar === undefined) return undefined
  const { fraction, of } = opModFixedVar
  return {
    modes: ['opModFixedVar'] as const,
    write: (controls: AcView, { revertSeconds }: Timer) =>
      steps(controls, [
        ['VarSetMod', varBases[of]],
        ['VarSetPct', 100 * fraction],
        ...timed(controls, 'VarSetRvrtTms', revertSeconds),
        ['VarSetEna', 1],
      ]),
  }
}

function powerFactorOrders(controls: AcView, setpoint: DeviceSetpoint, { revertSeconds }: Timer): Order[] {
  const sides = [
    ['PFWInj', 'opModFixedPFInjectW'],
    ['PFWAbs', 'opModFixedPFAbsorbW'],
  ] as const
  return sides.flatMap(([side, mode]) => {
    const wanted = setpoint[mode]
    const asked = wanted && { ...wanted, modes: [mode] }
    return one(controls, `${side}Ena`, asked, ({ displacement, underExcited }: PowerFactorSetpoint) =>
      steps(controls, [
        [`${side}.PF`, displacement],
        [`${side}.Ext`, underExcited ? 1 : 0],
        ...timed(controls, `${side}RvrtTms`, revertSeconds),
        [`${side}Ena`, 1],
      ]),
    )
  })
}

/** The ramp in percent of WMax per second: so that the way to the new limit takes rampSeconds, or as the gradient says. */
function rampOrders(controls: AcView, setpoint: DeviceSetpoint, cap: Asked | undefined, context: Context): Order[] {
  const { rampSeconds, gradient = context.settings.gradient } = setpoint
  if (!has(controls, 'WRmp')) return []
  const now = valueOf(controls, 'WMaxLimPctEna') === 1 ? (valueOf(controls, 'WMaxLimPct') ?? 100) : 100
  const next = cap ? (100 * cap.watts) / context.settings.maxW : 100
  const change = Math.abs(next - now)
  // said again, a limit goes on with the ramp that it began
  if (rampSeconds !== undefined && change < leastChange) return []
  const rate = rampSeconds === undefined ? 100 * gradient : change / rampSeconds
  // whole percents only, and no limit is the most
  const percentPerSecond = rate > 0 && rate < 100 ? Math.max(1, Math.round(rate)) : 100
  const ramp = steps(controls, [['WRmp', percentPerSecond]])
  return [{ key: 'WRmp', modes: [], steps: ramp, isTimed: false, mayFail: true }]
}

// in percent, above what rounding to a register makes
const leastChange = 1

type TimerName = 'WMaxLimPctRvrtTms' | 'WSetRvrtTms' | 'VarSetRvrtTms' | 'PFWInjRvrtTms' | 'PFWAbsRvrtTms'

function timed<Name extends TimerName>(controls: AcView, name: Name, seconds: number | undefined) {
  return seconds === undefined || !has(controls, name) ? [] : [[name, seconds] as const]
}

const held = (fraction: number): number => Math.min(1, Math.max(0, fraction))

function percent(fraction: number | undefined): number | undefined {
  return fraction === undefined ? undefined : 100 * fraction
}
