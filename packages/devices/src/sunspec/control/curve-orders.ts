import type { Mode } from '../../modes.ts'
import type { Curve, DeviceSetpoint, FreqDroop } from '../../setpoint.ts'
import { type CurveModel, freqDroop, voltVar, voltWatt, wattVar } from '../models/curves.ts'
import { type Registers, view } from '../registers.ts'
import { groupOf, has, type View, valueOf, writesOf } from '../view.ts'
import { type Context, given, type Order, release, type Step, steps } from './order.ts'

/** The orders to the models 705, 706, 711 and 712: volt-var, volt-watt, frequency droop, watt-var. */
export function curveOrders(setpoint: DeviceSetpoint, { registers }: Context): Order[] {
  return [
    ...curveOrder('opModVoltVar', voltVar, setpoint.opModVoltVar, registers),
    ...curveOrder('opModVoltWatt', voltWatt, setpoint.opModVoltWatt, registers),
    ...curveOrder('opModWattVar', wattVar, setpoint.opModWattVar, registers),
    ...droopOrder(setpoint.opModFreqDroop, registers),
  ]
}

// curve 1 shows what is active and is only read, so what we want goes into curve 2
export const ours = 2

type HeadName = 'ActPt' | 'DeptRef' | 'ReadOnly' | 'VRef' | 'VRefAutoEna' | 'VRefAutoTms' | 'RspTms'

function curveOrder(
  mode: 'opModVoltVar' | 'opModVoltWatt' | 'opModWattVar',
  { model, head, point }: CurveModel,
  curve: Curve | undefined,
  registers: Registers,
): Order[] {
  const header = view(registers, model)
  if (!header) return []
  const key = String(model.id)
  if (!curve) return [release(key, header, 'Ena')]
  const order = { key, modes: [mode], isTimed: false }
  const room = valueOf(header, 'NPt') ?? 0
  const target = groupOf<string>(header, head, model.size + (ours - 1) * (head.size + room * point.size))
  const reason = obstacle(header, target, curve.points.length) ?? baseObstacle(mode, curve.of)
  if (reason) return [{ ...order, steps: [], impossible: reason }]
  // 2030.5 multiplies x by the curve's reference; the device's points are in percent of the nominal voltage
  const stretch = mode === 'opModWattVar' ? 1 : (curve.vRef ?? 1)
  const points = curve.points.toSorted((a, b) => a.x - b.x)
  const content = [
    ...headSteps(target, curve),
    ...points.flatMap(({ x, y }, index) =>
      steps(groupOf(header, point, target.base + head.size + index * point.size), [
        ['x', 100 * x * stretch],
        ['y', 100 * y],
      ]),
    ),
  ]
  return [{ ...order, steps: [...content, ...adoptSteps(header)] }]
}

function headSteps(target: View, { points, of, openLoopSeconds, autonomousVRefSeconds }: Curve): Step[] {
  const adapts = autonomousVRefSeconds !== undefined
  const values = given<HeadName>(
    ['ActPt', points.length],
    ['DeptRef', bases[of]],
    ['VRef', 100],
    ['VRefAutoEna', adapts ? 1 : 0],
    ['VRefAutoTms', autonomousVRefSeconds],
    ['RspTms', openLoopSeconds],
  )
  const own = values.filter(([name]) => name in target.layout.points && has(target, name))
  return steps(target, own)
}

/** DeptRef, which volt-watt and the var curves number alike where they share a base. */
const bases: Readonly<Partial<Record<Curve['of'], number>>> = { maxW: 0, maxVar: 1, availableW: 1, availableVar: 2 }

function baseObstacle(mode: Mode, of: Curve['of']): string | undefined {
  const known = mode === 'opModVoltWatt' ? ['maxW', 'availableW'] : ['maxW', 'maxVar', 'availableVar']
  return known.includes(of) ? undefined : `a curve of "${of}" is unknown to the device`
}

type Header = View<'Ena' | 'AdptCrvReq' | 'AdptCrvRslt' | 'NCrv'>

/** Why the device cannot take a curve of so many points. */
export function obstacle(header: Header, target: View, points: number): string | undefined {
  if ((valueOf(header, 'NCrv') ?? 0) < ours) return 'the device keeps no curve that could be written'
  if ('ReadOnly' in target.layout.points && valueOf(target, 'ReadOnly') === 1) return 'the curve is only read'
  const room = 'NPt' in header.layout.points ? (valueOf(header as View<string>, 'NPt') ?? 0) : points
  return points > room ? `${points} points, and the device has room for ${room}` : undefined
}

export function adoptSteps(header: Header): Step[] {
  const [request] = writesOf(header, [['AdptCrvReq', ours]])
  if (!request) return []
  const result = header.address + header.layout.points.AdptCrvRslt.at
  return [{ kind: 'adopt', request, result }, ...steps(header, [['Ena', 1]])]
}

function droopOrder(droop: FreqDroop | undefined, registers: Registers): Order[] {
  const header = view(registers, freqDroop.model)
  if (!header) return []
  const key = String(freqDroop.model.id)
  if (!droop) return [release(key, header, 'Ena')]
  const target = groupOf(header, freqDroop.head, freqDroop.model.size + (ours - 1) * freqDroop.head.size)
  const order = { key, modes: ['opModFreqDroop'] as const, isTimed: false }
  const reason = obstacle(header, target, 0)
  if (reason) return [{ ...order, steps: [], impossible: reason }]
  const content = steps(target, [
    ['DbOf', droop.overHz],
    ['DbUf', droop.underHz],
    ['KOf', droop.overSlope],
    ['KUf', droop.underSlope],
    ['RspTms', droop.openLoopSeconds],
  ])
  return [{ ...order, steps: [...content, ...adoptSteps(header)] }]
}
