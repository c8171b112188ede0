import type { HeldAnswer, HeldQuestion, ScheduledDevice, ScheduleOutput } from '@gridloom/contracts'

type Refusal = HeldAnswer['refused'][number]

/** What a device is told, and whether it can be bounded in what it draws. */
export type Told = Readonly<{
  outputs: readonly ScheduleOutput[]
  limits: ScheduledDevice['limits']
  isDrawBounded: boolean
}>

/** What is asked for and not so, with the schedule that decides otherwise; a stricter limit holds a wider one. */
export function refusalsOf(question: HeldQuestion, { outputs, limits, isDrawBounded }: Told): readonly Refusal[] {
  const { connected, limitW, exportW, importW, setpointW } = question
  const [onOff, maxPow, actPow] = (['OnOff', 'MaxPow', 'ActPow'] as const).map((quantity) =>
    outputs.find((output) => output.quantity === quantity),
  )
  const isOn = onOff?.value ?? true
  const most = Math.min(numberOr(Infinity, maxPow), limits.exportW ?? Infinity)
  const setpoint = numberOr(undefined, actPow)
  const isWithin = (asked = Infinity): boolean => most <= asked + tolerance
  const draw = Math.min(limits.importW ?? Infinity, setpoint === undefined ? Infinity : -setpoint)
  const refusals: (Refusal | false)[] = [
    connected !== undefined && connected !== isOn && refusal('connected', onOff),
    !isWithin(limitW) && refusal('limitW', maxPow),
    !isWithin(exportW) && refusal('exportW', maxPow),
    importW !== undefined && !(draw <= importW + tolerance) && refusal('importW', actPow),
    importW !== undefined && !isDrawBounded && { field: 'importW', reason: 'the device has no limit on what it draws' },
    setpointW !== undefined &&
      !(setpoint !== undefined && Math.abs(setpoint - setpointW) <= tolerance) &&
      refusal('setpointW', actPow),
  ]
  return refusals.filter((one) => one !== false)
}

// fractions of a rating are rounded on their way
const tolerance = 1

function numberOr<T>(other: T, output: ScheduleOutput | undefined): number | T {
  return typeof output?.value === 'number' ? output.value : other
}

function refusal(field: Refusal['field'], output: ScheduleOutput | undefined): Refusal {
  if (!output) return { field, reason: 'this quantity is not scheduled' }
  const { quantity, value, source, priority } = output
  if (source === null) return { field, reason: `no schedule for ${quantity} runs` }
  return { field, reason: `${quantity} is ${value} by "${source}" with priority ${priority}` }
}
