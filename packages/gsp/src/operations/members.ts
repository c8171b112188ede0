import type { TrustRegistration } from '@gridloom/contracts'
import { unscaled } from '@gridloom/sep2030'
import { hrefs } from '../domain/hrefs.ts'
import type { ResourceStore } from '../store/resources.ts'
import type { Row } from '../store/row.ts'
import { assignmentsOf } from './assignments.ts'
import { levelRank } from './topology.ts'

type Store = Pick<ResourceStore, 'get' | 'page'>

export type MembersOptions = Readonly<{
  store: Store
  /** Whether a client reports its exchanges itself, if that is known: the silence of others is no finding. */
  isWitness: (lfdi: string) => boolean | undefined
}>

/** The devices with what is known of them. Itself and aggregators are for the DTM's operator to enter, not for a server. */
export async function membersOfGrid(options: MembersOptions): Promise<readonly TrustRegistration[]> {
  const { rows } = await options.store.page({ kind: 'EndDevice', parent: hrefs.endDevices })
  const registered = await Promise.all(rows.map((device) => registration(options, device)))
  return registered.filter((one) => one !== undefined)
}

async function registration(
  { store, isWitness }: MembersOptions,
  { href, scope, body: { lFDI, sFDI, enabled = true } }: Row<'EndDevice'>,
): Promise<TrustRegistration | undefined> {
  if (lFDI === undefined || !enabled) return undefined
  // never what the device says itself: a known device under a new certificate would register itself by saying so
  const serial = (await store.get('RegisteredSerial', hrefs.registeredSerial(href)))?.body.serial
  const pin = (await store.get('Registration', hrefs.registration(href)))?.body.pIN
  const group = await groupOf(store, href)
  // an aggregator is a witness in its own name
  const reports = scope === lFDI ? isWitness(lFDI) : false
  return {
    lfdi: lFDI.toUpperCase(),
    role: 'DCM',
    sfdi: String(sFDI),
    ...(serial !== undefined && { serial }),
    ...(await saidBy(store, href)),
    ...(group !== undefined && { group: group.slice(0, 64) }),
    ...(pin !== undefined && { pin: String(pin) }),
    ...(reports !== undefined && { reports }),
  }
}

/** What a device says of its DERs together. */
async function saidBy(store: Store, device: string) {
  const { rows } = await store.page({ kind: 'DER', parent: hrefs.ders(device) })
  const capabilities = await Promise.all(rows.map(({ href }) => store.get('DERCapability', hrefs.derCapability(href))))
  const bodies = capabilities.flatMap((row) => (row ? [row.body] : []))
  const given = bodies.flatMap(({ rtgMaxW }) => rtgMaxW ?? [])
  const reportedMaxW = given.reduce((total, rating) => total + unscaled(rating), 0)
  const sources = new Set(bodies.map(({ type }) => sourceNames.get(type)))
  const [source] = sources
  return { ...(given.length > 0 && { reportedMaxW }), ...(sources.size === 1 && source && { source }) }
}

// DERType: photovoltaic; other storage, electric vehicle and its supply; all else is not told
const sourceNames = new Map<number, 'pv' | 'battery'>([
  [4, 'pv'],
  [80, 'battery'],
  [81, 'battery'],
  [82, 'battery'],
])

/** The name of the group nearest to the device that others may share: its transformer or feeder. */
async function groupOf(store: Store, device: string): Promise<string | undefined> {
  const assigned = await assignmentsOf(store, device)
  const groups = await Promise.all(assigned.map(({ body }) => store.get('Group', body.group)))
  const shared = groups.flatMap((group) => (group && group.body.device === undefined ? [group.body] : []))
  return shared.toSorted((a, b) => levelRank(b.level) - levelRank(a.level))[0]?.name
}
