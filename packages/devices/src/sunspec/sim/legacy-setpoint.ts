import type { Settings } from '../../device.ts'
import type { DeviceSetpoint } from '../../setpoint.ts'
import { immediateControls, storageControls } from '../models/legacy.ts'
import { type View, valueOf } from '../view.ts'
import type { Image } from './image.ts'

/** What the registers of models 123 and 124 ask of the device. */
export function legacySetpoint({ block }: Image, settings: Settings): DeviceSetpoint {
  const controls = block(immediateControls)
  const battery = block(storageControls)
  return {
    ...(controls && controlsOf(controls)),
    ...(battery && batteryOf(battery, settings)),
  }
}

function controlsOf(controls: View<keyof typeof immediateControls.points>): DeviceSetpoint {
  const get = (name: keyof typeof immediateControls.points) => valueOf(controls, name) ?? 0
  const factor = get('OutPFSet')
  const rampSeconds = get('WMaxLimPct_RmpTms')
  return {
    ...(get('Conn') === 0 && { opModConnect: false }),
    ...(get('WMaxLim_Ena') === 1 && { opModMaxLimW: get('WMaxLimPct') / 100 }),
    ...(rampSeconds > 0 && { rampSeconds }),
    // over-excited is negative after EEI
    ...(get('OutPFSet_Ena') === 1 && {
      opModFixedPFInjectW: { displacement: Math.abs(factor), underExcited: factor > 0 },
    }),
    ...(get('VArPct_Ena') === 1 && varsOf(get)),
  }
}

const varModes = {
  1: ['VArWMaxPct', 'maxW'],
  2: ['VArMaxPct', 'maxVar'],
  3: ['VArAvalPct', 'availableVar'],
} as const

function varsOf(get: (name: 'VArPct_Mod' | 'VArWMaxPct' | 'VArMaxPct' | 'VArAvalPct') => number): DeviceSetpoint {
  const mode = varModes[get('VArPct_Mod') as keyof typeof varModes]
  if (!mode) return {}
  const [point, of] = mode
  return { opModFixedVar: { fraction: get(point) / 100, of } }
}

/** Bit 0 bounds what is charged, bit 1 what is discharged; a bound below zero forces the other way. */
function batteryOf(battery: View<keyof typeof storageControls.points>, settings: Settings): DeviceSetpoint {
  const { maxW, maxChargeRateW = maxW, maxDischargeRateW = maxW } = settings
  const mode = valueOf(battery, 'StorCtl_Mod') ?? 0
  const least = ((valueOf(battery, 'InWRte') ?? 100) / -100) * maxChargeRateW
  const most = ((valueOf(battery, 'OutWRte') ?? 100) / 100) * maxDischargeRateW
  switch (mode) {
    case 1:
      return least > 0 ? { opModTargetW: least } : { opModLoadLimW: -least }
    case 2:
      return most < 0 ? { opModTargetW: most } : { opModGenLimW: most }
    case 3:
      return { opModTargetW: Math.min(most, Math.max(least, 0)) }
    default:
      return {}
  }
}
