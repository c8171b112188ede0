import { setpointOf, type ControlDefaults, type DeviceSetpoint, type Grant } from '@gridloom/devices'
import { type DERControlBase, type DERCurve, type DefaultDERControl, type DERControl } from '@gridloom/sep2030'
import { fullMrid } from './scheduling/event.ts'
import type { FieldOwner, Schedule } from './scheduling/schedule.ts'
import type { Assigned } from './view.ts'

/** What holds when no program says anything: a DERControlBase and the settings of a DefaultDERControl. */
export type FixedDefault = Readonly<{ base: DERControlBase; settings: ControlDefaults }>

export type TargetSources = Readonly<{
  controls: Schedule
  flows: Schedule
  assigned: readonly Assigned[]
  fixed: FixedDefault
  /** The modes that the device can follow; what a default asks for beyond them is left out. */
  modes: readonly string[]
  /** A flow was asked for: without a running grant the device then draws nothing. */
  awaitsFlow: boolean
  /** Fields that the device would not take. */
  refused?: ReadonlySet<string>
}>

/** The one set point that the rulers of all fields add up to (csip-client §5.5 and §11). */
export function targetOf({
  controls,
  flows,
  assigned,
  fixed,
  modes,
  awaitsFlow,
  refused,
}: TargetSources): DeviceSetpoint {
  const ruled = Object.entries(controls.fields).map(([field, { value }]) => [field, value] as const)
  const wanted = [...Object.entries(fixed.base), ...ruled]
  const base: DERControlBase = Object.fromEntries(
    wanted.filter(([field]) => modes.includes(field) && !refused?.has(field)),
  )
  const rampTms = rampOf(controls, assigned)
  const curves = new Map(assigned.flatMap((one) => one.curves.map((curve) => [curve.href, curve])))
  const grant = grantOf(flows, awaitsFlow)
  return {
    ...setpointOf(
      { ...base, ...(rampTms !== undefined && { rampTms }) },
      {
        curve: (href): DERCurve | undefined => curves.get(href),
        defaults: { ...fixed.settings, ...settingsOf(assigned) },
      },
    ),
    ...(grant && { grant }),
  }
}

/** The mRIDs of the events that rule the device now, best first. */
export function rulersOf({ fields, events }: Schedule): string[] {
  const keys = new Set(Object.values(fields).flatMap((owner) => (owner.kind === 'event' ? owner.events : [])))
  return events
    .filter(({ key }) => keys.has(key))
    .toSorted((a, b) => a.primacy - b.primacy)
    .map(({ mRID }) => mRID)
}

/** The settings beside the control base of the default that holds: that of the lowest primacy, then the larger mRID (D24). */
function settingsOf(assigned: readonly Assigned[]): ControlDefaults {
  const [best] = defaultsOf(assigned)
  if (!best) return {}
  const { DERControlBase: _, ...settings } = best
  return settings
}

function defaultsOf(assigned: readonly Assigned[]): DefaultDERControl[] {
  return assigned
    .filter((one) => one.defaultControl)
    .toSorted((a, b) => a.program.primacy - b.program.primacy || (a.program.mRID < b.program.mRID ? 1 : -1))
    .flatMap(({ defaultControl }) => defaultControl ?? [])
}

/** The ramp of the event that began last among the rulers; without one, that of the default in force. */
function rampOf({ fields, events }: Schedule, assigned: readonly Assigned[]): number | undefined {
  const owners = Object.values(fields)
  const keys = new Set(owners.flatMap((owner: FieldOwner) => (owner.kind === 'event' ? owner.events : [])))
  if (keys.size === 0) return defaultsOf(assigned)[0]?.DERControlBase.rampTms
  const [latest] = events.filter(({ key }) => keys.has(key)).toSorted((a, b) => b.effective[0] - a.effective[0])
  const control = assigned
    .flatMap((one): readonly DERControl[] => one.controls)
    .find(({ mRID }) => latest !== undefined && fullMrid(mRID) === fullMrid(latest.mRID))
  return control?.DERControlBase.rampTms
}

// Several flows of one device add up; the device itself keeps the sum within its rating.
function grantOf({ fields }: Schedule, awaitsFlow: boolean): Grant | undefined {
  const running = Object.values(fields).flatMap((owner) => (owner.kind === 'event' ? [owner] : []))
  if (running.length === 0) return awaitsFlow ? { id: 'none', watts: 0, wattHours: 0 } : undefined
  const flows = running.map(({ value }) => value as Readonly<{ energyWh: number; powerW: number }>)
  const watts = flows.reduce((sum, { energyWh, powerW }) => sum + Math.sign(energyWh) * powerW, 0)
  const energy = flows.reduce((sum, { energyWh }) => sum + energyWh, 0)
  return {
    id: running.flatMap(({ events }) => events.map(mridOf)).join('+'),
    watts: Math.abs(watts),
    wattHours: energy,
  }
}

// An event's key is its server and its mRID; a device cares for neither, but a short name reads better in a log.
function mridOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1)
}
