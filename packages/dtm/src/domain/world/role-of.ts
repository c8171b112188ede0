import type { TrustRole } from '@gridloom/contracts'
import type { World } from './world.ts'

/** By the registry alone; a DER is what stands behind a DCM, a link goes by its lesser end. */
export function roleOf({ registry }: Pick<World, 'registry'>, id: string): TrustRole {
  const role = registry.get(id)?.role
  if (role !== undefined) return role
  if (id.includes('/der/') && registry.has(id.slice(0, 40))) return 'DER'
  if (!id.includes('~')) return 'UNKNOWN'
  const roles = id.split('~').map((end) => registry.get(end)?.role ?? 'UNKNOWN')
  return roles.find((one) => one !== 'GSP') ?? 'GSP'
}
