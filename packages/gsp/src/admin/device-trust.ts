import type { Device } from '@gridloom/contracts'
import { distrusted, suspect } from '@gridloom/kit'
import { seconds } from '@gridloom/sep2030'
import { partyOf, type Enforcement } from '../domain/enforcement.ts'
import { hrefs } from '../domain/hrefs.ts'
import type { Row } from '../store/row.ts'
import type { AdminContext } from './context.ts'

type DeviceTrust = NonNullable<Device['trust']>

/** How a device stands with the DTM: the worse of itself and its DERs; nothing where the DTM never spoke of it. */
export async function deviceTrust(
  { trust, store }: Pick<AdminContext, 'trust' | 'store'>,
  { href, body: { lFDI } }: Row<'EndDevice'>,
): Promise<DeviceTrust | undefined> {
  const own = trust?.standings().filter(({ subject }) => lFDI !== undefined && partyOf(subject) === lFDI) ?? []
  const [worst] = own.toSorted((a, b) => b.level - a.level || a.since - b.since)
  if (!trust || !worst) return undefined
  const { level, since, Te, rule, subject } = worst
  const enforcement = trust.of(partyOf(subject) ?? '')
  const told = enforcement.readBackSince !== undefined && (await lastTold(store, href))
  return {
    level,
    since,
    ...(Te !== undefined && { Te }),
    ...(rule !== undefined && { rule }),
    enforcement: wordFor(enforcement, level),
    ...(told !== false && { isReadBack: told >= Math.floor(enforcement.readBackSince ?? 0) }),
  }
}

function wordFor({ isDenied, holdSince }: Enforcement, level: number): DeviceTrust['enforcement'] {
  if (isDenied) return 'deny'
  if (holdSince !== undefined || level >= distrusted) return 'hold'
  return level >= suspect ? 'read-back' : 'none'
}

/** When the device last told the state of one of its DERs. */
async function lastTold(store: AdminContext['store'], device: string): Promise<number> {
  const { rows } = await store.page({ kind: 'DER', parent: hrefs.ders(device) })
  const states = await Promise.all(rows.map(({ href }) => store.get('DERStatus', hrefs.derStatus(href))))
  return Math.max(0, ...states.map((state) => (state ? seconds(state.body.readingTime) : 0)))
}
