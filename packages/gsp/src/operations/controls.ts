import type { ControlFields, NewControl } from '@gridloom/contracts'
import type { Clock } from '@gridloom/kit'
import { DERControl, encode, SepError, type Profile } from '@gridloom/sep2030'
import { cancelled, type CancelOptions } from '../domain/event-list.ts'
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
export type Placed = Readonly<{ order: NewControl; path: string; program: Made<'DERProgram'> }>

type ControlRow = Row<'DERControl'>

/** Publishes controls, all or none; one whose start is not in the future is active at once. */
export async function publishControls(deps: ControlDeps, placed: readonly Placed[]): Promise<readonly string[]> {
  const rows = []
  for (const each of placed) rows.push(await controlRow(deps, each))
  const perList = Map.groupBy(rows, ({ parent }) => parent)
  const beside = [...new Set(placed.map(({ program }) => program.changes))].flat()
  const edits = [...perList].map(([parent, ofList]): Editing => ({
    list: { kind: 'DERControl', parent },
    edit: () => ({ rows: ofList }),
  }))
  await deps.events.edit(withFirst(edits, beside))
  return rows.map(({ body }) => body.mRID)
}

/** Cancels a control, and lets randomized ones end at a random moment if asked to. */
export async function cancelControl(
  { events }: ControlDeps,
  control: ControlRow,
  options: CancelOptions,
): Promise<void> {
  const list = { kind: control.kind, parent: control.href.slice(0, control.href.lastIndexOf('/')) }
  await events.edit([
    {
      list,
      edit: (rows, now) => {
        const listed = rows.find(({ href }) => href === control.href)
        if (!listed) throw new SepError('conflict', `over already: "${control.body.mRID}"`)
        return { rows: [cancelled(listed, now, options)] }
      },
    },
  ])
}

function withFirst([first, ...rest]: readonly Editing[], beside: readonly Change[]): readonly Editing[] {
  if (!first) return []
  return [{ list: first.list, edit: async (rows, now) => ({ ...(await first.edit(rows, now)), beside }) }, ...rest]
}

async function controlRow(deps: ControlDeps, { order, path, program }: Placed): Promise<ControlRow> {
  const { store, clock, makeMrid } = deps
  const now = clock.now()
  const curves = await curvesFor(store, program.row.href, { fields: order.controls, path })
  const body = controlBody(order, { mRID: order.mRID ?? makeMrid(clock.exact()), now, curves })
  if (latestEnd(servedControl(body)) <= now) {
    throw new SepError('invalid', 'the control would be over already', { path: `${path}start` })
  }
  if (await store.find('DERControl', body.mRID)) throw new SepError('conflict', `the mRID is taken: "${body.mRID}"`)
  requireValid(deps, body, path)
  const parent = hrefs.controls(program.row.href)
  return newRow('DERControl', { href: `${parent}/${await store.nextId(parent)}`, parent }, body)
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
