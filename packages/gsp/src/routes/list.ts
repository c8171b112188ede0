import type { Element } from '@gridloom/sep2030'
import { mapEntry } from '../domain/resource-map.ts'
import { parsePaging, type Paging } from '../domain/paging.ts'
import type { PollRates, Settings } from '../store/settings.ts'
import { hrefs } from '../domain/hrefs.ts'
import type { Page, Query } from '../store/resources.ts'
import type { Kind, Row } from '../store/row.ts'
import { shown, type Shown, type Visit, type Wire } from './wire.ts'

/** What the operator set, or what the configuration begins with. */
export async function settingsOf({ config }: Pick<Wire, 'config'>, { read }: Pick<Visit, 'read'>): Promise<Settings> {
  return (await read.get('Settings', hrefs.settings))?.body ?? config
}

export function pagingOf({ config }: Wire, { search }: Visit, name: string): Paging {
  return parsePaging(search, { timed: mapEntry(name).query === 'sal', most: config.limits.pageMembers })
}

type Members = Readonly<{ all: number; members: readonly object[] }>

/** A list document with the attributes that the resource map gives its type. */
export async function listShown<T>(
  wire: Wire,
  visit: Visit,
  element: Element<T>,
  { all, members }: Members,
): Promise<Shown> {
  const { name, memberType = '' } = mapEntry(element.name)
  const value = {
    href: visit.path,
    ...(await attributesOf(wire, visit, name)),
    all,
    results: members.length,
    ...(members.length > 0 && { [memberType]: members }),
  }
  return shown(element, value as T)
}

/** One page of rows as a list document. */
export async function rowsShown<T, K extends Kind>(
  wire: Wire,
  visit: Visit,
  { element, query, only, view }: RowsList<T, K>,
): Promise<Shown> {
  const paging = pagingOf(wire, visit, element.name)
  const { all, rows } = only
    ? pageAmong(
        await visit.read.page({ ...query, ...(paging.after !== undefined && { after: paging.after }) }),
        only,
        paging,
      )
    : await visit.read.page({ ...query, ...paging })
  return listShown(wire, visit, element, { all, members: await Promise.all(rows.map(view)) })
}

export type Only<K extends Kind> = (row: Row<K>) => boolean

function pageAmong<K extends Kind>({ rows }: Page<K>, only: Only<K>, { start, limit }: Paging): Page<K> {
  const shownRows = rows.filter(only)
  return { all: shownRows.length, rows: shownRows.slice(start, start + limit) }
}

type RowsList<T, K extends Kind> = Readonly<{
  element: Element<T>
  query: Query<K>
  /** Shows these rows and counts no others; all when absent. */
  only?: Only<K> | undefined
  view: (row: Row<K>) => object | Promise<object>
}>

/** `pollRate` and `subscribable`, where the type has them; nothing can be subscribed to yet. */
export async function attributesOf(wire: Wire, visit: Visit, name: string): Promise<object> {
  const { pollRate, subscribable } = mapEntry(name)
  return {
    ...(subscribable && { subscribable: 0 }),
    ...(pollRate && pollRateOf((await settingsOf(wire, visit)).pollRate, name)),
  }
}

function pollRateOf(rates: PollRates, name: string): object {
  const rate = (rates as Readonly<Record<string, number>>)[name]
  return rate === undefined ? {} : { pollRate: rate }
}

/** A row that is shown as it is kept. */
export function plainView({ href, body }: Readonly<{ href: string; body: object }>): object {
  return { ...body, href }
}

export async function countOf<K extends Kind>(read: Visit['read'], query: Query<K>, only?: Only<K>): Promise<number> {
  if (only) return (await read.page(query)).rows.filter(only).length
  return (await read.page({ ...query, limit: 0 })).all
}
