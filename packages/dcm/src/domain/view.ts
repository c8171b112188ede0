import type {
  DefaultDERControl,
  DER,
  DERControl,
  DERCurve,
  DERProgram,
  DeviceCapability,
  EndDevice,
  FlowReservationResponse,
  FunctionSetAssignments,
  MirrorUsagePoint,
  Registration,
} from '@gridloom/sep2030'
import type { ServerTime } from './server-time.ts'
import { copyOf, type FindSelf, type Tree } from './tree.ts'

/** The clocks of a server, by the href of their Time resource. */
export type ServerTimes = ReadonlyMap<string, ServerTime>

/** An assigned program with everything below it. */
export type Assigned = Readonly<{
  program: DERProgram
  defaultControl?: DefaultDERControl
  controls: readonly DERControl[]
  curves: readonly DERCurve[]
  /** Whole seconds by which the clock of its assignments is ahead of the server's own. */
  ahead: number
}>

/** All that a client knows of its server after a sweep. */
export type View = Readonly<{
  capability: DeviceCapability | undefined
  time: ServerTime | undefined
  /** Whether the list of end devices was ever read: only then is a missing entry missing. */
  listed: boolean
  self: EndDevice | undefined
  registration: Registration | undefined
  /** Whether the list of assignments was ever read: only then is a missing program gone. */
  knowsAssigned: boolean
  assigned: readonly Assigned[]
  ders: readonly DER[]
  /** Seconds between two DERStatus reports. */
  derRate: number | undefined
  grants: readonly FlowReservationResponse[]
  mirrors: readonly MirrorUsagePoint[]
}>

export function viewOf(tree: Tree, times: ServerTimes, findSelf: FindSelf): View {
  const [root] = tree.values()
  const capability = copyOf(tree, 'DeviceCapability', root?.href)
  const devices = copyOf(tree, 'EndDeviceList', capability?.EndDeviceListLink?.href)
  const self = devices && findSelf(devices)
  const timeHref = capability?.TimeLink?.href
  const ders = copyOf(tree, 'DERList', self?.DERListLink?.href)
  const assignments = copyOf(tree, 'FunctionSetAssignmentsList', self?.FunctionSetAssignmentsListLink?.href)
  return {
    capability,
    time: timeHref === undefined ? undefined : times.get(timeHref),
    listed: devices !== undefined,
    self,
    registration: copyOf(tree, 'Registration', self?.RegistrationLink?.href),
    knowsAssigned: assignments !== undefined,
    assigned: distinct((assignments?.FunctionSetAssignments ?? []).flatMap((fsa) => below(fsa, tree, times, timeHref))),
    ders: ders?.DER ?? [],
    derRate: ders?.pollRate,
    grants:
      copyOf(tree, 'FlowReservationResponseList', self?.FlowReservationResponseListLink?.href)
        ?.FlowReservationResponse ?? [],
    mirrors: copyOf(tree, 'MirrorUsagePointList', capability?.MirrorUsagePointListLink?.href)?.MirrorUsagePoint ?? [],
  }
}

function below(
  { TimeLink, DERProgramListLink }: FunctionSetAssignments,
  tree: Tree,
  times: ServerTimes,
  globalTime: string | undefined,
): Assigned[] {
  const ahead = aheadOf(times.get(TimeLink?.href ?? ''), times.get(globalTime ?? ''))
  const programs = copyOf(tree, 'DERProgramList', DERProgramListLink?.href)?.DERProgram ?? []
  return programs.map((program) => {
    const controlsLink = program.DERControlListLink ?? program.ActiveDERControlListLink
    const defaultControl = copyOf(tree, 'DefaultDERControl', program.DefaultDERControlLink?.href)
    return {
      program,
      ...(defaultControl && { defaultControl }),
      controls: copyOf(tree, 'DERControlList', controlsLink?.href)?.DERControl ?? [],
      curves: copyOf(tree, 'DERCurveList', program.DERCurveListLink?.href)?.DERCurve ?? [],
      ahead,
    }
  })
}

// Two clocks that agree to the second are one clock: their offsets are only known to half a second each.
function aheadOf(own: ServerTime | undefined, global: ServerTime | undefined): number {
  const difference = own && global ? Math.round(own.offset - global.offset) : 0
  return Math.abs(difference) <= 1 ? 0 : difference
}

// A program that several assignments list is one program.
function distinct(assigned: readonly Assigned[]): Assigned[] {
  return [...new Map(assigned.map((one) => [one.program.mRID, one])).values()]
}
