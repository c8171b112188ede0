import type { Clock, Credentials, Pki } from '@gridloom/kit'
import type { Target } from './target.ts'

/** What a raid is equipped with: where it goes, as whom, and how fast. */
export type Rig = Readonly<{
  /** The 2030.5 face of the server. */
  server: Target
  /** A device's certificate: the attacker's own, or one that was stolen. */
  device?: Credentials | undefined
  /** The operator's face of the server, and who may use it. */
  admin?: Readonly<{ target: Target; operator: Credentials }> | undefined
  /** The authorities of the attacked grid, for attacks that need certificates of their own. */
  pki?: Pki | undefined
  clock: Clock
  /** Requests per second at most. */
  perSecond: number
  /** Tells what was done. */
  say: (text: string) => void
}>

/** Something that the attack needs is not there. */
export class RigError extends Error {
  override readonly name = 'RigError'
}

export function deviceOf({ device }: Rig): Credentials {
  if (!device) throw new RigError('this attack needs the certificate of a device: --device, or --cert, --key and --ca')
  return device
}

export function adminOf({ admin }: Rig): NonNullable<Rig['admin']> {
  if (!admin) throw new RigError("this attack needs the operator's face of the server: --grid")
  return admin
}

export function pkiOf({ pki }: Pick<Rig, 'pki'>): Pki {
  if (!pki) throw new RigError('this attack issues certificates: name the folder of the authorities with --pki')
  return pki
}
