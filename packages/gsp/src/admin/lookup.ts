import { parseLfdi, SepError } from '@gridloom/sep2030'
import { hrefs } from '../domain/hrefs.ts'
import type { ResourceStore } from '../store/resources.ts'
import type { Row } from '../store/row.ts'

type Store = Pick<ResourceStore, 'get' | 'find' | 'page'>

/** The number by which the operator's API calls a row. */
export function idOf(href: string): string {
  return href.slice(href.lastIndexOf('/') + 1)
}

/** The device with this number or LFDI. */
export async function deviceBy(store: Store, reference: string): Promise<Row<'EndDevice'>> {
  const isLfdi = /^[0-9A-Fa-f]{40}$/.test(reference)
  const device = isLfdi
    ? await store.find('EndDevice', parseLfdi(reference))
    : await store.get('EndDevice', `${hrefs.endDevices}/${reference}`)
  return device ?? missing('device', reference)
}

export async function aggregatorBy(store: Store, reference: string): Promise<Row<'Aggregator'>> {
  return (await store.get('Aggregator', `${hrefs.aggregators}/${reference}`)) ?? missing('aggregator', reference)
}

/** The group with this number, mRID or name. */
export async function groupBy(store: Store, reference: string): Promise<Row<'Group'>> {
  const known = isMrid(reference)
    ? await store.find('Group', reference.toUpperCase())
    : await store.get('Group', `${hrefs.groups}/${reference}`)
  if (known) return known
  const { rows } = await store.page({ kind: 'Group' })
  return only(
    rows.filter(({ body }) => body.name === reference),
    'group',
    reference,
  )
}

/** The program with this number, mRID or description. */
export async function programBy(store: Store, reference: string): Promise<Row<'DERProgram'>> {
  const known = isMrid(reference)
    ? await store.find('DERProgram', reference.toUpperCase())
    : await store.get('DERProgram', `${hrefs.programs}/${reference}`)
  if (known) return known
  const { rows } = await store.page({ kind: 'DERProgram' })
  return only(
    rows.filter(({ body }) => body.description === reference),
    'program',
    reference,
  )
}

export async function controlBy(store: Store, mRID: string): Promise<Row<'DERControl'>> {
  return (await store.find('DERControl', mRID.toUpperCase())) ?? missing('control', mRID)
}

/** A reference inside a body: what it does not find is a bad value of that field, not a missing page. */
export async function named<T>(path: string, found: Promise<T>): Promise<T> {
  try {
    return await found
  } catch (error) {
    if (!(error instanceof SepError)) throw error
    throw new SepError('invalid', error.message, { path, cause: error })
  }
}

function isMrid(reference: string): boolean {
  return /^[0-9A-Fa-f]{32}$/.test(reference)
}

function only<T>(rows: readonly T[], what: string, reference: string): T {
  const [row] = rows
  if (row === undefined) return missing(what, reference)
  if (rows.length > 1) throw new SepError('conflict', `more than one ${what} is called "${reference}"`)
  return row
}

function missing(what: string, reference: string): never {
  throw new SepError('missing', `no ${what} "${reference}"`)
}
