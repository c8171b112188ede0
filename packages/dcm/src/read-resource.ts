import {
  DefaultDERControl,
  DERControlList,
  DERCurveList,
  DERList,
  DERProgramList,
  DeviceCapability,
  EndDeviceList,
  FlowReservationResponseList,
  FunctionSetAssignmentsList,
  MirrorUsagePointList,
  Registration,
  Time,
  type Element,
} from '@gridloom/sep2030'
import type { Outcome } from './domain/outcome.ts'
import type { Kind, Resources } from './domain/tree.ts'
import type { Session } from './session.ts'

const elements: { readonly [K in Kind]: Element<Resources[K]> } = {
  DeviceCapability,
  Time,
  EndDeviceList,
  Registration,
  FunctionSetAssignmentsList,
  DERProgramList,
  DefaultDERControl,
  DERControlList,
  DERCurveList,
  DERList,
  FlowReservationResponseList,
  MirrorUsagePointList,
}

const pageLength = 10

type Page = Readonly<{ all: number; results: number } & Record<string, unknown>>
type Member = Readonly<{ href?: string; mRID?: string }>

/** Reads a resource, a list with all its pages. */
export function readResource(
  session: Session,
  kind: Kind,
  href: string,
  signal: AbortSignal,
): Promise<Outcome<unknown>> {
  const element = elements[kind] as Element<unknown>
  return kind.endsWith('List')
    ? readList(session, element as Element<Page>, href, signal)
    : session.get(element, href, signal)
}

async function readList(
  session: Session,
  type: Element<Page>,
  href: string,
  signal: AbortSignal,
): Promise<Outcome<Page>> {
  const member = type.name.slice(0, -'List'.length)
  const members: Member[] = []
  for (let start = 0; ;) {
    const outcome = await session.get(type, pageOf(href, start), signal)
    if (outcome.kind !== 'ok') return outcome
    const page = outcome.value
    members.push(...((page[member] ?? []) as readonly Member[]))
    start += page.results
    // A server may send fewer than asked for, and `all` may disagree with what it has: an empty page ends the list.
    if (page.results === 0 || start >= page.all) return { kind: 'ok', value: { ...page, [member]: distinct(members) } }
  }
}

function pageOf(href: string, start: number): string {
  return `${href}${href.includes('?') ? '&' : '?'}s=${start}&l=${pageLength}`
}

// The order may change between two pages, so that a member is met twice.
function distinct(members: readonly Member[]): Member[] {
  return [...new Map(members.map((member, index) => [member.href ?? member.mRID ?? index, member])).values()]
}
