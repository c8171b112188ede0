import type { Settings } from '../../device.ts'
import type { Mode } from '../../modes.ts'
import type { Curve, DeviceSetpoint, EnterService, FixedVarSetpoint, FreqDroop } from '../../setpoint.ts'
import { type CurveModel, freqDroop, voltVar, voltWatt, wattVar } from '../models/curves.ts'
import { acControls, enterService } from '../models/der.ts'
import { groupOf, type View, valueOf } from '../view.ts'
import type { Image } from './image.ts'
import { tripSetpoint } from './trip-setpoint.ts'

type Controls = View<keyof typeof acControls.points>

/** What the registers of models 703 to 712 ask of the device. */
export function derSetpoint(image: Image, settings: Settings, modes: readonly Mode[]): DeviceSetpoint {
  const { block } = image
  const controls = block(acControls)
  const service = block(enterService)
  return {
    ...(service && { enterService: criteriaOf(service) }),
    ...(service && valueOf(service, 'ES') === 0 && { opModConnect: false }),
    ...(controls && controlsOf(controls, settings)),
    ...curve('opModVoltVar', voltVar, block(voltVar.model)),
    ...curve('opModVoltWatt', voltWatt, block(voltWatt.model)),
    ...curve('opModWattVar', wattVar, block(wattVar.model)),
    ...droop(block(freqDroop.model)),
    ...tripSetpoint(image, modes),
  }
}

function criteriaOf(service: View<keyof typeof enterService.points>): EnterService {
  const get = (name: keyof typeof enterService.points) => valueOf(service, name) ?? 0
  return {
    lowVolts: get('ESVLo') / 100,
    highVolts: get('ESVHi') / 100,
    lowHertz: get('ESHzLo'),
    highHertz: get('ESHzHi'),
    delaySeconds: get('ESDlyTms'),
    randomDelaySeconds: get('ESRndTms'),
    rampSeconds: get('ESRmpTms'),
  }
}

function controlsOf(controls: Controls, settings: Settings): DeviceSetpoint {
  const get = (name: keyof typeof acControls.points) => valueOf(controls, name) ?? 0
  const isOn = (name: 'PFWInjEna' | 'PFWAbsEna' | 'WMaxLimPctEna' | 'WSetEna' | 'VarSetEna') => get(name) === 1
  const factor = (side: 'PFWInj' | 'PFWAbs') => ({
    displacement: get(`${side}.PF`),
    underExcited: get(`${side}.Ext`) === 1,
  })
  return {
    gradient: get('WRmp') < 100 ? get('WRmp') / 100 : 0,
    ...(isOn('WMaxLimPctEna') && { opModMaxLimW: get('WMaxLimPct') / 100 }),
    ...(isOn('WSetEna') && {
      opModTargetW: get('WSetMod') === 1 ? get('WSet') : (get('WSetPct') / 100) * settings.maxW,
    }),
    ...(isOn('VarSetEna') && varsOf(get('VarSetMod'), get('VarSet'), get('VarSetPct') / 100, settings)),
    ...(isOn('PFWInjEna') && { opModFixedPFInjectW: factor('PFWInj') }),
    ...(isOn('PFWAbsEna') && { opModFixedPFAbsorbW: factor('PFWAbs') }),
  }
}

const varBases: readonly FixedVarSetpoint['of'][] = ['maxW', 'maxVar', 'availableVar']

function varsOf(mode: number, vars: number, fraction: number, { maxW, maxVA = maxW }: Settings): DeviceSetpoint {
  const of = varBases[mode]
  if (of) return { opModFixedVar: { fraction, of } }
  return { opModTargetVar: mode === 3 ? fraction * maxVA : vars }
}

const bases: Readonly<Record<'vars' | 'watts', readonly Curve['of'][]>> = {
  vars: ['maxW', 'maxVar', 'availableVar'],
  watts: ['maxW', 'availableW'],
}

/** The active curve, which is the first. */
function curve(
  mode: 'opModVoltVar' | 'opModVoltWatt' | 'opModWattVar',
  { model, head, point }: CurveModel,
  header: View<keyof CurveModel['model']['points']> | undefined,
): DeviceSetpoint {
  if (!header || valueOf(header, 'Ena') !== 1) return {}
  const active = groupOf<string>(header, head, model.size)
  const get = (name: string) => (name in head.points ? valueOf(active, name) : undefined)
  const points = Array.from({ length: get('ActPt') ?? 0 }, (_, index) => {
    const one = groupOf(header, point, model.size + head.size + index * point.size)
    return { x: (valueOf(one, 'x') ?? 0) / 100, y: (valueOf(one, 'y') ?? 0) / 100 }
  })
  const openLoopSeconds = get('RspTms')
  const adapts = get('VRefAutoEna') === 1
  return {
    [mode]: {
      points,
      of: bases[mode === 'opModVoltWatt' ? 'watts' : 'vars'][get('DeptRef') ?? 0] ?? 'maxW',
      ...(openLoopSeconds !== undefined && { openLoopSeconds }),
      ...(adapts && { autonomousVRefSeconds: get('VRefAutoTms') ?? 300 }),
    } satisfies Curve,
  }
}

function droop(header: View<keyof typeof freqDroop.model.points> | undefined): { opModFreqDroop?: FreqDroop } {
  if (!header || valueOf(header, 'Ena') !== 1) return {}
  const active = groupOf(header, freqDroop.head, freqDroop.model.size)
  const get = (name: keyof typeof freqDroop.head.points) => valueOf(active, name) ?? 0
  return {
    opModFreqDroop: {
      overHz: get('DbOf'),
      underHz: get('DbUf'),
      overSlope: get('KOf'),
      underSlope: get('KUf'),
      openLoopSeconds: get('RspTms'),
    },
  }
}
