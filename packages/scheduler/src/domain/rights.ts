import type { Quantity } from '@gridloom/contracts'

/** What an actor may write: its slots of its devices and quantities, with priorities of its band. */
export type Rights = Readonly<{
  devices?: readonly string[] | undefined
  quantities?: readonly Quantity[] | undefined
  slots: readonly number[]
  priorities: Readonly<{ least: number; most: number }>
}>

/** Who asks: an operator may do everything, others what their rights say, and nothing without any. */
export type Caller = Readonly<{ name: string; role: 'operator' } | { name: string; role: 'actor'; rights: Rights }>

export const nothing: Rights = { slots: [], priorities: { least: 0, most: 0 } }

export type Wish = Readonly<{ device: string; quantity: Quantity; id: string; priority?: number | undefined }>

/** Why a caller may not do something to a schedule; undefined when it may. */
export function refusalOf(caller: Caller, { device, quantity, id, priority }: Wish): string | undefined {
  const { least, most } = bandOf(caller)
  const outside = priority !== undefined && (priority < least || priority > most)
  if (caller.role === 'actor') {
    const { devices, quantities, slots } = caller.rights
    if (devices && !devices.includes(device)) return `"${caller.name}" has no rights on the device "${device}"`
    if (quantities && !quantities.includes(quantity)) return `"${caller.name}" has no rights on ${quantity}`
    if (!slots.includes(Number(id))) return `the schedule "${id}" is not among those of "${caller.name}"`
  }
  return outside ? `priority ${priority} is outside of ${least} to ${most}` : undefined
}

/** An operator's schedules too are above the reserve. */
function bandOf(caller: Caller): Rights['priorities'] {
  return caller.role === 'actor' ? caller.rights.priorities : { least: 11, most: Number.MAX_SAFE_INTEGER }
}

/** The slots that a caller may fill, the last first: low numbers are for what is planned. */
export function slotsOf(caller: Caller, ids: readonly string[]): readonly string[] {
  const numbered = ids.filter((id) => /^\d+$/.test(id)).toSorted((a, b) => Number(b) - Number(a))
  return caller.role === 'operator' ? numbered : numbered.filter((id) => caller.rights.slots.includes(Number(id)))
}
