import type {
  DefaultDERControl,
  DERControlList,
  DERCurveList,
  DERList,
  DERProgramList,
  DeviceCapability,
  EndDevice,
  EndDeviceList,
  FlowReservationResponseList,
  FunctionSetAssignmentsList,
  MirrorUsagePointList,
  Registration,
  Time,
} from '@gridloom/sep2030'

/** What the client reads again and again, by type. */
export type Resources = Readonly<{
  DeviceCapability: DeviceCapability
  Time: Time
  EndDeviceList: EndDeviceList
  Registration: Registration
  FunctionSetAssignmentsList: FunctionSetAssignmentsList
  DERProgramList: DERProgramList
  DefaultDERControl: DefaultDERControl
  DERControlList: DERControlList
  DERCurveList: DERCurveList
  DERList: DERList
  FlowReservationResponseList: FlowReservationResponseList
  MirrorUsagePointList: MirrorUsagePointList
}>

export type Kind = keyof Resources

/** One resource that the walk has reached: its last good copy, and when it is to be read again (our clock). */
export type Branch = {
  [K in Kind]: Readonly<{
    kind: K
    href: string
    parent?: string
    /** The nearest poll rate above. */
    inherited?: number
    due: number
    failures: number
    value?: Resources[K]
  }>
}[Kind]

/** All that is reachable by links from DeviceCapability, by href, parents before children. */
export type Tree = ReadonlyMap<string, Branch>

type Twig = Readonly<{ kind: Kind; href: string }>

/** Finds the own entry in a list of end devices. */
export type FindSelf = (list: EndDeviceList) => EndDevice | undefined

/** A tree that knows only where to begin. */
export function seedling(dcap: string): Tree {
  return new Map([[dcap, { kind: 'DeviceCapability', href: dcap, due: 0, failures: 0 }]])
}

/** Follows the links of every copy at hand: newly linked resources are due at once, those no longer linked are gone. */
export function grown(tree: Tree, findSelf: FindSelf): Tree {
  const [root] = tree.values()
  const reached = new Map<string, Branch>()
  const ahead = root ? [root] : []
  for (let branch = ahead.shift(); branch; branch = ahead.shift()) {
    if (reached.has(branch.href)) continue
    reached.set(branch.href, branch)
    for (const twig of twigsOf(branch, findSelf)) ahead.push(sprout(twig, branch, tree.get(twig.href)))
  }
  return reached
}

/** The copy of the resource at `href`, when it is of that type and was ever read. */
export function copyOf<K extends Kind>(tree: Tree, kind: K, href: string | undefined): Resources[K] | undefined {
  const branch = href === undefined ? undefined : tree.get(href)
  return branch?.kind === kind ? (branch.value as Resources[K] | undefined) : undefined
}

/** The poll rate that a resource itself asks for. */
export function rateOf({ value }: Branch): number | undefined {
  return value && 'pollRate' in value ? value.pollRate : undefined
}

function sprout({ kind, href }: Twig, parent: Branch, known: Branch | undefined): Branch {
  const { due, failures, value } = known?.kind === kind ? known : { due: 0, failures: 0, value: undefined }
  const inherited = rateOf(parent) ?? parent.inherited
  return {
    kind,
    href,
    parent: parent.href,
    due,
    failures,
    ...(inherited !== undefined && { inherited }),
    ...(value && { value }),
  } as Branch
}

function twigsOf(branch: Branch, findSelf: FindSelf): Twig[] {
  switch (branch.kind) {
    case 'DeviceCapability':
      return linked(branch.value, {
        TimeLink: 'Time',
        EndDeviceListLink: 'EndDeviceList',
        MirrorUsagePointListLink: 'MirrorUsagePointList',
      })
    case 'EndDeviceList':
      return linked(branch.value && findSelf(branch.value), {
        RegistrationLink: 'Registration',
        FunctionSetAssignmentsListLink: 'FunctionSetAssignmentsList',
        DERListLink: 'DERList',
        FlowReservationResponseListLink: 'FlowReservationResponseList',
      })
    case 'FunctionSetAssignmentsList':
      return (branch.value?.FunctionSetAssignments ?? []).flatMap((assignments) =>
        linked(assignments, { TimeLink: 'Time', DERProgramListLink: 'DERProgramList' }),
      )
    case 'DERProgramList':
      return (branch.value?.DERProgram ?? []).flatMap((program) => [
        ...linked(program, { DefaultDERControlLink: 'DefaultDERControl', DERCurveListLink: 'DERCurveList' }),
        // The full list is preferred: the active one lacks what is only scheduled.
        ...linked(program, {
          [program.DERControlListLink ? 'DERControlListLink' : 'ActiveDERControlListLink']: 'DERControlList',
        }),
      ])
    default:
      return []
  }
}

function linked(value: object | undefined, kinds: Readonly<Record<string, Kind>>): Twig[] {
  const links = (value ?? {}) as Readonly<Record<string, Readonly<{ href: string }> | undefined>>
  return Object.entries(kinds).flatMap(([name, kind]) => {
    const href = links[name]?.href
    return href ? [{ kind, href }] : []
  })
}
