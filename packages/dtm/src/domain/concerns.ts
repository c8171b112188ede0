import type { TrustAlert, TrustRole } from '@gridloom/contracts'

/** Who asks or is told: its role, and the DCMs that it may speak for; all when absent. */
export type Reader = Readonly<{ role: TrustRole; members?: ReadonlySet<string> | undefined; lfdi?: string | undefined }>

type File = Readonly<{ id: string; role: TrustRole; level: number }>

/** Whether a reader may see a file (§7): nobody sees its own from level 3 on, lest a warned attacker change course. */
export function maySee(reader: Reader, { id, role, level }: File): boolean {
  switch (reader.role) {
    case 'OPR':
    case 'AGG':
      return true
    case 'GSP':
      return id !== reader.lfdi || level < 3
    case 'DCM':
      if (role === 'GSP') return true
      return isMember(reader, id) && (level < 3 || id.includes('/der/') || id.includes('~'))
    default:
      return false
  }
}

/** Whether an alert goes to a subscriber (§5): operators hear everything, others what they have to act upon. */
export function concerns(reader: Reader, alert: TrustAlert): boolean {
  const { type, subject, role, levelFrom = 0, levelTo = 0 } = alert
  if (reader.role === 'OPR') return true
  if (type === 'group') return reader.role === 'AGG' || reader.role === 'GSP'
  if (type !== 'level-change') return false
  const isOwn = reader.role === 'DCM' && role === 'DCM'
  if (Math.max(levelFrom, levelTo) < 2 && !isOwn) return false
  return maySee(reader, { id: subject, role, level: levelTo })
}

/** Whether a subject is one of the reader's DCMs, its DER, or a link that it is an end of. */
function isMember({ members }: Reader, id: string): boolean {
  if (!members) return true
  return id.split('~').some((end) => members.has(end.split('/', 1)[0] ?? end))
}
