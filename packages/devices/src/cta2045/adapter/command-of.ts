import type { Mode } from '../../modes.ts'
import type { DeviceSetpoint } from '../../setpoint.ts'

/** What an appliance can be told; the kinds of curtailment stand in the order of their severity. */
export type Command = Readonly<
  | { kind: 'normal' | 'loadUp' | 'shed' | 'criticalPeak' | 'gridEmergency' }
  /** Draw no more than this share of the rating; an appliance without levels sheds. */
  | { kind: 'powerLevel'; fraction: number }
>

export type Translated = Readonly<
  { kind: 'command'; command: Command } | { kind: 'refused'; fields: readonly Mode[]; reason: string }
>

export const applianceModes: readonly Mode[] = [
  'opModConnect',
  'opModEnergize',
  'opModFixedW',
  'opModMaxLimW',
  'opModTargetW',
  'opModImpLimW',
  'opModLoadLimW',
]

/** The command that a set point means for an appliance: the severest curtailment wins, load up only when there is none. */
export function commandOf(setpoint: DeviceSetpoint, ratedW: number): Translated {
  const { opModFixedW = 0, opModTargetW = 0 } = setpoint
  const generates = (
    [
      ['opModFixedW', opModFixedW],
      ['opModTargetW', opModTargetW],
    ] as const
  ).filter(([, value]) => value > 0)
  if (generates.length > 0)
    return { kind: 'refused', fields: generates.map(([mode]) => mode), reason: 'an appliance does not generate' }
  const curtailments = curtailmentsOf(setpoint, ratedW).toSorted((a, b) => severityOf(b) - severityOf(a))
  const command = curtailments[0] ?? { kind: wantsEnergy(setpoint) ? 'loadUp' : 'normal' }
  return { kind: 'command', command }
}

function curtailmentsOf(setpoint: DeviceSetpoint, ratedW: number): readonly Command[] {
  const { opModConnect, opModEnergize, opModFixedW, opModTargetW, opModMaxLimW } = setpoint
  const found: Command[] = []
  if (opModConnect === false || opModEnergize === false) found.push({ kind: 'gridEmergency' })
  if (opModFixedW === 0 || opModTargetW === 0) found.push({ kind: 'shed' })
  const share = opModMaxLimW === undefined ? undefined : opModMaxLimW * ratedW
  for (const limitW of [share, setpoint.opModImpLimW, setpoint.opModLoadLimW])
    if (limitW !== undefined && limitW < ratedW)
      found.push(limitW <= 0 ? { kind: 'criticalPeak' } : { kind: 'powerLevel', fraction: limitW / ratedW })
  return found
}

// A lower level is severer, and any event severer than a level.
function severityOf(command: Command): number {
  if (command.kind === 'powerLevel') return 1 - command.fraction
  return { normal: 0, loadUp: 0, shed: 1, criticalPeak: 2, gridEmergency: 3 }[command.kind]
}

function wantsEnergy({ opModFixedW = 0, opModTargetW = 0, grant }: DeviceSetpoint): boolean {
  return opModFixedW < 0 || opModTargetW < 0 || (grant !== undefined && grant.watts > 0 && grant.wattHours > 0)
}
