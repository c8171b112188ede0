import { SepError } from '@gridloom/sep2030'
import { hrefs } from '../domain/hrefs.ts'
import type { MakeMrid } from '../domain/mrids.ts'
import { newRow } from '../store/new-row.ts'
import type { Change, ResourceStore } from '../store/resources.ts'
import type { Row } from '../store/row.ts'
import { assign, assignmentsOf } from './assignments.ts'
import { usualPrimacy } from './topology.ts'

type Store = Pick<ResourceStore, 'get' | 'page' | 'nextId'>
type Making = Readonly<{ store: Store; makeMrid: MakeMrid; now: number }>

export type Made<Kind extends 'DERProgram' | 'Group'> = Readonly<{ row: Row<Kind>; changes: readonly Change[] }>

export type ProgramOrder = Readonly<{ description: string; primacy?: number | undefined; mRID?: string | undefined }>

/** A new program of a group. */
export async function newProgram(
  { store, makeMrid, now }: Making,
  group: Row<'Group'>,
  order: ProgramOrder,
): Promise<Made<'DERProgram'>> {
  const { description, primacy = usualPrimacy(group.body.level), mRID = makeMrid(now) } = order
  const href = `${hrefs.programs}/${await store.nextId(hrefs.programs)}`
  const row = newRow(
    'DERProgram',
    { href, parent: hrefs.programsOf(group.href) },
    { mRID, description, version: 0, primacy },
  )
  // first a member of all programs, where its number is remembered, then of its group
  return { row, changes: [{ create: { ...row, parent: hrefs.programs } }, { put: row }] }
}

export type GroupOrder = Readonly<{
  name: string
  mRID?: string | undefined
  level: string
  above?: string
  device?: string
}>

export async function newGroup({ store, makeMrid, now }: Making, order: GroupOrder): Promise<Made<'Group'>> {
  const { name, mRID = makeMrid(now), level, above, device } = order
  const body = {
    name,
    mRID,
    version: 0,
    level,
    ...(above !== undefined && { above }),
    ...(device !== undefined && { device }),
  }
  const href = `${hrefs.groups}/${await store.nextId(hrefs.groups)}`
  const row = newRow('Group', { href, parent: hrefs.groups }, body)
  return { row, changes: [{ create: row }] }
}

/** The program of a group that controls go to: the strongest, or the one of this primacy; made when there is none. */
export async function programOfGroup(
  making: Making,
  group: Row<'Group'>,
  primacy?: number,
): Promise<Made<'DERProgram'>> {
  const { rows } = await making.store.page({ kind: 'DERProgram', parent: hrefs.programsOf(group.href) })
  const [row] = rows.filter(({ body }) => primacy === undefined || body.primacy === primacy)
  return row ? { row, changes: [] } : newProgram(making, group, { description: group.body.name, primacy })
}

/** The program that reaches a device alone, through a group of its own at the service point; both are made when absent. */
export async function programOfDevice(
  making: Making,
  device: Row<'EndDevice'>,
  primacy?: number,
): Promise<Made<'DERProgram'>> {
  const { store } = making
  const assigned = await assignmentsOf(store, device.href)
  const groups = (await Promise.all(assigned.map(({ body }) => store.get('Group', body.group)))).filter(
    (group) => group !== undefined,
  )
  const own = groups.find(({ body }) => body.device === device.href)
  if (own) return programOfGroup(making, own, primacy)
  const name = `device ${device.body.lFDI?.slice(0, 12) ?? device.href}`
  const group = await newGroup(making, { name, level: 'service-point', device: device.href })
  const program = await programOfGroup(making, group.row, primacy)
  const assignments = await assign(store, device, [...groups, group.row])
  return { row: program.row, changes: [...group.changes, ...program.changes, ...assignments] }
}

/** What goes with a program: its controls, default, curves and all. A group that still has programs stays. */
export async function removalOfGroup(store: Store, group: Row<'Group'>): Promise<readonly Change[]> {
  const { all } = await store.page({ kind: 'DERProgram', parent: hrefs.programsOf(group.href), limit: 0 })
  if (all > 0) throw new SepError('conflict', `the group still has ${all} programs`)
  const { rows } = await store.page({ kind: 'FunctionSetAssignments', keyPrefix: `${group.href} ` })
  return [...rows.map(({ href }): Change => ({ drop: href })), { drop: group.href }]
}
