import { fired, type RuleFinding } from './rule-finding.ts'

/** What is written on the device; reactive and apparent power where it is known. */
export type Nameplate = Readonly<{ watts: number; vars?: number; voltAmperes?: number }>

/** The set point of a control, with what it sets: percent in hundredths, as on the wire. */
export type Setpoint = Readonly<{ watts?: number; percentHundredths?: number; vars?: number; voltAmperes?: number }>

const wholeHundredths = 10_000

/** PH-1: the server asks for more than the device is built for. */
export function withinNameplate({ watts, vars = Infinity, voltAmperes = Infinity }: Nameplate) {
  return (setpoint: Setpoint): readonly RuleFinding[] => {
    const beyond =
      Math.abs(setpoint.watts ?? 0) > watts ||
      isOverWhole(setpoint) ||
      Math.abs(setpoint.vars ?? 0) > vars ||
      (setpoint.voltAmperes ?? 0) > voltAmperes
    return beyond ? [fired('PH-1', 'major')] : []
  }
}

/** FM-4, of percentages: more than the whole, either way. */
export function withinPercent() {
  return (setpoint: Setpoint): readonly RuleFinding[] => (isOverWhole(setpoint) ? [fired('FM-4', 'minor')] : [])
}

function isOverWhole({ percentHundredths = 0 }: Setpoint): boolean {
  return Math.abs(percentHundredths) > wholeHundredths
}
