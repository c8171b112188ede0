/** The outputs of the three quantities (null: no value) and what the device can do, in watts. */
export type Outputs = Readonly<{
  onOff: boolean | null
  actPowW: number | null
  maxPowW: number | null
  WMax: number
  maxChargeW: number
}>

export type DeviceCommand =
  | Readonly<{ connected: false; setpointW: 0 }>
  | Readonly<{ connected: true; limitW: number; setpointW: number | null }>

/** Where the three quantities meet: off beats all, and the limit caps the set point. */
export function commandOf({ onOff, actPowW, maxPowW, WMax, maxChargeW }: Outputs): DeviceCommand {
  if (onOff === false) return { connected: false, setpointW: 0 }
  const limitW = clamp(maxPowW ?? WMax, 0, WMax)
  return { connected: true, limitW, setpointW: actPowW === null ? null : clamp(actPowW, 0 - maxChargeW, limitW) }
}

function clamp(watts: number, low: number, high: number): number {
  return Math.min(Math.max(watts, low), high)
}
