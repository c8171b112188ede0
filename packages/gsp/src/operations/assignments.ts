import { SepError } from '@gridloom/sep2030'
import { hrefs } from '../domain/hrefs.ts'
import { newRow } from '../store/new-row.ts'
import type { Change, ResourceStore } from '../store/resources.ts'
import type { Row } from '../store/row.ts'

type Store = Pick<ResourceStore, 'page' | 'nextId'>
type Assigned = Row<'FunctionSetAssignments'>

/** A device may have as many assignments as conformance procedures give it (csip-server, 7). */
const mostAssignments = 15

export async function assignmentsOf(store: Pick<ResourceStore, 'page'>, device: string): Promise<readonly Assigned[]> {
  return (await store.page({ kind: 'FunctionSetAssignments', parent: hrefs.assignments(device) })).rows
}

/** The assignments that make devices members of a group. */
export async function membersOf(store: Pick<ResourceStore, 'page'>, group: string): Promise<readonly Assigned[]> {
  return (await store.page({ kind: 'FunctionSetAssignments', keyPrefix: `${group} ` })).rows
}

/** How many devices are members of a group: each has one assignment for it. */
export async function memberCount(store: Pick<ResourceStore, 'page'>, group: string): Promise<number> {
  return (await store.page({ kind: 'FunctionSetAssignments', keyPrefix: `${group} `, limit: 0 })).all
}

/** The EndDevice that an assignment belongs to. */
export function assignedDevice({ parent }: Assigned): string {
  return parent.slice(0, parent.lastIndexOf('/'))
}

/** Makes a device a member of exactly these groups; what is so already stays as it is. */
export async function assign(
  store: Store,
  device: Row<'EndDevice'>,
  groups: readonly Row<'Group'>[],
): Promise<readonly Change[]> {
  if (groups.length > mostAssignments)
    throw new SepError('conflict', `no more than ${mostAssignments} groups per device`)
  const current = await assignmentsOf(store, device.href)
  const wanted = new Set(groups.map(({ href }) => href))
  const known = new Set(current.map(({ body }) => body.group))
  const gone = current.filter(({ body }) => !wanted.has(body.group)).map(({ href }): Change => ({ drop: href }))
  const added = groups.filter(({ href }) => !known.has(href)).map((group) => assignment(store, device, group))
  return [...gone, ...(await Promise.all(added))]
}

async function assignment(store: Store, { href, scope }: Row<'EndDevice'>, group: Row<'Group'>): Promise<Change> {
  const parent = hrefs.assignments(href)
  const { mRID, name, version = 0 } = group.body
  const body = { mRID, description: name, version, group: group.href }
  return {
    create: newRow('FunctionSetAssignments', { href: `${parent}/${await store.nextId(parent)}`, parent, scope }, body),
  }
}
