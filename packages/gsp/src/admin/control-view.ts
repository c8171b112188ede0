import { responseName } from '@gridloom/contracts'
import type { Control, DeviceResponses } from '@gridloom/contracts'
import { seconds, type DERControl } from '@gridloom/sep2030'
import { plainControls, type CurveNames } from '../domain/control-fields.ts'
import { statusName, statusSince } from '../domain/control-status.ts'
import { pastState } from '../domain/event-list.ts'
import { hrefs } from '../domain/hrefs.ts'
import { memberCount } from '../operations/assignments.ts'
import type { ResourceStore } from '../store/resources.ts'
import type { Row } from '../store/row.ts'
import type { AdminContext } from './context.ts'
import { idOf } from './lookup.ts'

type Store = Pick<ResourceStore, 'get' | 'page'>

/** A control as the operator sees it: its status in a word, its values in plain units, who has answered what. */
export async function controlView(
  { store }: AdminContext,
  row: Row<'DERControl'>,
  withResponses: boolean,
): Promise<Control> {
  const { href, state, body } = row
  const program = href.slice(0, href.lastIndexOf(hrefs.controls('')))
  const { potentiallySuperseded, potentiallySupersededTime, reason } = body.EventStatus
  const responses = await responsesTo(store, body.mRID)
  return {
    mRID: body.mRID,
    href,
    program: await programOf(store, program),
    ...described(body),
    created: seconds(body.creationTime),
    start: seconds(body.interval.start),
    duration: body.interval.duration,
    responseRequired: body.responseRequired ?? '00',
    controls: plainControls(body.DERControlBase, await curveNames(store, program)),
    status: statusName(row),
    since: statusSince(row),
    listed: state !== pastState,
    potentiallySuperseded,
    ...(potentiallySupersededTime !== undefined && { potentiallySupersededTime: seconds(potentiallySupersededTime) }),
    ...(reason !== undefined && { reason }),
    summary: summaryOf(responses, await reachedBy(store, program)),
    ...(withResponses && { responses }),
  }
}

function described(body: DERControl): Partial<Control> {
  const { description, version, randomizeStart, randomizeDuration, deviceCategory } = body
  return {
    ...(description !== undefined && { description }),
    ...(version !== undefined && { version }),
    ...(randomizeStart !== undefined && { randomizeStart }),
    ...(randomizeDuration !== undefined && { randomizeDuration }),
    ...(deviceCategory !== undefined && { deviceCategory }),
  }
}

async function programOf(store: Store, href: string): Promise<Control['program']> {
  const program = (await store.get('DERProgram', href))?.body
  const { mRID = '', description, primacy = 255 } = program ?? {}
  return { id: idOf(href), mRID, ...(description !== undefined && { description }), primacy }
}

/** The names of a program's curves, to tell them to the operator by mRID. */
export async function curveNames(store: Store, program: string): Promise<CurveNames> {
  const { rows } = await store.page({ kind: 'DERCurve', parent: hrefs.curves(program) })
  const byHref = new Map(rows.map(({ href, body }) => [href, body.mRID]))
  const byMrid = new Map(rows.map(({ href, body }) => [body.mRID, href]))
  return { hrefOf: (mRID) => byMrid.get(mRID) ?? '', mridOf: (href) => byHref.get(href) ?? href }
}

async function reachedBy(store: Store, program: string): Promise<number> {
  const parent = (await store.get('DERProgram', program))?.parent
  if (parent === undefined) return 0
  return memberCount(store, parent.slice(0, parent.lastIndexOf('/')))
}

/** All responses to an event, by device and in the order of their times. */
async function responsesTo(store: Store, mRID: string): Promise<DeviceResponses[]> {
  const { rows } = await store.page({ kind: 'Response', keyPrefix: `${mRID}/` })
  const perDevice = Map.groupBy(rows, ({ body }) => body.endDeviceLFDI.toUpperCase())
  return [...perDevice]
    .map(([lfdi, ofDevice]) => ({ lfdi, statuses: ofDevice.map(reportOf).toSorted((a, b) => a.time - b.time) }))
    .toSorted((a, b) => (a.lfdi < b.lfdi ? -1 : 1))
}

function reportOf({ body: { status = 0, createdDateTime } }: Row<'Response'>): DeviceResponses['statuses'][number] {
  return { status, name: responseName(status), time: createdDateTime === undefined ? 0 : seconds(createdDateTime) }
}

function summaryOf(responses: readonly DeviceResponses[], devices: number): Control['summary'] {
  const counts: Record<string, number> = {}
  for (const { statuses } of responses) {
    for (const name of new Set(statuses.map((report) => report.name))) counts[name] = (counts[name] ?? 0) + 1
  }
  return { devices, responded: responses.length, counts }
}
