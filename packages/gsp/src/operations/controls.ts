import type { ControlFields, NewControl } from '@gridloom/contracts'
import type { Clock } from '@gridloom/kit'
import { DERControl, encode, SepError, type Profile } from '@gridloom/sep2030'
import { cancelled, isLive, type CancelOptions } from '../domain/event-list.ts'
import { curvesOf, wireControls, type CurveNames } from '../domain/control-fields.ts'
import { createdStatus, latestEnd } from '../domain/event-status.ts'
import { hrefs } from '../domain/hrefs.ts'
import type { MakeMrid } from '../domain/mrids.ts'
import { servedControl } from '../domain/served-event.ts'
import type { Editing, EventEngine } from '../loops/event-engine.ts'
import { newRow } from '../store/new-row.ts'
import type { Change, ResourceStore } from '../store/resources.ts'
import type { Row } from '../store/row.ts'
import type { Made } from './programs.ts'

export type ControlDeps = Readonly<{
  store: ResourceStore
  events: EventEngine
  clock: Clock
  makeMrid: MakeMrid
  profile: Profile
}>

/** A control and the program it goes to, which may have to be made in the same write. */
type Placed = Readonly<{ order: NewControl; path: string; program: Made<'DERProgram'> }>

/** A control as it will be kept, and what has to be made for it. */
export type PlannedControl = Readonly<{ row: ControlRow; beside: readonly Change[] }>

type ControlRow = Row<'DERControl'>

/** Publishes controls in one write, all or none; one whose start is not in the future is active at once. */
export async function publishControls(
  { events }: ControlDeps,
  planned: readonly PlannedControl[],
): Promise<readonly string[]> {
  const rows = planned.map(({ row }) => row)
  const beside = [...new Set(planned.map((each) => each.beside))].flat()
  const edits = [...Map.groupBy(rows, ({ parent }) => parent)].map(([parent, ofList]): Editing => ({
    list: { kind: 'DERControl', parent },
    edit: () => ({ rows: ofList }),
  }))
  await events.edit(withFirst(edits, beside))
  return rows.map(({ body }) => body.mRID)
}

export type Cancel = CancelOptions & Readonly<{ control: ControlRow }>

/** Cancels a control, and lets randomized ones end at a random moment if asked to. */
export async function cancelControl(deps: ControlDeps, cancel: Cancel): Promise<void> {
  const [done] = await cancelControls(deps, [cancel])
  if (done === undefined) throw new SepError('conflict', `over already: "${cancel.control.body.mRID}"`)
}

/** Cancels controls in one write, and answers which; one that is over already stays as it is. */
export async function cancelControls({ events }: ControlDeps, cancels: readonly Cancel[]): Promise<readonly string[]> {
  const done: string[] = []
  const perList = Map.groupBy(cancels, ({ control: { href } }) => href.slice(0, href.lastIndexOf('/')))
  const edits = [...perList].map(([parent, ofList]): Editing => {
    const optionsOf = new Map(ofList.map(({ control, ...options }) => [control.href, options]))
    return {
      list: { kind: 'DERControl', parent },
      edit: (rows, now) => {
        const live = rows.filter((row) => optionsOf.has(row.href) && isLive(row))
        done.push(...live.map(({ body }) => body.mRID))
        return { rows: live.map((row) => cancelled(row, now, optionsOf.get(row.href))) }
      },
    }
  })
  await events.edit(edits)
  return done
}

function withFirst([first, ...rest]: readonly Editing[], beside: readonly Change[]): readonly Editing[] {
  if (!first) return []
  return [{ list: first.list, edit: async (rows, now) => ({ ...(await first.edit(rows, now)), beside }) }, ...rest]
}

/** The control that an order comes to; refused when its form, its time or its mRID do not allow it. */
export async function planControl(deps: ControlDeps, { order, path, program }: Placed): Promise<PlannedControl> {
  const { store, clock, makeMrid } = deps
  const now = clock.now()
  const curves = await curvesFor(store, program.row.href, { fields: order.controls, path })
  const body = controlBody(order, { mRID: order.mRID ?? makeMrid(clock.exact()), now, curves })
  if (latestEnd(servedControl(body)) <= now) {
    throw new SepError('invalid', 'the control would be over already', { path: `${path}start` })
  }
  if (await store.find('DERControl', body.mRID)) {
    throw new SepError('conflict', `the mRID is taken: "${body.mRID}"`, { path: `${path}mRID` })
  }
  requireValid(deps, body, path)
  const parent = hrefs.controls(program.row.href)
  const row = newRow('DERControl', { href: `${parent}/${await store.nextId(parent)}`, parent }, body)
  return { row, beside: program.changes }
}

type Making = Readonly<{ mRID: string; now: number; curves: CurveNames }>

function controlBody(order: NewControl, { mRID, now, curves }: Making): DERControl {
  const { description, deviceCategory, randomizeStart, randomizeDuration, start, delay, duration, responseRequired } =
    order
  return {
    responseRequired,
    mRID,
    version: 0,
    creationTime: now,
    EventStatus: createdStatus(now),
    interval: { duration, start: start === 'now' ? now + delay : start },
    DERControlBase: wireControls(order.controls, curves),
    ...(description !== undefined && { description }),
    ...(randomizeStart !== undefined && { randomizeStart }),
    ...(randomizeDuration !== undefined && { randomizeDuration }),
    ...(deviceCategory !== undefined && { deviceCategory }),
  }
}

type Naming = Readonly<{ fields: ControlFields; path: string }>

/** The paths of the curves that the fields name: they must be of the same program and of the field's type. */
export async function curvesFor(store: ResourceStore, program: string, { fields, path }: Naming): Promise<CurveNames> {
  const hrefOf = new Map<string, string>()
  for (const { field, mRID } of curvesOf(fields)) {
    const curve = await store.find('DERCurve', mRID)
    if (curve?.parent !== hrefs.curves(program)) {
      throw new SepError('invalid', `the program has no curve "${mRID}"`, { path: `${path}controls.${field}` })
    }
    hrefOf.set(mRID, curve.href)
  }
  return { hrefOf: (mRID) => hrefOf.get(mRID) ?? '', mridOf: (href) => href }
}

// the last word has the codec: what it would not write is no control of this profile
function requireValid({ profile }: ControlDeps, body: DERControl, path: string): void {
  try {
    encode(DERControl, body, { profile })
  } catch (error) {
    if (!(error instanceof SepError)) throw error
    const field = error.path?.split('/').at(-1) ?? ''
    throw new SepError('invalid', error.message, { path: `${path}controls.${field}`, cause: error })
  }
}
