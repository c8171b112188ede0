import type { HeldAnswer, HeldQuestion, ScheduleOutput } from '@gridloom/contracts'

type Refusal = HeldAnswer['refused'][number]

/** What is asked for and not so, with the schedule that decides otherwise; a stricter limit holds a wider one. */
export function refusalsOf(question: HeldQuestion, outputs: readonly ScheduleOutput[]): readonly Refusal[] {
  const { connected, limitW, setpointW } = question
  const [onOff, maxPow, actPow] = (['OnOff', 'MaxPow', 'ActPow'] as const).map((quantity) =>
    outputs.find((output) => output.quantity === quantity),
  )
  const isOn = onOff?.value ?? true
  const limit = maxPow?.value ?? Infinity
  const setpoint = actPow?.value ?? undefined
  const refusals: (Refusal | false)[] = [
    connected !== undefined && connected !== isOn && refusal('connected', onOff),
    limitW !== undefined && !(typeof limit === 'number' && limit <= limitW + tolerance) && refusal('limitW', maxPow),
    setpointW !== undefined &&
      !(typeof setpoint === 'number' && Math.abs(setpoint - setpointW) <= tolerance) &&
      refusal('setpointW', actPow),
  ]
  return refusals.filter((one) => one !== false)
}

// fractions of a rating are rounded on their way
const tolerance = 1

function refusal(field: Refusal['field'], output: ScheduleOutput | undefined): Refusal {
  if (!output) return { field, reason: 'this quantity is not scheduled' }
  const { quantity, value, source, priority } = output
  if (source === null) return { field, reason: `no schedule for ${quantity} runs` }
  return { field, reason: `${quantity} is ${value} by "${source}" with priority ${priority}` }
}
